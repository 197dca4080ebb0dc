import type { SqlReader } from '@tributary/kernel';
import { expect, it } from 'vitest';
import type { Offsets } from './bounded-log.ts';
import { readerAfter, readerUntil } from './bounded-reader.ts';

/** The SQL that a bounded reader hands on. */
async function boundedSql(
  bound: (reader: SqlReader, ends: Offsets) => SqlReader,
  sql: string,
  ends: Offsets,
): Promise<string> {
  let read = '';
  const reader: SqlReader = {
    all(query) {
      read = query.sql;
      return Promise.resolve([]);
    },
  };
  const shape = { parse: (value: unknown) => value as never };
  await bound(reader, ends).all({ name: 'any', sql, params: shape, row: shape }, {});
  return read;
}

const STEPS = 'SELECT 1\nFROM tributary.training_step\nWHERE a';
const ofSteps = (condition: string): string =>
  `SELECT 1\nFROM (SELECT * FROM tributary.training_step WHERE ${condition})\nWHERE a`;

it('reads tables up to the offsets, or after them', async () => {
  const until = `tributaryIsAtOrBefore(_position, [3, ${2 ** 40 + 7}])`;
  expect(await boundedSql(readerUntil, STEPS, [3, 7])).toBe(ofSteps(until));
  expect(await boundedSql(readerAfter, STEPS, [3, 7])).toBe(ofSteps(`NOT ${until}`));
});

it('compares with a constant where there is one partition', async () => {
  expect(await boundedSql(readerUntil, STEPS, [3])).toBe(ofSteps('(_position <= 3)'));
});

it('reads rollups and system tables whole', async () => {
  for (const whole of ['SELECT 1 FROM tributary.training_run_latest FINAL', 'SELECT 1 FROM system.tables'])
    expect(await boundedSql(readerUntil, whole, [3, 0])).toBe(whole);
});
