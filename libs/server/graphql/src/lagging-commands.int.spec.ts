import { afterAll, beforeAll, expect, it } from 'vitest';
import { stateAlias } from './aliases/state-alias.ts';
import { RetractionTarget } from './generated/schema.ts';
import { fact, startGraphqlServer } from './graphql-server.fixture.ts';
import type { GraphqlServer } from './graphql-server.fixture.ts';
import { laggingTables } from './lagging-tables.fixture.ts';
import { retract } from './retract.ts';

let server: GraphqlServer;
beforeAll(async () => (server = await startGraphqlServer()));
afterAll(() => server.remove());

const why = { reason: 'a copy', actor: 'ada' };

it('decide by what was acknowledged, although the tables lack it when they come', async () => {
  const before = server.runtime.log.head();
  await server.record(
    fact('corpus.alias.declared', { kind: 'pair', address: 'a', other: 'b', ...why }),
    fact('corpus.shard.registered', {
      shardId: 'shard-1',
      uri: 'file:shard-1',
      slice: 'code',
      split: 'train',
    }),
  );
  const lagging = () => laggingTables(server.runtime, before);
  const again = await stateAlias(lagging(), 'corpus.alias.declared', { address: 'a', other: 'b', ...why });
  expect(again).toMatchObject({ refusal: 'already_declared' });
  const ended = await stateAlias(lagging(), 'corpus.alias.withdrawn', { address: 'a', other: 'b', ...why });
  expect(ended).toMatchObject({ __typename: 'AliasRecorded' });
  const retracted = await retract(lagging(), { target: RetractionTarget.Shard, id: 'shard-1', ...why });
  expect(retracted).toMatchObject({ __typename: 'Retracted', isKnown: true });
});
