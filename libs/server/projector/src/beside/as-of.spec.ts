import type { SqlReader } from '@tributary/kernel';
import { expect, it } from 'vitest';
import { readerAsOf } from './as-of.ts';

const seen = async (sql: string): Promise<string> => {
  let asked = '';
  const reader: SqlReader = {
    all(query) {
      asked = query.sql;
      return Promise.resolve([]);
    },
  };
  const shape = { parse: (value: unknown) => value as never };
  await readerAsOf(reader, [3, 0]).all({ name: 'any', sql, params: shape, row: shape }, {});
  return asked;
};

it('reads tables as if they ended at the offsets, and rollups whole', async () => {
  const ends = '[bitShiftLeft(toUInt64(0), 40) + 3, bitShiftLeft(toUInt64(1), 40) + 0]';
  expect(await seen('SELECT 1\nFROM tributary.training_step\nWHERE a')).toBe(
    `SELECT 1\nFROM (SELECT * FROM tributary.training_step WHERE tributaryIsAtOrBefore(_position, ${ends}))\nWHERE a`,
  );
  for (const whole of ['SELECT 1 FROM tributary.training_run_latest FINAL', 'SELECT 1 FROM system.tables'])
    expect(await seen(whole)).toBe(whole);
});
