import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SAMPLES } from '../../libs/adapters/importers/src/samples.fixture.ts';
import { importInto, openStore } from './import-into-log.fixture.ts';
import type { Store } from './import-into-log.fixture.ts';
import { CLI, killedHistories, playKilled } from './killed-imports.fixture.ts';
import { histories, shuffledBy } from './parts.fixture.ts';
import type { PartialImport } from './parts.fixture.ts';
import { differences, openTables } from './tables.fixture.ts';
import type { Tables } from './tables.fixture.ts';

const asTheyAre = <Item>(items: readonly Item[]): readonly Item[] => items;

/** Imports all samples again: everything is known, and nothing is refused but what was. */
const whole = (store: Store) => importInto(store, { paths: [SAMPLES], ordered: asTheyAre });

async function play(store: Store, history: readonly PartialImport[]): Promise<void> {
  for (const { paths, order, stops } of history) {
    const command = { paths: paths.map((path) => join(SAMPLES, path)), ordered: shuffledBy(order) };
    for (const stopAfter of stops) await importInto(store, { ...command, stopAfter });
    expect(await importInto(store, command)).toBeDefined();
  }
}

/** How often: histories in this process, and those of processes that are killed. */
type Runs = { readonly seed: number; readonly runs: number; readonly killed?: number };

/** The law of imports, on the samples of all kinds. */
export function describeImportsInParts({ seed, runs, killed = 0 }: Runs): void {
  let tables: Awaited<ReturnType<typeof openTables>>;
  let expected: Tables;
  let refused = 0;
  let stored = 0;

  beforeAll(async () => {
    tables = await openTables();
    const store = await openStore();
    const first = await whole(store);
    refused = first?.rejected ?? 0;
    stored = first?.appended ?? 0;
    expected = await tables.of(store);
    await store.close();
  }, 120_000);
  afterAll(() => tables.close());

  it('has rows of the samples to compare', () => {
    const filled = [...expected.values()].filter((rows) => rows.length > 0);
    expect(filled.length).toBeGreaterThan(30);
    expect(stored).toBeGreaterThan(200);
  });

  it(
    'gives equal tables in any order, in parts, stopped anywhere and twice',
    { timeout: 3_600_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(histories, async (history) => {
          const store = await openStore();
          try {
            await play(store, history);
            expect(differences(expected, await tables.of(store))).toEqual([]);
            expect(await whole(store)).toMatchObject({ appended: 0, rejected: refused });
          } finally {
            await store.close();
          }
        }),
        { numRuns: runs, seed, endOnFailure: true },
      );
    },
  );

  it.runIf(killed > 0 && existsSync(CLI))(
    'gives equal tables after kills of the import and of its server (needs a build)',
    { timeout: 3_600_000 },
    async () => {
      let died = 0;
      await fc.assert(
        fc.asyncProperty(killedHistories, async (history) => {
          const store = await playKilled(history);
          died += store.died;
          try {
            expect(differences(expected, await tables.of(store))).toEqual([]);
          } finally {
            await store.close();
          }
        }),
        { numRuns: killed, seed, endOnFailure: true },
      );
      expect(died).toBeGreaterThan(killed / 2);
    },
  );
}
