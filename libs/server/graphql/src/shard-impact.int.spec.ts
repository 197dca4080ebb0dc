import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { started } from './contamination/leaky-run.fixture.ts';
import { fact, startGraphqlServer } from './graphql-server.fixture.ts';
import type { GraphqlServer, SentEvent } from './graphql-server.fixture.ts';

let server: GraphqlServer;
beforeAll(async () => {
  server = await startGraphqlServer();
});
afterAll(() => server.remove());

type Impact = {
  readonly complete: boolean;
  readonly reason: string | null;
  readonly nodes: readonly { readonly run: string }[];
};

const registered = (shardId: string, slice: string): SentEvent =>
  fact('corpus.shard.registered', { shardId, slice, uri: `file:/${shardId}`, split: 'train' });

const consumed = (runId: string, amount: object, more: object = {}): SentEvent =>
  fact('training.exposure.recorded', {
    runId,
    attempt: 1,
    firstStep: 1,
    lastStep: 10,
    unit: 'token',
    method: 'measured',
    amounts: [{ amount: 1000, ...amount }],
    ...more,
  });

async function impactOf(shard: string): Promise<Impact> {
  await server.caughtUp();
  const { shardImpact } = await server.ask<{ shardImpact: Impact }>(
    `{ shardImpact(shard: "${shard}") { complete reason nodes { run } } }`,
  );
  return shardImpact;
}

describe('the impact of a shard', () => {
  it('is incomplete where runs consumed a slice around it without naming shards', async () => {
    await server.record(
      registered('whole', 'code/python'),
      started('inner', 1),
      consumed('inner', { slice: 'code/python' }),
      started('outer', 1),
      consumed('outer', { slice: 'code' }),
      started('other', 1),
      consumed('other', { slice: 'code/rust' }),
    );
    const reason = 'consumed without naming shards: slice:code by run:outer, slice:code/python by run:inner';
    expect(await impactOf('whole')).toEqual({ complete: false, reason, nodes: [] });
    const { retractionImpact } = await server.ask<{ retractionImpact: { reason: string } }>(
      '{ retractionImpact(target: shard, id: "whole") { reason } }',
    );
    expect(retractionImpact.reason).toBe(reason);
  });

  it('is complete where what consumed its slice names shards, or does not count any more', async () => {
    await server.record(
      registered('named', 'prose'),
      started('naming', 1),
      consumed('naming', { slice: 'prose', shardId: 'another' }),
      started('again', 1),
      consumed('again', { slice: 'prose' }),
      started('again', 2, { resumedFrom: { attempt: 1, step: 0 } }),
      consumed('again', { slice: 'prose', shardId: 'named' }, { attempt: 2 }),
    );
    expect(await impactOf('named')).toEqual({ complete: true, reason: null, nodes: [{ run: 'again' }] });
  });
});
