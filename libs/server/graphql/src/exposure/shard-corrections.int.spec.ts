import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { consumed, started } from '../contamination/leaky-run.fixture.ts';
import { fact, startGraphqlServer } from '../graphql-server.fixture.ts';
import type { GraphqlServer, SentEvent } from '../graphql-server.fixture.ts';

let server: GraphqlServer;
beforeAll(async () => {
  server = await startGraphqlServer();
  await server.record(
    started('fed', 1),
    consumed('fed', 1, 1, { part: 10 }),
    started('other', 1),
    consumed('other', 1, 1, { part: 10 }),
    correcting(started('other', 2, { resumedFrom: { attempt: 1, step: 10 } })),
  );
});
afterAll(() => server.remove());

/** A fact that corrects an event which is not recorded. */
const correcting = (event: SentEvent): SentEvent => ({
  ...event,
  corrects: 'never-recorded',
  correctionreason: 'a better one',
  actor: 'somebody',
});

const registered = fact('corpus.shard.registered', {
  shardId: 'part',
  slice: 'web',
  uri: 'file:/part',
  split: 'train',
});

const BY_SHARD = ['shard', 'attribute, attribute: "language"'];

type Answer = { readonly complete: boolean; readonly reason: string | null };

const answersOf = async (by: string): Promise<Answer[]> => {
  await server.caughtUp();
  const { alone, group, both } = await server.ask<Record<'alone' | 'group' | 'both', Answer>>(`{
    alone: exposure(run: "fed", by: ${by}) { complete reason }
    group: exposureGroups(runs: ["fed"], by: ${by}) { complete reason }
    both: exposureDifference(run: "fed", otherRun: "fed", by: ${by}) { complete reason }
  }`);
  return [alone, group, both];
};

describe('a correction that replaces nothing', () => {
  it.each([...BY_SHARD, 'domain'])('of another run leaves exposure complete by %s', async (by) => {
    const whole = { complete: true, reason: null };
    expect(await answersOf(by)).toEqual([whole, whole, whole]);
  });

  it('of a registration makes exposure incomplete by what is known of shards, and only by that', async () => {
    await server.record(correcting(registered));
    for (const by of BY_SHARD)
      for (const { complete, reason } of await answersOf(by))
        expect([by, complete, reason]).toEqual([by, false, expect.stringContaining('replaces nothing')]);
    for (const { complete } of await answersOf('domain')) expect(complete).toBe(true);
  });
});
