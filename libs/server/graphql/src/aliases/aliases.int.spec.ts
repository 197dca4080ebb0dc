import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fact, startGraphqlServer } from '../graphql-server.fixture.ts';
import type { GraphqlServer, SentEvent } from '../graphql-server.fixture.ts';

const S3 = 's3://corpus/web/part-0.npy';
const MIRROR = 'https://mirror.example/web/part-0.npy';
const PACKED = 's3://corpus/web/part-0.csv.gz';
const why = { reason: 'the mirror is a copy', actor: 'ada' };

let server: GraphqlServer;
beforeAll(async () => {
  server = await startGraphqlServer();
});
afterAll(() => server.remove());

const started = (runId: string): SentEvent =>
  fact('training.run.started', {
    runId,
    attempt: 1,
    experimentId: 'e',
    arm: 'a',
    model: { name: 'm', parameters: 1 },
    config: {},
    seeds: { init: 1 },
    tokenizer: 't',
    tokenBudget: 100,
  });

const consumed = (runId: string, shardId: string, amount = 10): SentEvent =>
  fact('training.exposure.recorded', {
    runId,
    attempt: 1,
    firstStep: 1,
    lastStep: 10,
    unit: 'token',
    method: 'measured',
    amounts: [{ slice: 'web', shardId, amount }],
  });

const registered = (shardId: string, more: object = {}): SentEvent =>
  fact('corpus.shard.registered', { shardId, uri: shardId, slice: 'web', split: 'train', ...more });

const digest = (value: string, algorithm = 'sha256') => ({
  digest: { algorithm, value: value.repeat(64 / value.length) },
});

type Impact = {
  readonly shards: string[];
  readonly same: { readonly shard: string; readonly other: string; readonly basis: string }[];
  readonly unfollowed: { readonly kind: string; readonly ids: string[]; readonly text: string }[];
  readonly runs: { readonly id: string }[];
  readonly complete: boolean;
  readonly reason: string | null;
};

const impactOf = async (id: string, asOf?: string): Promise<Impact> => {
  await server.caughtUp();
  const asked = `{ retractionImpact(target: shard, id: ${JSON.stringify(id)}${asOf ? `, asOf: "${asOf}"` : ''}) {
    shards same { shard other basis evidence } unfollowed { kind ids text } runs { id consumed { amount } } complete reason } }`;
  return (await server.ask<{ retractionImpact: Impact }>(asked)).retractionImpact;
};

const runsOf = ({ runs }: Impact): string[] => runs.map(({ id }) => id);

const state = async (mutation: string, args: object) => {
  await server.caughtUp();
  return (
    await server.ask<Record<string, { position?: string; refusal?: string; text?: string }>>(
      `mutation ($kind: AliasKind!, $address: ID!, $other: ID!, $reason: String!, $actor: String) {
        ${mutation}(kind: $kind, address: $address, other: $other, reason: $reason, actor: $actor) {
          ... on AliasRecorded { position } ... on AliasRefused { refusal text } } }`,
      { ...why, ...args },
    )
  )[mutation];
};

it('names addresses that look alike instead of joining them, and joins them once that is declared', async () => {
  await server.record(started('r1'), started('r2'), consumed('r1', S3), consumed('r2', MIRROR));
  const before = await impactOf(S3);
  expect(runsOf(before)).toEqual(['r1']);
  expect(before).toMatchObject({ complete: false, shards: [S3], same: [] });
  expect(before.unfollowed).toMatchObject([{ kind: 'similar', ids: [S3, MIRROR] }]);
  expect(before.reason).toContain(`the address of ${MIRROR} looks like that of ${S3}`);
  const earlier = await server.caughtUp();

  expect(await state('declareAlias', { kind: 'pair', address: S3, other: MIRROR })).toMatchObject({
    position: expect.any(String),
  });
  const after = await impactOf(S3);
  expect(runsOf(after)).toEqual(['r1', 'r2']);
  expect(after).toMatchObject({
    complete: true,
    reason: null,
    shards: [MIRROR, S3],
    same: [{ shard: S3, other: MIRROR, basis: 'declared' }],
    unfollowed: [],
  });
  expect(runsOf(await impactOf(MIRROR))).toEqual(['r1', 'r2']);
  expect(await impactOf(S3, earlier)).toEqual(before);

  expect(await state('declareAlias', { kind: 'pair', address: MIRROR, other: S3 })).toMatchObject({
    refusal: 'already_declared',
  });
  await state('withdrawAlias', { kind: 'pair', address: MIRROR, other: S3, reason: 'it went its own way' });
  expect(await impactOf(S3)).toEqual(before);
  expect(await state('withdrawAlias', { kind: 'pair', address: S3, other: MIRROR })).toMatchObject({
    refusal: 'not_declared',
  });
  expect(await state('declareAlias', { kind: 'pair', address: S3, other: MIRROR })).toMatchObject({
    position: expect.any(String),
  });
  expect(await impactOf(S3)).toMatchObject({ complete: true, shards: [MIRROR, S3] });
});

it('follows rules one after the other, over addresses that no fact names', async () => {
  await server.record(started('r3'), consumed('r3', 'https://mirror.example/books/part-7.csv.gz'));
  const id = 's3://corpus/books/part-7.npy';
  const { body } = await server.reply(`{ retractionImpact(target: shard, id: "${id}") { complete } }`);
  expect(body.errors).toMatchObject([{ extensions: { code: 'unknown_node' } }]);
  await state('declareAlias', { kind: 'prefix', address: 's3://corpus/', other: 'https://mirror.example/' });
  await state('declareAlias', { kind: 'suffix', address: '.npy', other: '.csv.gz' });
  expect(await impactOf(id)).toMatchObject({
    complete: true,
    runs: [{ id: 'r3', consumed: [{ amount: 10 }] }],
  });
  expect(await impactOf(PACKED)).toMatchObject({ shards: [MIRROR, PACKED, S3].toSorted() });
  const list = await server.ask<{ aliases: { nodes: object[]; totalCount: number } }>(
    '{ aliases { nodes { kind address other reason actor } totalCount } }',
  );
  expect(list.aliases.totalCount).toBe(3);
  expect(list.aliases.nodes[0]).toEqual({ kind: 'suffix', address: '.csv.gz', other: '.npy', ...why });
});

describe('digests', () => {
  it('join shards with one digest and tell apart those with two, whatever they are called', async () => {
    await server.record(
      registered('a/x.bin', digest('ab')),
      registered('b/y.bin', digest('ab')),
      registered('c/x.bin', digest('cd')),
      registered('mirror/a/x.bin', digest('cd')),
      started('r4'),
      consumed('r4', 'b/y.bin'),
    );
    const impact = await impactOf('a/x.bin');
    expect(impact).toMatchObject({
      complete: true,
      same: [{ shard: 'a/x.bin', other: 'b/y.bin', basis: 'digest' }],
      runs: [{ id: 'r4' }],
    });
  });

  it('of the last registration with one hold after registrations without', async () => {
    await server.record(registered('b/y.bin', { licence: 'MIT' }));
    expect(await impactOf('a/x.bin')).toMatchObject({ runs: [{ id: 'r4' }] });
  });

  it('do not join what a later registration says to be other bytes', async () => {
    const before = await server.caughtUp();
    await server.record(registered('b/y.bin', digest('ef')));
    const impact = await impactOf('a/x.bin');
    expect(impact).toMatchObject({ complete: false, same: [], runs: [] });
    for (const { unfollowed, reason } of [impact, await impactOf('b/y.bin')]) {
      expect(unfollowed.map(({ kind, ids }) => [kind, ids.toSorted()])).toContainEqual([
        'similar',
        ['a/x.bin', 'b/y.bin'],
      ]);
      expect(reason).toContain('were registered with one digest');
    }
    expect(await impactOf('a/x.bin', before)).toMatchObject({ runs: [{ id: 'r4' }] });
  });

  it('contradict an alias, which then joins nothing and is named', async () => {
    expect(await state('declareAlias', { kind: 'pair', address: 'a/x.bin', other: 'c/x.bin' })).toMatchObject(
      {
        refusal: 'digests_differ',
      },
    );
    await server.record(
      fact('corpus.alias.declared', { kind: 'pair', address: 'a/x.bin', other: 'c/x.bin', ...why }),
    );
    const impact = await impactOf('a/x.bin');
    expect(impact).toMatchObject({
      complete: false,
      shards: ['a/x.bin'],
      unfollowed: [{ kind: 'contradiction', ids: ['a/x.bin', 'c/x.bin'] }, { kind: 'similar' }],
    });
    expect(impact.reason).toContain('their sha256 digests differ');
  });

  it('that are shortened are checksums', async () => {
    const short = { digest: { algorithm: 'sha256', value: '0123456789abcdef' } };
    await server.record(registered('f/1.mds', short), registered('g/2.mds', short));
    expect(await impactOf('f/1.mds')).toMatchObject({
      same: [],
      unfollowed: expect.arrayContaining([
        expect.objectContaining({ kind: 'similar', ids: ['f/1.mds', 'g/2.mds'] }),
      ]),
    });
  });

  it('of 64 bits are named and join nothing', async () => {
    const checksum = { digest: { algorithm: 'xxh64', value: '0123456789abcdef' } };
    await server.record(registered('d/1.mds', checksum), registered('e/2.mds', checksum));
    expect(await impactOf('d/1.mds')).toMatchObject({
      same: [],
      unfollowed: [{ kind: 'similar', ids: ['d/1.mds', 'e/2.mds'] }],
    });
  });
});

it('names what was made from sources of which nothing is recorded', async () => {
  await server.record(
    fact('training.run.started', {
      ...(started('r5').data as object),
      runId: 'r5',
      parentCheckpointId: 'elsewhere@9',
    }),
  );
  const impact = await impactOf(S3);
  expect(impact).toMatchObject({
    complete: false,
    unfollowed: [{ kind: 'unrecorded', ids: ['checkpoint:elsewhere@9', 'run:r5'] }],
  });
});

it('walks over aliases, says why they are one, and adds their exposure up', async () => {
  await server.record(started('r6'), consumed('r6', S3, 30), consumed('r6', PACKED, 12));
  await server.caughtUp();
  const { lineage, exposure, shardAliases, entity, shardImpact } = await server.ask<{
    lineage: { nodes: { id: string }[]; edges: { kind: string; basis: string }[] };
    exposure: { rows: object[] };
    shardAliases: { same: { other: string; basis: string; evidence: string[] }[] };
    entity: { same: { other: string }[] };
    shardImpact: { same: object[]; nodes: { run: string }[] };
  }>(`{
    lineage(node: "shard:${S3}", direction: down, depth: 1) { nodes { id } edges { kind basis } }
    exposure(run: "r6", by: shard) { rows { shard same tokens } }
    shardAliases(shard: "${S3}") { same { other basis evidence } }
    entity(id: "shard:${S3}") { same { other } }
    shardImpact(shard: "${S3}") { same { other } nodes { run } }
  }`);
  expect(lineage.nodes.map(({ id }) => id)).toEqual(expect.arrayContaining(['run:r1', 'run:r2', 'run:r6']));
  expect(lineage.edges).toContainEqual({ kind: 'same_as', basis: 'declared' });
  expect(exposure.rows).toEqual([{ shard: PACKED, same: [S3], tokens: 42 }]);
  expect(shardAliases.same.map(({ other }) => other)).toEqual([MIRROR, PACKED].toSorted());
  expect(shardAliases.same[0]?.evidence.length).toBeGreaterThan(0);
  expect(entity.same).toHaveLength(2);
  expect(shardImpact.nodes.map(({ run }) => run)).toEqual(['r1', 'r2', 'r6']);
});

it('follows rules to addresses that only sources of snapshots and steps name', async () => {
  await state('declareAlias', { kind: 'prefix', address: 's3://c/', other: 'gs://m/' });
  const source = { kind: 'shard', ref: 'gs://m/a.npy', multiplicity: 1 };
  await server.record(
    registered('s3://c/a.npy'),
    fact('corpus.snapshot.registered', { snapshotId: 'S', sources: [source] }),
    fact('training.run.started', { ...(started('r7').data as object), snapshotId: 'S' }),
    fact('corpus.step.completed', {
      pipelineId: 'p',
      stepId: 'tokenize',
      name: 'tokenize',
      kind: 'tokenize',
      inputs: ['shard:gs://m/b.npy'],
      outputs: ['snapshot:T'],
    }),
    registered('s3://c/b.npy'),
    fact('training.run.started', { ...(started('r8').data as object), snapshotId: 'T' }),
  );
  expect(runsOf(await impactOf('s3://c/a.npy'))).toEqual(['r7']);
  expect(runsOf(await impactOf('s3://c/b.npy'))).toEqual(['r8']);
});

describe('a shard on the way', () => {
  const tokenized = (input: string, output: string): SentEvent =>
    fact('corpus.step.completed', {
      pipelineId: 'way',
      stepId: output,
      name: 'tokenize',
      kind: 'tokenize',
      inputs: [`shard:${input}`],
      outputs: [`shard:${output}`],
    });

  const answersOf = async (shard: string) => {
    await server.caughtUp();
    const { impact, down, paths, direct } = await server.ask<
      Record<'impact' | 'down' | 'paths' | 'direct', { complete: boolean; reason: string | null }>
    >(`{
      impact: retractionImpact(target: shard, id: "${shard}") { complete reason }
      down: lineage(node: "shard:${shard}", direction: down) { complete reason }
      paths: lineagePaths(from: "shard:${shard}", to: "shard:${shard}/tokens") { complete reason }
      direct: shardImpact(shard: "${shard}/tokens") { complete reason }
    }`);
    return [impact, down, paths, direct];
  };

  it('with a similar address makes what comes after it incomplete', async () => {
    await server.record(
      tokenized('way/one', 'way/one/tokens'),
      registered('copied/way/one/tokens'),
      registered('way/one'),
      registered('way/one/tokens'),
    );
    for (const answer of await answersOf('way/one')) {
      expect(answer.complete).toBe(false);
      expect(answer.reason).toContain(
        'the address of copied/way/one/tokens looks like that of way/one/tokens',
      );
    }
  });

  it('with a contradiction makes what comes after it incomplete', async () => {
    await server.record(
      tokenized('way/two', 'way/two/tokens'),
      registered('way/two'),
      registered('way/two/tokens', digest('ab')),
      registered('elsewhere', digest('cd')),
      fact('corpus.alias.declared', { kind: 'pair', address: 'way/two/tokens', other: 'elsewhere', ...why }),
    );
    for (const answer of await answersOf('way/two')) {
      expect(answer.complete).toBe(false);
      expect(answer.reason).toContain('aliases do not hold');
    }
  });
});

it('says where a source names the address of a shard without saying that it is one', async () => {
  const source = { kind: 'uri', ref: 's3://plain/unlike-others', multiplicity: 1 };
  await server.record(
    registered('s3://plain/unlike-others'),
    fact('corpus.snapshot.registered', { snapshotId: 'P', sources: [source] }),
  );
  const impact = await impactOf('s3://plain/unlike-others');
  expect(impact.complete).toBe(false);
  expect(impact.unfollowed).toContainEqual(
    expect.objectContaining({
      kind: 'similar',
      ids: ['shard:s3://plain/unlike-others', 'uri:s3://plain/unlike-others'],
    }),
  );
  await server.caughtUp();
  const { lineage } = await server.ask<{ lineage: { reason: string } }>(
    '{ lineage(node: "shard:s3://plain/unlike-others", direction: down) { reason } }',
  );
  expect(lineage.reason).toContain('not joined with the shard of this address');
});

it('says where a source names an address that an alias maps to a shard, without saying that it is one', async () => {
  const source = { kind: 'uri', ref: 'gs://m/ruled.npy', multiplicity: 1 };
  await server.record(
    registered('s3://c/ruled.npy'),
    fact('corpus.snapshot.registered', { snapshotId: 'R', sources: [source] }),
    fact('training.run.started', { ...(started('r9').data as object), snapshotId: 'R' }),
  );
  const ids = ['shard:s3://c/ruled.npy', 'uri:gs://m/ruled.npy'];
  const before = await server.caughtUp();
  const impact = await impactOf('s3://c/ruled.npy');
  expect(impact.unfollowed).toContainEqual(expect.objectContaining({ kind: 'similar', ids }));
  expect(impact.reason).toContain('uri:gs://m/ruled.npy is named by its address');
  await state('withdrawAlias', { kind: 'prefix', address: 's3://c/', other: 'gs://m/' });
  expect((await impactOf('s3://c/ruled.npy')).unfollowed.flatMap((one) => one.ids)).not.toContain(ids[1]);
  expect(await impactOf('s3://c/ruled.npy', before)).toEqual(impact);
});

it('refuses a rule where there are as many as are followed, and says where facts declared more', async () => {
  const rules = (from: number, to: number): SentEvent[] =>
    Array.from({ length: to - from }, (_, at) =>
      fact('corpus.alias.declared', {
        kind: 'prefix',
        address: `s3://many-${from + at}/`,
        other: `gs://many-${from + at}/`,
        ...why,
      }),
    );
  await server.record(...rules(0, 998), registered('gs://many-5/x'), registered('s3://many-5/x'));
  const full = { kind: 'suffix', address: '.full', other: '.more' };
  expect(await state('declareAlias', full)).toMatchObject({ refusal: 'too_many' });
  const pair = { kind: 'pair', address: 'gs://many-5/x', other: 'gs://another/y' };
  expect(await state('declareAlias', pair)).toMatchObject({ position: expect.any(String) });
  const texts = async () => (await impactOf('gs://many-5/x')).unfollowed.map(({ text }) => text).join();
  expect(await texts()).not.toContain('rules hold');
  await server.record(...rules(998, 999));
  expect(await texts()).toContain('more than 1000 rules hold');
}, 120_000);
