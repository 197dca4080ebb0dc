import { parseEventPosition, positionFromText } from '@tributary/kernel';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ADDRESSES, foldAliases, isCounted, randomAliases } from '../aliases/random-aliases.fixture.ts';
import type { AliasFact } from '../aliases/random-aliases.fixture.ts';
import { fact, startGraphqlServer } from '../graphql-server.fixture.ts';
import type { GraphqlServer } from '../graphql-server.fixture.ts';
import { pick, randomFrom } from '../truncated/facts-of-every-type.fixture.ts';
import { evidenceChanges } from './evidence-changes.ts';

const LENGTH = 110;

let server: GraphqlServer;
/** Uses of shards, then random facts about aliases and retractions. */
let facts: AliasFact[];
let positions: string[];

const used = ADDRESSES.filter((_, at) => at % 2 === 0);

const exposure = (shardId: string, number: number): AliasFact => ({
  event: fact('training.exposure.recorded', {
    runId: 'answered',
    attempt: 1,
    firstStep: number * 10 + 1,
    lastStep: number * 10 + 10,
    unit: 'token',
    method: 'measured',
    amounts: [{ slice: 'web', shardId, amount: 10 }],
  }),
  stream: 'run answered',
});

const retraction = (shardId: string): AliasFact => ({
  event: fact('corpus.shard.retracted', { shardId, reason: 'r', actor: 'ada' }),
  stream: `shard ${shardId}`,
});

beforeAll(async () => {
  server = await startGraphqlServer();
  const random = randomFrom(23);
  const about = randomAliases(random, LENGTH - used.length).flatMap((one, at) =>
    at % 9 === 4 ? [one, retraction(pick(ADDRESSES, random))] : [one],
  );
  facts = [...used.map(exposure), ...about];
  const { receipts } = await server.record(...facts.map(({ event }) => event));
  positions = receipts.map(({ position }) => position);
  await server.caughtUp();
});
afterAll(() => server.remove());

/** Which of the facts of a list that count are retractions, with the shard and their place. */
const retractedIn = (held: readonly AliasFact[]) =>
  held.flatMap((one, at) =>
    one.event.type === 'corpus.shard.retracted' && isCounted(one, at, held)
      ? [{ at, shard: String((one.event['data'] as { shardId: string }).shardId) }]
      : [],
  );

/** Positions of the uses of which the shard is retracted by `now` and was not by `then`, by trying all. */
function changedUses(then: number, now: number): string[] {
  const retracted = retractedIn(facts.slice(0, now));
  const [before, after] = [foldAliases(facts.slice(0, then)), foldAliases(facts.slice(0, now))];
  return used.flatMap((shard, at) => {
    const isSame = ({ same }: typeof before, other: string) => same.get(other) === same.get(shard);
    const wasKnown = retracted.some((one) => one.at < then && isSame(before, one.shard));
    const isChanged = retracted.some((one) => isSame(after, one.shard) && (one.at >= then || !wasKnown));
    return isChanged ? (positions[at] ?? []) : [];
  });
}

async function changesOf(then: number, now: number): Promise<string[]> {
  const at = (text: string | undefined) => parseEventPosition(positionFromText(text ?? ''));
  const { changes } = await evidenceChanges(server.runtime.engine.reader, {
    experiment: undefined,
    positions: positions.slice(0, used.length).map(at),
    since: [at(positions[then - 1])],
    as_of: [at(positions[now - 1])],
  });
  return [...new Set(changes.map(({ changed }) => changed))];
}

let changed = 0;
let byAlias = 0;

it.each([15, 45, 75].flatMap((then) => [10, 25, 40].map((later) => [then, then + later] as const)))(
  'of an answer from the first %i facts the evidence that %i facts retract is what a fold of all addresses finds',
  async (then, now) => {
    const expected = changedUses(then, now);
    const found = await changesOf(then, now);
    expect(found.toSorted()).toEqual(expected.toSorted());
    const direct = new Set(retractedIn(facts.slice(0, now)).map(({ shard }) => shard));
    changed += expected.length;
    byAlias += used.filter((shard, at) => !direct.has(shard) && found.includes(positions[at] ?? '')).length;
  },
);

it('and these facts change evidence, also of shards that no retraction names', () => {
  expect(changed).toBeGreaterThan(30);
  expect(byAlias).toBeGreaterThan(10);
});
