import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { importOf } from './import.fixture.ts';
import type { Imported } from './importer.ts';
import { importers } from './importers.ts';
import { nearTwins } from './near-twins.fixture.ts';
import type { NearTwins, TwinFile } from './twin-file.fixture.ts';

const NAMES_AN_ENTITY =
  /^(?:runId|snapshotId|mixtureId|pipelineId|shardId|evaluationId|checkpointId|normaliserId|probeSet|ref)$/;

/** The ids of everything that facts name. */
function entitiesIn(value: unknown, found = new Set<string>()): Set<string> {
  if (typeof value !== 'object' || value === null) return found;
  for (const [key, member] of Object.entries(value)) {
    if (typeof member === 'string' && NAMES_AN_ENTITY.test(key)) found.add(`${key} ${member}`);
    else if (key !== 'config') entitiesIn(member, found);
  }
  return found;
}
const entitiesOf = ({ events }: Imported) => entitiesIn(events.map(({ data }) => data));
const distinct = (texts: readonly string[]): string[] =>
  [...new Set(texts)].toSorted((left, right) => (left < right ? -1 : 1));
const factsOf = ({ events }: Imported) => distinct(events.map((event) => JSON.stringify(event)));

const RUNS = { numRuns: 5, seed: 14 };
const numbers = fc.integer({ min: 1, max: 900 });

function lawsOf({ kind, file, others, same = {} }: NearTwins): void {
  const importer = importers.find((each) => each.kind === kind);
  if (!importer) throw new RangeError(`no importer is named ${kind}`);
  const importAt = (...files: readonly (readonly [folder: string, file: TwinFile])[]) =>
    importOf(
      importer,
      Object.fromEntries(files.map(([folder, { path, content }]) => [`${folder}${path}`, content])),
    );

  it.each(Object.entries(others))(
    'is another one with a difference in %s, alone or beside the other',
    async (_what, other) => {
      await fc.assert(
        fc.asyncProperty(numbers, async (n) => {
          const [one, two] = [await importAt(['a/', file(n)]), await importAt(['b/', other(n)])];
          const [ofOne, ofTwo] = [[...entitiesOf(one)], [...entitiesOf(two)]];
          expect(ofOne.every((id) => ofTwo.includes(id))).toBe(false);
          expect(ofTwo.every((id) => ofOne.includes(id))).toBe(false);
          const parts = distinct([...factsOf(one), ...factsOf(two)]);
          expect(factsOf(await importAt(['a/', file(n)], ['b/', other(n)]))).toEqual(parts);
          expect(factsOf(await importAt(['a/', other(n)], ['b/', file(n)]))).toHaveLength(parts.length);
        }),
        RUNS,
      );
    },
  );

  it('is one whatever is imported with it, and a copy adds nothing', async () => {
    await fc.assert(
      fc.asyncProperty(numbers, async (n) => {
        const alone = await importAt(['a/', file(n)]);
        expect(alone.rejected).toEqual([]);
        expect(entitiesOf(alone).size).toBeGreaterThan(0);
        const both = factsOf(await importAt(['a/', file(n)], ['z/a/', file(n)]));
        expect(both).toEqual(factsOf(alone));
        for (const other of Object.values(same))
          expect(entitiesOf(await importAt(['', other(n)]))).toEqual(entitiesOf(alone));
      }),
      RUNS,
    );
  });
}

for (const twins of nearTwins)
  describe(`${twins.kind}, ${twins.file(1).path}`, () => {
    lawsOf(twins);
  });
