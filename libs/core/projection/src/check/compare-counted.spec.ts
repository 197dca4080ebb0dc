import { eventPosition, Fault } from '@tributary/kernel';
import type { SqlReader } from '@tributary/kernel';
import { expect, it } from 'vitest';
import { compareTable, compareTotals, firstFinding } from './compare-counted.ts';
import type { Outcome } from './registered-events.ts';

const overdue = new Fault('query_overdue', 'it took longer than 30 s', { retryable: true });
const partitions = [{ after: eventPosition(0, 0), until: eventPosition(0, 9) }];

/** Nine rows of `steps` were counted. The table has so many, and reading their positions takes too long. */
function groupOf(rows: number) {
  const answers = new Map<string, unknown[]>([
    ['counted-totals', [{ name: 'steps', row_total: 9 }]],
    ['counted-rows', [{ position_range: 0, row_total: 9, offset_total: 45, positions: 9, last: 9 }]],
    ['stored-total', [{ row_total: rows }]],
  ]);
  const all = ({ name }: { readonly name: string }): Promise<unknown[]> => {
    const answer = answers.get(name);
    return answer ? Promise.resolve(answer) : Promise.reject(overdue);
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the comparison asks these questions
  return { reader: { all } as unknown as SqlReader, partitions };
}

it('a table that takes too long to read was not compared', async () => {
  expect(await compareTable(groupOf(9), 'steps')).toEqual({
    code: 'not_compared',
    detail: 'steps was not compared: it took longer than 30 s',
  });
});

it('its number of rows is compared all the same, and named without positions', async () => {
  expect(await compareTotals(groupOf(9), ['steps'])).toBeUndefined();
  expect(await compareTotals(groupOf(8), ['steps'])).toEqual({
    code: 'tables_short',
    detail: 'steps has 8 rows, and 9 were inserted',
  });
});

it('what could not be compared hides no difference of what follows, and is told where there is none', async () => {
  const uncompared: Outcome = { code: 'not_compared', detail: 'a' };
  const differs: Outcome = { code: 'tables_short', detail: 'b' };
  const first = (...outcomes: Outcome[]) => firstFinding(outcomes, (one) => Promise.resolve(one));
  expect(await first(undefined, uncompared, differs)).toBe(differs);
  expect(await first(uncompared, undefined)).toBe(uncompared);
  expect(await first(undefined)).toBeUndefined();
});
