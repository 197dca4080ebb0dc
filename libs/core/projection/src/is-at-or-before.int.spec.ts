import { openTestStore } from '@tributary/fixtures';
import { expect, it } from 'vitest';

const compare = {
  name: 'compare',
  sql: `SELECT arrayMap(position -> tributaryIsAtOrBefore(position, {as_of:Array(UInt64)}), {positions:Array(UInt64)}) AS included`,
  params: { parse: (value: unknown) => value as Record<string, unknown> },
  row: { parse: (value: unknown) => value as { included: number[] } },
};

it('compares a position with the end of its own partition, and includes none of a partition without an end', async () => {
  const runtime = await openTestStore();
  const [first, second, third] = [0, 2 ** 40, 2 ** 41];
  const rows = await runtime.engine.reader.all(compare, {
    as_of: [5, second + 3],
    positions: [first + 5, first + 6, second + 3, second + 4, third + 1],
  });
  await runtime.remove();
  expect(rows).toEqual([{ included: [1, 0, 1, 0, 0] }]);
});
