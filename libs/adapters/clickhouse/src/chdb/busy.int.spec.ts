import { afterAll, beforeAll, expect, it } from 'vitest';
import { asQuery, openScratch } from '../scratch.fixture.ts';

let scratch: Awaited<ReturnType<typeof openScratch>>;

beforeAll(async () => {
  scratch = await openScratch({ readers: 1, overdueMillis: 1500, waitMillis: 300, queriesWaiting: 1 });
});
afterAll(() => scratch.close());

const forever = asQuery(
  'SELECT count() FROM numbers(1000000000000) WHERE NOT ignore(sipHash64(number, {salt:UInt8}))',
  'forever',
);

it('lets no query wait beyond its limit for a session, and answers the next ones when one is free', async () => {
  const long = scratch.engine.reader.all(forever, { salt: 1 }).catch((error: unknown) => error);
  const refused = scratch.ask('SELECT 1');
  await expect(refused).rejects.toMatchObject({
    code: 'engine_busy',
    retryable: true,
    message: expect.stringContaining('within 0.3 s (TRIBUTARY_QUERY_TIMEOUT_MS)'),
  });
  expect(await long).toMatchObject({
    code: 'query_overdue',
    message: expect.stringContaining('TRIBUTARY_QUERY_TIMEOUT_MS'),
    met: { limit: 'queryTimeout', value: 30_000, key: 'TRIBUTARY_QUERY_TIMEOUT_MS' },
  });
  for (const n of [1, 2, 3]) expect(await scratch.ask('SELECT {n:UInt8} AS n', { n })).toEqual([{ n }]);
});

it('refuses a query at once where as many wait as may, with the limit', async () => {
  const long = scratch.engine.reader.all(forever, { salt: 2 }).catch((error: unknown) => error);
  const waiting = scratch.ask('SELECT 1').catch((error: unknown) => error);
  await expect(scratch.ask('SELECT 2')).rejects.toMatchObject({
    code: 'engine_busy',
    met: { limit: 'queriesWaiting', value: 1, key: 'TRIBUTARY_QUERIES_WAITING' },
  });
  expect(await waiting).toMatchObject({ code: 'engine_busy', met: { limit: 'queryTimeout', value: 300 } });
  expect(await long).toMatchObject({ code: 'query_overdue' });
});
