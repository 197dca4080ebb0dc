import { Fault, underSignal } from '@tributary/kernel';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { asQuery, openScratch } from '../scratch.fixture.ts';

let scratch: Awaited<ReturnType<typeof openScratch>>;

/* No limit of its own ends a query here before the test does. */
beforeAll(async () => {
  scratch = await openScratch({ readers: 2, queryMillis: 600_000 });
});
afterAll(() => scratch.close());

const LEFT = new Fault('client_left', 'nobody waits for it');

const forever = (name: string) =>
  asQuery(
    'SELECT count() FROM numbers(1000000000000) WHERE NOT ignore(sipHash64(number, {salt:UInt8}))',
    name,
  );

/** Asks for somebody who leaves when the test says so. */
function asking(name: string) {
  const waiting = new AbortController();
  const answer = underSignal(waiting.signal, () => scratch.engine.reader.all(forever(name), { salt: 1 }));
  return { leave: () => waiting.abort(LEFT), outcome: answer.catch((error: unknown) => error) };
}

const running = async (name: string): Promise<number> => {
  const sql = 'SELECT count() AS running FROM system.processes WHERE query LIKE {pattern:String}';
  const [row] = await scratch.ask<{ running: string }>(sql, { pattern: `/* ${name} %` });
  return Number(row?.running);
};

it('ends a query that runs when nobody waits for it any more, and the others go on', async () => {
  const { leave, outcome } = asking('left');
  await expect.poll(() => running('left')).toBe(1);
  leave();
  expect(await outcome).toBe(LEFT);
  await expect.poll(() => running('left')).toBe(0);
  for (const n of [1, 2, 3, 4]) expect(await scratch.ask('SELECT {n:UInt8} AS n', { n })).toEqual([{ n }]);
});

it('ends one also where its client leaves at the moment at which it begins', async () => {
  const many = Array.from({ length: 10 }, () => asking('brief'));
  await Promise.resolve();
  for (const { leave } of many) leave();
  for (const { outcome } of many) expect(await outcome).toBe(LEFT);
  await expect.poll(() => running('brief'), { timeout: 10_000 }).toBe(0);
});

it('does not begin a query for which nobody waits any more', async () => {
  const busy = [asking('first'), asking('second')];
  const waiting = asking('third');
  waiting.leave();
  expect(await waiting.outcome).toBe(LEFT);
  for (const { leave } of busy) leave();
  for (const { outcome } of busy) expect(await outcome).toBe(LEFT);
  const gone = AbortSignal.abort(LEFT);
  await expect(underSignal(gone, () => scratch.ask('SELECT 1'))).rejects.toBe(LEFT);
  expect(await running('third')).toBe(0);
});
