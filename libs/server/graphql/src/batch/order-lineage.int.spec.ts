import { afterAll, beforeAll, expect, it } from 'vitest';
import { fact, startGraphqlServer } from '../graphql-server.fixture.ts';
import type { GraphqlServer } from '../graphql-server.fixture.ts';

let server: GraphqlServer;
beforeAll(async () => {
  server = await startGraphqlServer();
});
afterAll(() => server.remove());

const started = (runId: string, attempt: number, more: object = {}) =>
  fact('training.run.started', { runId, attempt, model: { name: 'm' }, config: {}, seeds: {}, ...more });

const ordered = (runId: string, attempt: number, [firstStep, lastStep]: [number, number], order: object) =>
  fact('training.order.recorded', { runId, attempt, firstStep, lastStep, method: 'measured', order });

const ranges = (...shards: string[]) => ({
  ranges: { of: 'sequence', steps: shards.map((shardId) => [{ shardId, from: 0, count: 2 }]) },
});

const saved = (runId: string, step: number) =>
  fact('training.checkpoint.saved', { runId, attempt: 1, checkpointId: `${runId}@${step}`, step });

type Impact = {
  retractionImpact: { runs: { id: string }[]; checkpoints: { id: string }[] };
  shardImpact: { nodes: { run: string }[]; totalCount: number };
};

/** Runs and checkpoints that are stale without a shard. That it was used in these runs is another answer. */
async function stale(shard: string, asOf?: string): Promise<string[]> {
  const at = asOf === undefined ? '' : `, asOf: "${asOf}"`;
  const { retractionImpact: impact, shardImpact } = await server.ask<Impact>(
    `{ retractionImpact(target: shard, id: "${shard}"${at}) { runs { id } checkpoints { id } }
      shardImpact(shard: "${shard}"${at}) { nodes { run } totalCount } }`,
  );
  expect(shardImpact.nodes.map(({ run }) => run)).toEqual(impact.runs.map(({ id }) => id));
  expect(shardImpact.totalCount).toBe(impact.runs.length);
  return [...impact.runs, ...impact.checkpoints].map(({ id }) => id);
}

const sha256 = 'a'.repeat(64);
const corpus = (shardId: string) => ({
  path: '/c',
  shardId,
  document: sha256,
  sample: sha256,
  shuffle: sha256,
});
const megatron = (...shards: string[]) => ({
  megatronIndex: {
    sequenceLength: 8,
    firstSample: 0,
    batches: [{ fromStep: 1, samples: 2 }],
    corpora: shards.map(corpus),
  },
});

it('what an order says was read is stale once it is retracted, in the steps that count', async () => {
  const wrong = ordered('wrong', 1, [1, 1], ranges('first'));
  await server.record(
    started('reader', 1),
    ordered('reader', 1, [1, 4], ranges('first', 'second', 'first', 'late "x"')),
    saved('reader', 1),
    saved('reader', 2),
    started('reader', 2, { resumedFrom: { attempt: 1, step: 3 } }),
    started('skipper', 1),
    ordered('skipper', 1, [1, 1], ranges('second')),
    fact('training.steps.skipped', { runId: 'skipper', attempt: 1, steps: [1], reason: 'nan' }),
    ordered('unstarted', 1, [1, 1], ranges('second')),
    wrong,
  );
  const before = await server.caughtUp();
  expect(await stale('first')).toEqual(['reader', 'wrong', 'reader@1', 'reader@2']);
  expect(await stale('second')).toEqual(['reader', 'unstarted', 'reader@2']);
  expect(await stale('late \\"x\\"')).toEqual([]);
  const correction = { corrects: wrong.id, correctionreason: 'wrong shard', actor: 'kim' };
  await server.record({ ...ordered('wrong', 1, [1, 1], ranges('second')), ...correction });
  await server.caughtUp();
  expect(await stale('first')).toEqual(['reader', 'reader@1', 'reader@2']);
  expect(await stale('second')).toEqual(['reader', 'unstarted', 'wrong', 'reader@2']);
  expect(await stale('first', before)).toEqual(['reader', 'wrong', 'reader@1', 'reader@2']);
  expect(await stale('second', before)).toEqual(['reader', 'unstarted', 'reader@2']);
});

it('a corpus of Megatron was read, unless exposure names the shards that were', async () => {
  const exposure = {
    firstStep: 1,
    lastStep: 2,
    unit: 'token',
    method: 'inferred',
    amounts: [{ slice: 'web', shardId: 'drawn', amount: 32 }],
  };
  await server.record(
    started('alone', 1),
    ordered('alone', 1, [1, 2], megatron('drawn', 'spare')),
    started('exposed', 1),
    ordered('exposed', 1, [1, 2], megatron('drawn', 'spare')),
    fact('training.exposure.recorded', { runId: 'exposed', attempt: 1, ...exposure }),
  );
  await server.caughtUp();
  expect(await stale('drawn')).toEqual(['alone', 'exposed']);
  expect(await stale('spare')).toEqual(['alone']);
  const { lineage } = await server.ask<{ lineage: { edges: object[] } }>(
    '{ lineage(node: "run:alone", direction: up) { edges { source kind consumed { amount } } } }',
  );
  expect(lineage.edges).toEqual([
    { source: 'shard:drawn', kind: 'consumed', consumed: [] },
    { source: 'shard:spare', kind: 'consumed', consumed: [] },
  ]);
});

it('a run that declared a dataset with the shard as its input is reached by it', async () => {
  const source = { kind: 'shard', ref: 'in a list', multiplicity: 1 };
  await server.record(
    fact('corpus.snapshot.registered', { snapshotId: 'listed', sources: [source] }),
    started('declares', 1),
    fact('training.input.declared', { runId: 'declares', name: 'd', digest: 'x', snapshotId: 'listed' }),
  );
  await server.caughtUp();
  expect(await stale('in a list')).toEqual(['declares']);
});

it('names the order in the evidence of the runs that it reaches, on each page', async () => {
  const { receipts } = await server.record(
    ordered('paged-1', 1, [1, 1], ranges('paged')),
    ordered('paged-2', 1, [1, 1], ranges('paged')),
  );
  await server.caughtUp();
  const pageOf = async (after: string) =>
    (
      await server.ask<{ shardImpact: { nodes: object[] } }>(
        `{ shardImpact(shard: "paged", first: 1, after: "${after}") { nodes { run snapshots consumed { amount } evidence } } }`,
      )
    ).shardImpact.nodes;
  const reached = (run: string, at: number) => [
    { run, snapshots: [], consumed: [], evidence: [receipts[at]?.position] },
  ];
  expect(await pageOf('')).toEqual(reached('paged-1', 0));
  expect(await pageOf('paged-1')).toEqual(reached('paged-2', 1));
});
