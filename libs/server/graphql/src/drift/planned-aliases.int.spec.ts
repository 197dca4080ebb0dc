import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PlannedExposure } from '../generated/schema.ts';
import { fact, startGraphqlServer } from '../graphql-server.fixture.ts';
import type { GraphqlServer } from '../graphql-server.fixture.ts';
import { decided, phase, shard } from './plans.fixture.ts';

let server: GraphqlServer;
beforeAll(async () => {
  server = await startGraphqlServer();
});
afterAll(() => server.remove());

/** Inserts rows into a table of the server: what would take long as facts. */
async function insert(rows: string): Promise<void> {
  const engine: { command?(sql: string): Promise<void> } & GraphqlServer['runtime']['engine'] =
    server.runtime.engine;
  await engine.command?.(`INSERT INTO tributary.${rows}`);
}

describe('what a mixture would consume of shards with several addresses', () => {
  const plannedOf = async (asked: string): Promise<PlannedExposure> => {
    const { plannedExposure } = await server.ask<{ plannedExposure: PlannedExposure }>(
      `{ plannedExposure(${asked}) { withoutPlan complete reason warnings { code text }
        rows { slice part tokens registered shards unknownShards epochs epochsAtMost runsOut enoughFor } } }`,
    );
    return plannedExposure;
  };

  const digest = (digit: string) => ({ digest: { algorithm: 'sha256', value: digit.repeat(64) } });
  const sized = (shardId: string, slice: string, tokens: number, more: object = {}) =>
    shard(shardId, slice, { tokens: { value: tokens, method: 'measured' }, ...more });
  const declared = (kind: string, address: string, other: string) =>
    fact('corpus.alias.declared', { kind, address, other, reason: 'a mirror', actor: 'somebody' });
  const ONCE = 'mixture: "once", tokens: 1000';

  it('counts a shard once that is registered under several addresses, in each slice', async () => {
    await server.record(
      decided('once', { once: 0.5, again: 0.5 }),
      sized('s3://once/one', 'once', 100, digest('1')),
      sized('copy/one', 'once/part', 100, digest('1')),
      sized('gs://once/one', 'once', 100, {
        ...digest('1'),
        origin: { registry: 'npm', package: 'p', version: '1' },
      }),
      sized('elsewhere/one', 'again', 100, digest('1')),
      sized('s3://once/two', 'once', 10),
      shard('https://once.example/two', 'once', {}),
      sized('a/three', 'once', 1),
      sized('b/three', 'once', 1),
      sized('c/three', 'once', 1, { split: 'held_out' }),
      sized('s3://once/alone', 'once', 1000, digest('2')),
    );
    const before = await server.caughtUp();
    await server.record(
      declared('prefix', 's3://once/', 'https://once.example/'),
      declared('pair', 'a/three', 'nobody/three'),
      declared('pair', 'nobody/three', 'b/three'),
    );
    await server.caughtUp();
    const counted = async (asked: string) => {
      const { rows } = await plannedOf(asked);
      return rows.map(({ slice, part, registered, shards, unknownShards }) => [
        slice,
        part,
        registered,
        shards,
        unknownShards,
      ]);
    };
    expect(await counted(`${ONCE}, asOf: "${before}"`)).toEqual([
      ['again', null, 100, 1, 0],
      ['once', null, 1112, 6, 1],
    ]);
    expect(await counted(ONCE)).toEqual([
      ['again', null, 100, 1, 0],
      ['once', null, 1111, 4, 0],
    ]);
    expect(await counted(`${ONCE}, by: shard`)).toEqual([
      ['again', 'elsewhere/one', 100, 1, 0],
      ['once', 'a/three', 1, 1, 0],
      ['once', 'https://once.example/two', 10, 1, 0],
      ['once', 's3://once/alone', 1000, 1, 0],
      ['once', 'copy/one', 100, 1, 0],
    ]);
  });

  it('names a shard by the least of its addresses that count', async () => {
    await server.record(
      decided('least', { least: 1 }),
      sized('a/held-out', 'least', 7, { ...digest('6'), split: 'held_out' }),
      sized('b/elsewhere', 'nowhere', 7, digest('6')),
      sized('c/counts', 'least', 7, digest('6')),
      sized('d/counts', 'least', 7, digest('6')),
      sized('e/alone', 'least', 1),
      decided('listed', { least: 1 }, { snapshotId: 'least@1' }),
      fact('corpus.snapshot.registered', { snapshotId: 'least@1', sources: [] }),
      fact('corpus.members.listed', {
        snapshotId: 'least@1',
        firstIndex: 0,
        members: ['a/held-out', 'd/counts', 'c/counts', 'e/alone'].map((shardId) => ({
          shardId,
          repeats: 1,
        })),
      }),
    );
    await server.caughtUp();
    for (const mixture of ['least', 'listed']) {
      const { rows } = await plannedOf(`mixture: "${mixture}", tokens: 1000, by: shard`);
      expect(rows.map(({ part, registered }) => [part, registered])).toEqual([
        ['c/counts', 7],
        ['e/alone', 1],
      ]);
    }
  });

  it('counts a shard once where only a phase beyond the horizon has a slice inside of its slice', async () => {
    await server.record(
      decided('nested', { nest: 1 }),
      decided('nested', { nest: 1 }, { phases: [phase(31, { nest: 0.5, 'nest/py': 0.5 })] }),
      sized('nest-1', 'nest/js', 30, digest('8')),
      sized('nest-2', 'nest/py', 30, digest('8')),
    );
    await server.caughtUp();
    const countedAt = async (steps: number) => {
      const { rows } = await plannedOf(`mixture: "nested", tokens: 1000, steps: ${steps}`);
      return rows
        .map(({ slice, registered }) => [slice, registered] as const)
        .toSorted(([left], [right]) => (left < right ? -1 : 1));
    };
    expect(await countedAt(30)).toEqual([['nest', 30]]);
    expect(await countedAt(40)).toEqual([
      ['nest', 30],
      ['nest/py', 30],
    ]);
  });

  it('is complete where only one of the shards that share the digest of many is planned', async () => {
    const many = Array.from({ length: 300 }, (_, at) => sized(`empty-${at}`, 'elsewhere', 0, digest('7')));
    await server.record(decided('empty', { empty: 1 }), sized('empty', 'empty', 50, digest('7')), ...many);
    await server.caughtUp();
    expect(await plannedOf('mixture: "empty", tokens: 50')).toMatchObject({ complete: true, reason: null });
    await server.record(sized('empty too', 'empty', 50, digest('7')));
    await server.caughtUp();
    expect(await plannedOf('mixture: "empty", tokens: 50')).toMatchObject({
      rows: [{ registered: 100, shards: 2 }],
      complete: false,
      reason: expect.stringContaining('more than 256 addresses are the same'),
    });
  });

  it('counts a shard that a snapshot lists under two addresses once, as often as both are listed', async () => {
    await server.record(
      decided('twice', { twice: 1 }, { snapshotId: 'twice@1' }),
      sized('twice/x', 'twice', 50, digest('3')),
      sized('mirror/twice/x', 'twice', 50, digest('3')),
      fact('corpus.snapshot.registered', {
        snapshotId: 'twice@1',
        sources: [{ kind: 'shard', ref: 'mirror/twice/x', multiplicity: 2 }],
      }),
      fact('corpus.members.listed', {
        snapshotId: 'twice@1',
        firstIndex: 0,
        members: [{ shardId: 'twice/x', repeats: 3 }],
      }),
    );
    await server.caughtUp();
    expect(await plannedOf('mixture: "twice", tokens: 100')).toMatchObject({
      rows: [{ slice: 'twice', registered: 50, shards: 1, epochs: 2 }],
      complete: true,
    });
  });

  it('says that it is not complete where two shards of a plan are declared to be the same and have different digests', async () => {
    await server.record(
      decided('odd', { odd: 1 }),
      sized('odd/x', 'odd', 50, digest('4')),
      sized('odd/y', 'odd', 50, digest('5')),
      sized('odd/z', 'odd', 50),
      declared('pair', 'odd/z', 'copy/odd/z'),
    );
    await server.caughtUp();
    expect(await plannedOf('mixture: "odd", tokens: 100')).toMatchObject({ complete: true, reason: null });
    await server.record(declared('pair', 'odd/x', 'odd/y'));
    await server.caughtUp();
    expect(await plannedOf('mixture: "odd", tokens: 100')).toMatchObject({
      rows: [{ registered: 150, shards: 3 }],
      complete: false,
      reason: expect.stringContaining('odd/x and odd/y are declared to be the same'),
    });
  });

  it('says that it is not complete where more rules hold than are followed, and finds shards by a thousand of them', async () => {
    await server.record(
      decided('ruled', { ruled: 1 }),
      sized('host-77/folder-77/x', 'ruled', 50),
      sized('mirror-77/folder-77/x', 'ruled', 50),
    );
    await insert(`corpus_alias (kind, address, other, is_declared, reason, actor, _position)
      SELECT 'prefix', concat('host-', toString(number), '/', repeat('x', number % 90), '/'),
        concat('mirror-', toString(number), '/', repeat('x', number % 90), '/'), true, 'r', 'a', 1 FROM numbers(300)`);
    await insert(`corpus_alias (kind, address, other, is_declared, reason, actor, _position)
      SELECT 'prefix', concat('host-', toString(number), '/folder'), concat('mirror-', toString(number), '/folder'), true, 'r', 'a', 1 FROM numbers(100)`);
    await server.caughtUp();
    const rows = [{ registered: 50, shards: 1 }];
    expect(await plannedOf('mixture: "ruled", tokens: 50')).toMatchObject({ rows, complete: true });
    await insert(`corpus_alias (kind, address, other, is_declared, reason, actor, _position)
      SELECT 'suffix', concat('.', toString(number), '.gz'), concat('.', toString(number), '.npy'), true, 'r', 'a', 1 FROM numbers(700)`);
    for (const mixture of ['ruled', 'twice'])
      expect(await plannedOf(`mixture: "${mixture}", tokens: 50`)).toMatchObject({
        complete: false,
        reason: expect.stringContaining('more than 1000 rules hold'),
      });
  });
});
