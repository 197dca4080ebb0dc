import { afterAll, beforeAll, expect, it } from 'vitest';
import { fact, startGraphqlServer } from '../graphql-server.fixture.ts';
import type { GraphqlServer, SentEvent } from '../graphql-server.fixture.ts';

const why = { reason: 'a copy', actor: 'ada' };
const retracted = (shardId: string) =>
  fact('corpus.shard.retracted', { shardId, reason: 'licence', actor: 'mara' });
const stated = (type: string, address: string, other: string) =>
  fact(`corpus.alias.${type}`, { kind: 'pair', address, other, ...why });

let server: GraphqlServer;
beforeAll(async () => {
  server = await startGraphqlServer();
});
afterAll(() => server.remove());

type Answer = {
  readonly state: string;
  readonly complete: boolean;
  readonly reason: string | null;
  readonly changes: readonly { changed: string; by: string; type: string; reason: string }[];
};

/** Records a run that consumed a shard, and an answer that rests on that; gives the answer as of a position. */
function answerAbout(shardId: string): Promise<(asOf?: string) => Promise<Answer>> {
  const run = { runId: `run of ${shardId}`, attempt: 1 };
  const steps = { firstStep: 1, lastStep: 2, unit: 'token', method: 'measured' };
  const amounts = [{ slice: 'code', amount: 1, shardId }];
  return answerFrom(shardId, fact('training.exposure.recorded', { ...run, ...steps, amounts }));
}

/** Records a fact and an answer that rests on it; gives the answer as of a position. */
async function answerFrom(about: string, used: SentEvent): Promise<(asOf?: string) => Promise<Answer>> {
  const { receipts } = await server.record(used);
  const evidence = receipts.map(({ position }) => position);
  const answered = {
    questionId: `about ${about}`,
    estimator: { id: 'x', version: '1' },
    inputPosition: await server.caughtUp(),
    result: { about },
    resultDigest: '0'.repeat(64),
    evidence,
  };
  await server.record(fact('attribution.question.answered', answered));
  await server.caughtUp();
  const { answers } = await server.ask<{ answers: { nodes: { id: string; question: string }[] } }>(
    '{ answers(first: 1000) { nodes { id question } } }',
  );
  const id = answers.nodes.findLast(({ question }) => question === answered.questionId)?.id;
  return async (asOf) => {
    await server.caughtUp();
    const asked = `query ($id: ID!, $asOf: Position) {
      answer(id: $id, asOf: $asOf) { state complete reason changes { changed by type reason } } }`;
    return (await server.ask<{ answer: Answer }>(asked, { id, asOf })).answer;
  };
}

it('is superseded by the retraction of another address of what it used, for as long as that is an alias', async () => {
  const answer = await answerAbout('s3://a/one');
  const { receipts } = await server.record(
    retracted('copy-of-one'),
    stated('declared', 'copy-of-one', 's3://a/one'),
    stated('withdrawn', 's3://a/one', 'copy-of-one'),
  );
  const [first, second] = receipts.map(({ position }) => position);
  expect(await answer(first)).toMatchObject({ state: 'current', complete: true });
  expect(await answer(second)).toMatchObject({
    state: 'superseded',
    changes: [
      {
        by: first,
        type: 'corpus.shard.retracted',
        reason: 'shard copy-of-one, which is the same as s3://a/one: licence',
      },
    ],
  });
  expect(await answer()).toMatchObject({ state: 'current', complete: true, changes: [] });
});

it('is superseded by an alias with a shard that was retracted before it was given', async () => {
  await server.record(retracted('known-before'));
  const answer = await answerAbout('s3://a/two');
  expect(await answer()).toMatchObject({ state: 'current', complete: true });
  const { receipts } = await server.record(stated('declared', 'known-before', 's3://a/two'));
  const reason = 'shard s3://a/two is the same as known-before, which was retracted: licence';
  const change = { by: receipts[0]?.position, type: 'corpus.alias.declared', reason };
  expect(await answer()).toMatchObject({ state: 'superseded', changes: [change] });
  const again = await answerAbout('s3://a/two');
  expect(await again()).toMatchObject({ state: 'current', changes: [] });
  await server.record(stated('declared', 'known-before', 's3://a/two'));
  expect(await again()).toMatchObject({ state: 'current', changes: [] });
});

it('is not complete where a shard that it used only looks like a retracted one, or contradicts its alias', async () => {
  const looks = await answerAbout('s3://corpus/web/part-0.npy');
  const contradicts = await answerAbout('s3://b/three');
  const unlike = await answerAbout('s3://b/four');
  const digest = (digit: string) => ({ digest: { algorithm: 'sha256', value: digit.repeat(64) } });
  const registered = (shardId: string, more: object) =>
    fact('corpus.shard.registered', { shardId, uri: shardId, slice: 'web', split: 'train', ...more });
  await server.record(
    retracted('https://mirror.example/web/part-0.npy'),
    registered('three-x', digest('a')),
    registered('three-y', digest('b')),
    stated('declared', 'three-x', 'three-y'),
    stated('declared', 's3://b/three', 'three-y'),
    retracted('three-x'),
  );
  expect(await looks()).toMatchObject({
    state: 'current',
    complete: false,
    reason: expect.stringContaining('looks like that of https://mirror.example/web/part-0.npy'),
  });
  expect(await contradicts()).toMatchObject({
    state: 'current',
    complete: false,
    reason: expect.stringContaining('their sha256 digests differ'),
  });
  expect(await unlike()).toMatchObject({ state: 'current', complete: true });
});

it('is superseded where a package that was retracted before is said to have what it used', async () => {
  const source = { kind: 'package', ref: 'npm/late@1' };
  await server.record(fact('corpus.source.retracted', { ...source, reason: 'licence', actor: 'mara' }));
  const answer = await answerAbout('s3://c/late');
  expect(await answer()).toMatchObject({ state: 'current', complete: true });
  const shard = { shardId: 's3://c/late', uri: 's3://c/late', slice: 'web', split: 'train' };
  const origin = { registry: 'npm', package: 'late', version: '1' };
  await server.record(fact('corpus.shard.registered', { ...shard, origin }));
  expect(await answer()).toMatchObject({
    state: 'superseded',
    changes: [{ type: 'corpus.source.retracted', reason: 'shard s3://c/late: licence' }],
  });
  const again = await answerAbout('s3://c/late');
  expect(await again()).toMatchObject({ state: 'current', changes: [] });
});

const sourceRetracted = (kind: string, ref: string) =>
  fact('corpus.source.retracted', { kind, ref, reason: 'licence', actor: 'mara' });
const madeFrom = (snapshotId: string, ...sources: [kind: string, ref: string][]) =>
  fact('corpus.snapshot.registered', {
    snapshotId,
    sources: sources.map(([kind, ref]) => ({ kind, ref, multiplicity: 1 })),
  });

it('is superseded by the retraction of a snapshot that names the shard that it used as a source, or is made of it', async () => {
  const answer = await answerAbout('s3://d/named');
  await server.record(
    madeFrom('of-named', ['shard', 's3://d/named']),
    madeFrom('of-other', ['shard', 's3://d/other']),
    madeFrom('mixed', ['snapshot', 'of-other'], ['snapshot', 'of-named'], ['snapshot', 'mixed']),
    sourceRetracted('snapshot', 'of-other'),
  );
  expect(await answer()).toMatchObject({ state: 'current', complete: true });
  const { receipts } = await server.record(sourceRetracted('snapshot', 'of-named'));
  const change = { type: 'corpus.source.retracted', reason: 'shard s3://d/named: licence' };
  const by = receipts[0]?.position;
  expect(await answer()).toMatchObject({ state: 'superseded', changes: [{ ...change, by }] });
  const other = await answerAbout('s3://d/other');
  await server.record(sourceRetracted('snapshot', 'mixed'));
  expect(await other()).toMatchObject({
    state: 'superseded',
    changes: [{ ...change, reason: 'shard s3://d/other: licence' }],
  });
});

it('is not superseded by the retraction of a snapshot that named the shard in an earlier registration', async () => {
  const answer = await answerAbout('s3://d/left');
  await server.record(
    madeFrom('anew', ['shard', 's3://d/left']),
    madeFrom('anew', ['shard', 's3://d/stayed']),
    sourceRetracted('snapshot', 'anew'),
  );
  expect(await answer()).toMatchObject({ state: 'current', changes: [] });
});

it('is not superseded by the retraction of a snapshot that listed the shard and lists another one in its place', async () => {
  const answer = await answerAbout('s3://g/replaced');
  const listed = (shardId: string) =>
    fact('corpus.members.listed', {
      snapshotId: 'corrected',
      firstIndex: 0,
      members: [{ shardId, repeats: 1 }],
    });
  await server.record(
    madeFrom('corrected'),
    listed('s3://g/replaced'),
    listed('s3://g/instead'),
    sourceRetracted('snapshot', 'corrected'),
  );
  expect(await answer()).toMatchObject({ state: 'current', changes: [] });
});

it('is superseded by the retraction of a snapshot that a run was started on, whether or not its shards are known', async () => {
  const on = (snapshotId: string) =>
    fact('training.run.started', {
      runId: `run on ${snapshotId}`,
      attempt: 1,
      model: { name: 'm' },
      config: {},
      seeds: {},
      snapshotId,
    });
  const unlisted = await answerFrom('unlisted', on('unlisted'));
  const derived = await answerFrom('derived', on('derived'));
  const elsewhere = await answerFrom('elsewhere', on('elsewhere'));
  const { receipts } = await server.record(sourceRetracted('snapshot', 'unlisted'));
  const by = receipts[0]?.position;
  const change = { by, type: 'corpus.source.retracted', reason: 'snapshot unlisted: licence' };
  expect(await unlisted()).toMatchObject({ state: 'superseded', changes: [change] });
  expect(await derived()).toMatchObject({ state: 'current', complete: true, changes: [] });
  await server.record(
    madeFrom('between', ['snapshot', 'unlisted']),
    madeFrom('derived', ['snapshot', 'between']),
  );
  expect(await derived()).toMatchObject({
    state: 'superseded',
    changes: [{ ...change, reason: 'snapshot unlisted, from which derived was made: licence' }],
  });
  expect(await elsewhere()).toMatchObject({ state: 'current', complete: true, changes: [] });
});

it('is not complete where a shard that only looks like one that it used is registered later as part of a retracted package', async () => {
  await server.record(sourceRetracted('package', 'npm/looks@1'));
  const answer = await answerAbout('s3://e/data/looks/part-1.npy');
  expect(await answer()).toMatchObject({ state: 'current', complete: true });
  const shardId = 'gs://f/data/looks/part-1.npy';
  const origin = { registry: 'npm', package: 'looks', version: '1' };
  await server.record(
    fact('corpus.shard.registered', { shardId, uri: shardId, slice: 'web', split: 'train', origin }),
  );
  expect(await answer()).toMatchObject({
    state: 'current',
    complete: false,
    reason: expect.stringContaining(`looks like that of ${shardId}`),
  });
});
