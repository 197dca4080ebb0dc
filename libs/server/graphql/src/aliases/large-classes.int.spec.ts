import { sameShards } from '@tributary/corpus';
import { parseEventPosition, positionFromText } from '@tributary/kernel';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fact, startGraphqlServer } from '../graphql-server.fixture.ts';
import type { GraphqlServer, SentEvent } from '../graphql-server.fixture.ts';

let server: GraphqlServer;
beforeAll(async () => {
  server = await startGraphqlServer();
});
afterAll(() => server.remove());

const MANY = 300;
const numbered = (name: string): string[] =>
  Array.from({ length: MANY }, (_, at) => `${name}-${String(at).padStart(3, '0')}`);

const registered = (shardId: string, digit: string): SentEvent =>
  fact('corpus.shard.registered', {
    shardId,
    uri: shardId,
    slice: 'web',
    split: 'train',
    digest: { algorithm: 'sha256', value: digit.padStart(64, '0') },
  });

/** What is in doubt about each of some shards that are asked for together. */
async function doubtsOf(...shards: string[]): Promise<string[][]> {
  const head = parseEventPosition(positionFromText(await server.caughtUp()));
  const same = await sameShards(server.runtime.engine.reader, shards, [head]);
  return shards.map((shard) => same.doubts(shard).map(({ kind }) => kind));
}

it('names each shard of a digest that too many have, whichever are asked for together', async () => {
  await server.record(...numbered('shared').map((shard) => registered(shard, 'a')));
  const asked = ['shared-000', 'shared-298', 'shared-299', 'alone'];
  const tooMany = ['too_many'];
  expect(await doubtsOf(...asked)).toEqual([tooMany, tooMany, tooMany, []]);
});

it('says where too many had a digest once to find all that have it now', async () => {
  await server.record(
    ...numbered('once').map((shard) => registered(shard, 'b')),
    ...numbered('once').map((shard, at) => registered(shard, `c${at}`)),
    registered('x', 'b'),
    registered('y', 'b'),
    fact('corpus.alias.declared', { kind: 'pair', address: 'w', other: 'x', reason: 'r', actor: 'a' }),
  );
  const tooMany = ['too_many'];
  expect(await doubtsOf('x')).toEqual([tooMany]);
  expect(await doubtsOf('w', 'y', 'once-007')).toEqual([tooMany, tooMany, []]);
});

it('finds the pairs of an address beside one with more pairs than a query lists', async () => {
  const columns = `'pair' AS kind, 'r' AS reason, 'a' AS actor, true AS is_declared, toUInt64(1) AS _position`;
  const engine: { command?(sql: string): Promise<void> } & GraphqlServer['runtime']['engine'] =
    server.runtime.engine;
  await engine.command?.(`INSERT INTO tributary.corpus_alias (kind, reason, actor, is_declared, _position, address, other)
    SELECT ${columns}, 'hub' AS address, concat('spoke-', toString(number)) AS other FROM numbers(100001)`);
  await server.record(
    registered('pair-1', 'd1'),
    registered('pair-2', 'd1'),
    fact('corpus.alias.declared', {
      kind: 'pair',
      address: 'pair-2',
      other: 'pair-3',
      reason: 'r',
      actor: 'a',
    }),
  );
  const head = parseEventPosition(positionFromText(await server.caughtUp()));
  const same = await sameShards(server.runtime.engine.reader, ['hub', 'pair-3'], [head]);
  expect(same.doubts('hub').map(({ kind }) => kind)).toEqual(['too_many']);
  expect(same.members('pair-3')).toEqual(['pair-1', 'pair-2', 'pair-3']);
});

it('answers about more addresses than one query may name', async () => {
  const shards = Array.from({ length: 1001 }, (_, at) => `s3://many/${at}.npy`);
  const why = { reason: 'a mirror', actor: 'ada' };
  await server.record(
    fact('corpus.snapshot.registered', { snapshotId: 'many@1', sources: [] }),
    fact('corpus.members.listed', {
      snapshotId: 'many@1',
      firstIndex: 0,
      members: shards.map((shardId) => ({ shardId, repeats: 1 })),
    }),
    fact('corpus.alias.declared', {
      kind: 'prefix',
      address: 's3://many/',
      other: 'https://mirror/',
      ...why,
    }),
  );
  await server.caughtUp();
  const asked = '{ retractionImpact(target: snapshot, id: "many@1") { complete } }';
  expect(await server.ask(asked)).toEqual({ retractionImpact: { complete: true } });
});
