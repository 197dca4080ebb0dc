import { memoryBlobs } from '@tributary/blobs';
import type { FactCatalogue } from '@tributary/contracts';
import { folderOf, importers } from '@tributary/importers';
import type { StepOrder } from '@tributary/training';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blobArrays } from './blob-files.ts';
import { drawCache } from './megatron-cache.fixture.ts';
import { resolvedOrder } from './resolved-order.ts';

const shapes = fc.record({
  corpora: fc.array(
    fc.record({
      lengths: fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 3, maxLength: 20 }),
      epochs: fc.integer({ min: 1, max: 3 }),
    }),
    { minLength: 1, maxLength: 5 },
  ),
  sequenceLength: fc.integer({ min: 4, max: 24 }),
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  start: fc.integer({ min: 1, max: 3 }),
  increment: fc.integer({ min: 1, max: 2 }),
  increments: fc.integer({ min: 0, max: 3 }),
  rampSamples: fc.integer({ min: 1, max: 20 }),
});

const randomOf = (seed: number) => {
  let state = seed;
  return () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
};

/** The batch size of a step whose samples before it are known, as a trainer decides it. */
function sizeAfter(consumed: number, { start, increment, increments, rampSamples }: Ramp): number {
  if (increments === 0 || consumed > rampSamples) return start + increments * increment;
  return start + Math.trunc(consumed / (rampSamples / increments)) * increment;
}
type Ramp = { start: number; increment: number; increments: number; rampSamples: number };

type Recorded = FactCatalogue['training.order.recorded'];

/** The order that an import of files records, and the bytes of the files. */
async function importedOrder(files: Readonly<Record<string, string | Uint8Array>>) {
  const importer = importers.find(({ kind }) => kind === 'megatron-data');
  if (!importer) throw new Error('no importer of Megatron data');
  const folder = folderOf('drawn', files);
  const { events, rejected, unresolved } = await importer.read(folder, { name: 'drawn' });
  expect([...rejected, ...unresolved]).toEqual([]);
  const blobs = memoryBlobs();
  for (const file of folder.files) await blobs.put(await file.read());
  const orders = events.flatMap(({ type, data }) =>
    type === 'training.order.recorded' ? [data as Recorded] : [],
  );
  return { blobs, orders };
}

const scriptOf = (
  paths: readonly string[],
  { sequenceLength, ...ramp }: Ramp & { sequenceLength: number },
) => {
  const full = ramp.start + ramp.increments * ramp.increment;
  const grows =
    ramp.increments === 0 ? '' : ` --rampup-batch-size ${ramp.start} ${ramp.increment} ${ramp.rampSamples}`;
  const blend = paths.map((path) => `1 ${path}`).join(' ');
  return `x.py --data-path ${blend} --seq-length ${sequenceLength} --global-batch-size ${full}${grows}\n`;
};

describe('law: the documents of a batch', () => {
  it('are those of a simulation without index arrays, at every step', async () => {
    let steps = 0;
    await fc.assert(
      fc.asyncProperty(shapes, async ({ seed, ...shape }) => {
        const cache = drawCache({ ...shape, random: randomOf(seed) });
        const { blobs, orders } = await importedOrder({
          ...cache.files,
          'run.sh': scriptOf(cache.paths, shape),
        });
        const [recorded] = orders;
        let read = 0;
        let step = 1;
        for (; read + sizeAfter(read, shape) <= cache.samples.length; step += 1) {
          const size = sizeAfter(read, shape);
          const expected = cache.samples
            .slice(read, read + size)
            .flatMap(({ corpus, parts }, at) =>
              parts.map((part) => ({ sample: read + at, corpus: cache.paths[corpus] ?? '', ...part })),
            );
          const answer = await resolvedOrder(stepOrder(recorded), {
            blobs,
            open: blobArrays(blobs),
            step,
            page: {
              from: 0,
              count: expected.length + 1,
            },
          });
          const found = answer.nodes.map(
            ({ shard: _shard, sourcePath: _path, sourceRow: _row, ...node }) => node,
          );
          expect(found).toEqual(expected);
          expect(answer).toMatchObject({
            documents: expected.length,
            tokens: size * shape.sequenceLength,
            lacking: [],
          });
          const part = { from: Math.floor(expected.length / 3), count: 2 };
          const page = await resolvedOrder(stepOrder(recorded), {
            blobs,
            open: blobArrays(blobs),
            step,
            page: part,
          });
          expect(page.nodes).toEqual(answer.nodes.slice(part.from, part.from + 2));
          read += size;
        }
        expect(recorded?.lastStep ?? 0).toBe(step - 1);
        steps += step - 1;
      }),
      { numRuns: 60, seed: 5 },
    );
    expect(steps).toBeGreaterThan(1_000);
  });
});

function stepOrder(recorded: Recorded | undefined): StepOrder {
  if (!recorded) throw new Error('no order is recorded');
  const { firstStep: first_step, lastStep: last_step, method, order } = recorded;
  return { first_step, last_step, method, order, encoding: 'megatronIndex', evidence: 1 };
}
