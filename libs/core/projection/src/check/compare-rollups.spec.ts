import type { Projection } from '@tributary/contracts';
import type { SqlReader } from '@tributary/kernel';
import { expect, it } from 'vitest';
import { compareRollups } from './compare-rollups.ts';

const rollup: NonNullable<Projection['rollups']>[number] = {
  name: 'differing-sums',
  sql: '',
  params: { parse: () => ({}) },
  row: { parse: (row): { table_name: string; differing: number } => Object(row) },
};
const projection: Projection = { context: 'test', tables: [], rollups: [rollup], project: () => ({}) };

/** Compares a rollup that differs from its source or not, while the group says one text after the other about inserts. */
async function compared(differing: number, ...still: (string | undefined)[]) {
  const all = () => Promise.resolve(differing === 0 ? [] : [{ table_name: 'sums', differing }]);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the comparison asks one question
  const reader = { all } as unknown as SqlReader;
  return compareRollups({ reader, still: () => Promise.resolve(still.shift()) }, [projection]);
}

const differs = { code: 'tables_short', detail: 'sums is not what its source says (2 keys or ranges)' };

it('a rollup that differs while nothing is inserted lacks something', async () => {
  expect(await compared(2, 'at 7', 'at 7')).toEqual({ ...differs, mayPass: false });
});

it('one that differs while something is inserted may lack nothing, and is not called equal', async () => {
  expect(await compared(2, undefined, 'at 7')).toEqual({ ...differs, mayPass: true });
  expect(await compared(2, 'at 7', undefined)).toEqual({ ...differs, mayPass: true });
  expect(await compared(2, 'at 7', 'at 8')).toEqual({ ...differs, mayPass: true });
});

it('one that is what its source says lacks nothing, whatever is inserted', async () => {
  expect(await compared(0, undefined)).toBeUndefined();
});
