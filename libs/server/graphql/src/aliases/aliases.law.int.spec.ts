import { sameShards } from '@tributary/corpus';
import { parseEventPosition, positionFromText } from '@tributary/kernel';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startGraphqlServer } from '../graphql-server.fixture.ts';
import type { GraphqlServer } from '../graphql-server.fixture.ts';
import { randomFrom } from '../truncated/facts-of-every-type.fixture.ts';
import { ADDRESSES, foldAliases, randomAliases } from './random-aliases.fixture.ts';
import type { AliasFact } from './random-aliases.fixture.ts';

const LENGTH = 120;

let server: GraphqlServer;
let facts: AliasFact[];
let positions: number[];
beforeAll(async () => {
  server = await startGraphqlServer();
  facts = randomAliases(randomFrom(7), LENGTH);
  const { receipts } = await server.record(...facts.map(({ event }) => event));
  positions = receipts.map(({ position }) => parseEventPosition(positionFromText(position)));
  await server.caughtUp();
});
afterAll(() => server.remove());

/** Addresses that a fact names which counts: those of rules are parts. */
function namedIn(facts: readonly AliasFact[]): Set<string> {
  const corrected = new Set(facts.map(({ event }) => event['corrects']));
  const whole = facts.filter(
    ({ event, alias }) => !corrected.has(event.id) && (!alias || (alias.holds && alias.kind === 'pair')),
  );
  const text = JSON.stringify(whole.map(({ event }) => event['data']));
  return new Set(
    ADDRESSES.filter((address) => ['', 'shard:'].some((kind) => text.includes(`"${kind}${address}"`))),
  );
}

let joined = 0;
let contradicted = 0;

it.each([15, 30, 45, 60, 75, 90, 105, LENGTH])(
  'the shards that are the same equal a fold of the first %i facts that tries all addresses',
  async (length) => {
    const held = facts.slice(0, length);
    const as_of = [positions[length - 1] ?? 0];
    const { reader } = server.runtime.engine;
    const fold = foldAliases(held);
    const named = namedIn(held);
    /* The others are found by what names them. */
    const asked = [...named].filter((_, at) => at % 3 === 0);
    const answer = await sameShards(reader, asked, as_of);
    for (const shard of asked) {
      const others = answer.joins(shard).map(({ other }) => other);
      const expected = [...named].filter(
        (one) => one !== shard && fold.same.get(one) === fold.same.get(shard),
      );
      expect(others.filter((one) => named.has(one))).toEqual(expected.toSorted());
      expect(answer.doubts(shard).length > 0).toBe(fold.contradicted.has(shard));
      joined += others.length;
      contradicted += fold.contradicted.has(shard) ? 1 : 0;
    }
    for (const shard of asked.slice(0, 4)) {
      const alone = await sameShards(reader, [shard], as_of);
      expect([alone.joins(shard), alone.doubts(shard)]).toEqual([answer.joins(shard), answer.doubts(shard)]);
    }
  },
);

it('and these facts join and contradict', () => {
  expect(joined).toBeGreaterThan(50);
  expect(contradicted).toBeGreaterThan(10);
});
