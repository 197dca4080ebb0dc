import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TokenBuckets } from './client-rates.ts';

const requests = fc.array(
  fc.record({ client: fc.constantFrom('a', 'b', 'c'), after: fc.integer({ min: 0, max: 3_000 }) }),
  { minLength: 1, maxLength: 200 },
);

/** When each client got a token. Who is refused comes back when it is told to, and must get one then. */
function takenBy(
  perSecond: number,
  sent: readonly { client: string; after: number }[],
): Map<string, number[]> {
  const buckets = new TokenBuckets(perSecond);
  const taken = new Map<string, number[]>();
  let now = 0;
  for (const { client, after } of sent) {
    now += after;
    const wait = buckets.take(client, now);
    now += Math.ceil(wait);
    const again = wait === 0 ? 0 : buckets.take(client, now);
    taken.set(client, [...(taken.get(client) ?? []), again === 0 ? now : Number.NaN]);
  }
  return taken;
}

/** The most tokens of a client within any span, beyond those that its rate gives in that span. */
const mostAtOnce = (times: readonly number[], perSecond: number): number =>
  times
    .flatMap((from, first) =>
      times.slice(first + 1).map((to, more) => more + 1 - ((to - from) / 1_000) * perSecond),
    )
    .reduce((most, one) => Math.max(most, one), 0);

it('lets no client have more than its rate and one burst within any span, and tells each when to come back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), requests, (perSecond, sent) => {
      for (const times of takenBy(perSecond, sent).values())
        expect(mostAtOnce(times, perSecond)).toBeLessThanOrEqual(10 * perSecond + 1e-6);
    }),
    { seed: 15, numRuns: 300 },
  );
});

it('does not let a client who sends within its rate wait, whatever others send', () => {
  const buckets = new TokenBuckets(10);
  for (let now = 0; now < 60_000; now += 100) {
    for (let more = 0; more < 20; more += 1) buckets.take('greedy', now);
    expect(buckets.take('modest', now)).toBe(0);
  }
});

it('remembers a bounded number of clients, those that asked last', () => {
  const buckets = new TokenBuckets(1, 3);
  for (let client = 0; client < 1_000; client += 1) {
    for (let request = 0; request < 11; request += 1) buckets.take('known', 0);
    buckets.take(`client ${client}`, 0);
    expect(buckets.size).toBeLessThanOrEqual(3);
  }
  expect(buckets.take('known', 0)).toBeGreaterThan(0);
});
