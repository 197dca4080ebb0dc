import { eventPosition, Fault, formatLogPosition } from '@tributary/kernel';
import type { SqlReader } from '@tributary/kernel';
import type { Projection } from '@tributary/contracts';
import { expect, it } from 'vitest';
import { eventsLook, rowLooks } from './counted-looks.ts';

const position = formatLogPosition([9]);
const log = {
  head: () => position,
  digestAt: () => Promise.resolve(0n),
  read: () => Promise.resolve([]),
};
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the looks ask for rows, and there are none
const reader = { all: () => Promise.resolve([]) } as unknown as SqlReader;
const none: readonly Projection[] = [];

it.each([
  ['the tables are being exchanged', 'tables_exchanging'],
  ['the commits of the group are lost', 'commits_lost'],
])('no look calls tables equal while %s', async (what, code) => {
  const unsettled = new Fault(code, what, { retryable: true });
  const tables = {
    position: () => position,
    counted: () => [{ after: eventPosition(0, 0), until: eventPosition(0, 9) }],
    still: () => Promise.resolve(undefined),
    unsettled: () => unsettled,
  };
  const { totals, rows } = rowLooks({ reader, tables, projections: none });
  const events = eventsLook({ reader, log, tables, partitions: 1 });
  const compared = [events, totals, ...rows.filter(({ name }) => name === 'counts')];
  expect(compared.map(({ name }) => name)).toEqual(['events', 'totals', 'counts']);
  for (const { look } of compared) await expect(look()).rejects.toBe(unsettled);
});

it('tables and counts that are lost together are found by the look of each minute', async () => {
  const tables = {
    counted: () => [{ after: eventPosition(0, 0), until: eventPosition(0, 9) }],
    still: () => Promise.resolve(undefined),
    unsettled: () => undefined,
  };
  const { totals } = rowLooks({ reader, tables, projections: none });
  expect(await totals.look()).toEqual({
    code: 'tables_short',
    detail: 'log_range counts 0 of 9 positions at positions 1 to 9',
  });
});
