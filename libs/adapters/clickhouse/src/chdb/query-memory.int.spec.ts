import { afterAll, beforeAll, expect, it } from 'vitest';
import { openScratch } from '../scratch.fixture.ts';

const BUDGET = 400_000_000;
const MET = { limit: 'queryBytes', value: BUDGET, key: 'TRIBUTARY_QUERY_BYTES' };

let scratch: Awaited<ReturnType<typeof openScratch>>;

beforeAll(async () => {
  scratch = await openScratch({ readers: 3, queryBytes: BUDGET });
  await scratch.engine.command('CREATE TABLE tributary.kept (n UInt64) ENGINE = MergeTree ORDER BY n');
});
afterAll(() => scratch.close());

const outcomeOf = (asked: Promise<unknown>): Promise<unknown> => asked.catch((fault: unknown) => fault);

it('refuses a query that needs more than its share, with what to do, and answers the next one', async () => {
  const refused = await outcomeOf(scratch.ask('SELECT length(groupArray(number)) FROM numbers(100000000)'));
  expect(refused).toMatchObject({ code: 'query_memory', retryable: true, met: MET });
  expect(String(refused)).toContain(
    `needs more than its share of the ${BUDGET} bytes of memory that all queries have together: ask for less at once, or set TRIBUTARY_QUERY_BYTES`,
  );
  expect(await scratch.ask('SELECT 1 AS n')).toEqual([{ n: 1 }]);
});

it('gives each of the queries that run at once the same share, and what writes is not among them', async () => {
  const large = 'SELECT toUInt32(length(groupArray(number))) AS n FROM numbers(4000000)';
  const asked = [1, 2, 3].map(() => scratch.ask(large));
  await scratch.engine.command('INSERT INTO tributary.kept SELECT number FROM numbers(20000000)');
  expect(await Promise.all(asked)).toEqual([1, 2, 3].map(() => [{ n: 4_000_000 }]));
  expect(await scratch.ask('SELECT toUInt32(count()) AS n FROM tributary.kept')).toEqual([{ n: 20_000_000 }]);
  const beyond = outcomeOf(scratch.ask(large.replace('4000000', '20000000')));
  expect(await beyond).toMatchObject({ code: 'query_memory', met: MET });
});
