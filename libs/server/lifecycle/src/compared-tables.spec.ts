import { Fault, formatLogPosition } from '@tributary/kernel';
import type { SqlReader } from '@tributary/kernel';
import { afterEach, expect, it } from 'vitest';
import { openComparedTables } from './compared-tables.ts';
import type { ComparedTables } from './compared-tables.ts';

const EVENTS = 4;
const position = formatLogPosition([EVENTS]);
const log = {
  head: () => position,
  digestAt: (end: string) => Promise.resolve(BigInt(end) * 10n),
  read: () => Promise.resolve([]),
};

let compared: ComparedTables | undefined;
afterEach(() => compared?.close());

/** Tables that answer as a test says, one answer after the other; the last one is repeated. */
async function open(...answers: (bigint | Fault)[]): Promise<ComparedTables> {
  let count = 0;
  const all = (): Promise<unknown[]> => {
    const answer = answers[Math.min(count, answers.length - 1)];
    count += 1;
    return answer instanceof Fault
      ? Promise.reject(answer)
      : Promise.resolve([{ position_range: 0, events: EVENTS, digest: answer }]);
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the comparison asks one question
  const reader = { all } as unknown as SqlReader;
  const tables = { position: () => position };
  compared = await openComparedTables({ reader, log, tables, partitions: 1, interval: 5, recheck: 5 });
  return compared;
}

const SAME = 40n;
const OTHER = 41n;
const unavailable = new Fault('engine_unreachable', 'ClickHouse does not answer', { retryable: true });

it('say nothing where they hold the events of the log', async () => {
  const opened = await open(SAME);
  expect(opened.shortfall()).toBeUndefined();
  expect(opened.conditions()).toEqual([]);
});

it('say what differs, until it no longer does', async () => {
  const opened = await open(OTHER, OTHER, OTHER, OTHER, SAME);
  expect(opened.shortfall()).toContain('at positions 1 to 4 they hold other events than the log');
  expect(opened.conditions()).toMatchObject([{ code: 'tables_of_another_log' }]);
  await expect.poll(() => opened.shortfall()).toBeUndefined();
  expect(opened.conditions()).toEqual([]);
});

it('are not called different where a replica of theirs was behind for a moment', async () => {
  const opened = await open(OTHER, SAME);
  expect(opened.shortfall()).toBeUndefined();
});

it('are not called complete before they could be compared, and stay what they were while they cannot', async () => {
  const opened = await open(unavailable, unavailable, SAME, unavailable);
  expect(opened.shortfall()).toBe('the tables cannot be compared with the log: ClickHouse does not answer');
  expect(opened.conditions()).toEqual([]);
  await expect.poll(() => opened.shortfall()).toBeUndefined();
});
