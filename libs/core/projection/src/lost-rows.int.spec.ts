import { eventPosition } from '@tributary/kernel';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { compareCounts, compareTable, compareTotals } from './check/compare-counted.ts';
import type { CountedPartition } from './check/range-differences.ts';
import { TABLES_CURSOR } from './state/projector-states.ts';
import { at, ended, openWorkedPartition, PARTITION } from './worked-partition.fixture.ts';
import type { WorkedPartition } from './worked-partition.fixture.ts';

let worked: WorkedPartition;

beforeAll(async () => {
  worked = await openWorkedPartition();
});
beforeEach(() => worked.begin());
afterAll(() => worked.store.remove());

const COUNTED = ['mixture_weight', 'log_event'];
const findings = async (partitions: readonly CountedPartition[]) => {
  const group = { reader: worked.store.engine.reader, partitions };
  const found = [await compareCounts(group), await compareTotals(group, COUNTED)];
  for (const table of COUNTED) found.push(await compareTable(group, table));
  return found.flatMap((one) => one?.detail ?? []);
};
const from = (after: number, until: number): CountedPartition[] => [
  { after: eventPosition(PARTITION, after), until: eventPosition(PARTITION, until) },
];

it.each([
  ['a table is emptied', 'TRUNCATE TABLE tributary.mixture_weight', 'mixture_weight has 0 of 2 rows at'],
  ['the register is emptied', 'TRUNCATE TABLE tributary.log_event', 'log_event has 0 of 3 rows at'],
  ['the counts are lost', 'TRUNCATE TABLE tributary.log_range', 'log_range counts 0 of 3 positions at'],
  ['a table is gone', 'RENAME TABLE tributary.mixture_weight TO tributary.aside', 'cannot be read: '],
])('says that %s', async (_what, damage, detail) => {
  worked.partition.append(ended('a'), ended('b'), ended('c', 'throw'));
  await worked.workTo(3, { logId: 'topic' });
  expect(await findings(from(0, 3))).toEqual([]);
  await worked.store.engine.command(damage);
  const found = await findings(from(0, 3));
  await worked.store.engine.command('RENAME TABLE IF EXISTS tributary.aside TO tributary.mixture_weight');
  expect(found.join()).toContain(detail);
});

/** An owner that dies after so many inserts of its next batch, whose rows are in the tables and not counted. */
async function dieAfter(inserts: number): Promise<void> {
  worked.tokens = [];
  const dying = { sink: worked.sinkOf({ after: inserts }), logId: 'topic' };
  await expect(worked.work(worked.partition.assign(), dying)).rejects.toThrow('the answer got lost');
}

const removeRow = (number: number): Promise<void> =>
  worked.store.engine.command(
    `DELETE FROM tributary.mixture_weight WHERE _position = ${eventPosition(PARTITION, number)}`,
  );

describe('a batch whose rows are in the tables and not counted yet', () => {
  beforeEach(async () => {
    worked.partition.append(ended('a'), ended('b'));
    await worked.workTo(2, { logId: 'topic' });
    worked.partition.append(ended('c'), ended('d'));
    await dieAfter(2);
  });

  it('does not stand in for a row that is missed', async () => {
    expect(await findings(from(0, 2))).toEqual([]);
    await removeRow(1);
    expect(await findings(from(0, 2))).toEqual(['mixture_weight has 1 of 2 rows at positions 3:1 to 3:2']);
  });

  it('is not in the tables where a row of it was lost, which the engine does not take again', async () => {
    await removeRow(3);
    const working = worked.work(worked.partition.assign(), { sink: worked.once(), logId: 'topic' });
    await expect(working).rejects.toMatchObject({ code: 'insert_incomplete', retryable: true });
    expect(worked.cursors.get(TABLES_CURSOR)?.position).toBe(at(2));
  });

  it('is inserted again where all rows of its table were lost', async () => {
    await worked.empty('mixture_weight');
    await worked.workTo(4, { sink: worked.once(), logId: 'topic' });
    expect(await worked.rowsOf('mixture_weight')).toBe(2);
    expect((await findings(from(0, 4))).join()).toContain(
      'mixture_weight has 2 of 4 rows at positions 3:1 to 3:4',
    );
  });
});

it('compares only what it counted since an earlier version ended', async () => {
  const countedFrom = () => worked.cursors.get(TABLES_CURSOR)?.state?.['countedFrom'];
  for (const [number, logId, counted] of [
    [1, undefined, undefined],
    [2, 'topic', '3:1'],
    [3, 'topic', '3:1'],
    [4, undefined, undefined],
    [5, 'topic', '3:4'],
  ] as const) {
    worked.partition.append(ended(String(number)));
    await worked.workTo(number, logId === undefined ? {} : { logId });
    expect(countedFrom()).toBe(counted);
  }
  expect(await findings(from(4, 5))).toEqual([]);
  expect(await findings(from(0, 5))).toContain('log_range counts 3 of 5 positions at positions 3:1 to 3:5');
});
