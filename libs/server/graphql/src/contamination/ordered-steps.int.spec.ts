import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fact } from '../graphql-server.fixture.ts';
import { outcomes, startContaminationServer } from './contamination-server.fixture.ts';
import type { ContaminationServer } from './contamination-server.fixture.ts';
import { consumed, saved, searched, started } from './leaky-run.fixture.ts';

let asked: ContaminationServer;
beforeAll(async () => {
  asked = await startContaminationServer();
  await asked.recorded(searched('clean', 0));
});
afterAll(() => asked.server.remove());

const found = async (run: string, asOf?: string) => {
  const answer = await asked.answerTo({ run, asOf });
  return [...outcomes(answer), answer.complete, answer.reason];
};

const ordered = (runId: string, [firstStep, lastStep]: [number, number], order: object, attempt = 1) =>
  fact('training.order.recorded', { runId, attempt, firstStep, lastStep, method: 'measured', order });

const sha256 = 'a'.repeat(64);
/** Index files of corpora, each of the shard that is named. */
const megatron = (...shards: readonly (string | undefined)[]) => ({
  megatronIndex: {
    sequenceLength: 8,
    firstSample: 0,
    batches: [{ fromStep: 1, samples: 2 }],
    corpora: shards.map((shardId) => ({
      path: '/c',
      ...(shardId !== undefined && { shardId }),
      document: sha256,
      sample: sha256,
      shuffle: sha256,
    })),
  },
});
const ids = (steps: number) => ({
  ids: { of: 'document', sha256, perStep: Array.from({ length: steps }, () => 1) },
});
const ranges = (...shards: readonly string[]) => ({
  ranges: { of: 'document', steps: shards.map((shardId) => [{ shardId, from: 0, count: 1 }]) },
});

type Impact = {
  retractionImpact: { complete: boolean; runs: { id: string }[]; checkpoints: { id: string }[] };
  shardImpact: { complete: boolean; nodes: { run: string }[] };
};

/** The runs and checkpoints that a retraction of a shard reaches, which its impact has too. */
async function stale(shard: string, complete = true): Promise<string[]> {
  const { retractionImpact: impact, shardImpact } = await asked.server.ask<Impact>(
    `{ retractionImpact(target: shard, id: "${shard}") { complete runs { id } checkpoints { id } }
      shardImpact(shard: "${shard}") { complete nodes { run } } }`,
  );
  expect([impact.complete, shardImpact.complete]).toEqual([complete, complete]);
  expect(shardImpact.nodes.map(({ run }) => run)).toEqual(impact.runs.map(({ id }) => id));
  return [...impact.runs, ...impact.checkpoints].map(({ id }) => id);
}

describe('an order that names no shards', () => {
  it('does not say what was read in its steps, behind the last recorded exposure', async () => {
    await asked.recorded(
      started('by-ids', 1),
      consumed('by-ids', 1, 1, { clean: 10 }),
      ordered('by-ids', [11, 13], ids(3)),
    );
    const gap = 'no exposure that counts is recorded of 3 steps, of which the first is 11';
    const unnamed = '1 recorded order does not name all of its shards';
    expect(await found('by-ids')).toEqual([['clean', 'nothing_found'], false, `${gap}; ${unnamed}`]);
    await asked.recorded(ordered('by-ids', [11, 13], ranges('clean', 'clean', 'clean')));
    expect(await found('by-ids')).toEqual([['clean', 'nothing_found'], true, null]);
  });

  it('counts with the steps that no later attempt supersedes, and not once it is corrected', async () => {
    const sampled = ordered('cut', [11, 40], ids(30));
    await asked.recorded(
      started('cut', 1),
      consumed('cut', 1, 1, { clean: 10 }),
      sampled,
      started('cut', 2, { resumedFrom: { attempt: 1, step: 20 } }),
      consumed('cut', 2, 21, { clean: 10 }),
    );
    const gap = 'no exposure that counts is recorded of 10 steps, of which the first is 11';
    const unnamed = '1 recorded order does not name all of its shards';
    expect(await found('cut')).toEqual([['clean', 'nothing_found'], false, `${gap}; ${unnamed}`]);
    const before = await asked.recorded();
    await asked.recorded({
      ...ordered('cut', [11, 20], ranges(...Array.from({ length: 10 }, () => 'clean'))),
      corrects: sampled.id,
      correctionreason: 'the ids were found',
      actor: 'ada',
    });
    expect(await found('cut')).toEqual([['clean', 'nothing_found'], true, null]);
    expect((await found('cut', before)).slice(1)).toEqual([false, `${gap}; ${unnamed}`]);
  });

  it('of one of its corpora does not say what was read, and one that names all of them does', async () => {
    await asked.recorded(started('blended', 1), ordered('blended', [1, 1000], megatron('clean', undefined)));
    const gap = 'no exposure that counts is recorded of 1000 steps, of which the first is 1';
    const unnamed = '1 recorded order does not name all of its shards';
    expect(await found('blended')).toEqual([['clean', 'nothing_found'], false, `${gap}; ${unnamed}`]);
    await asked.recorded(started('named', 1), ordered('named', [1, 1000], megatron('clean')));
    expect(await found('named')).toEqual([['clean', 'nothing_found'], true, null]);
  });
});

describe('a corpus of Megatron', () => {
  it('was read in those steps of its order of which no exposure names the shards', async () => {
    await asked.recorded(
      started('blend', 1),
      consumed('blend', 1, 1, { clean: 10 }),
      consumed('blend', 1, 991, { clean: 10 }),
      ordered('blend', [1, 1000], megatron('clean', 'undrawn')),
      saved('blend', 1, 10),
      saved('blend', 1, 1000),
    );
    const { nodes, complete, reason } = await asked.answerTo({ run: 'blend' });
    expect(
      nodes.map(({ shard, firstStep, lastStep, atCheckpoints }) => [
        shard,
        firstStep,
        lastStep,
        ...atCheckpoints,
      ]),
    ).toEqual([
      ['undrawn', 11, 990, 'not_yet', 'wholly'],
      ['clean', 1, 1000, 'partly', 'wholly'],
    ]);
    expect([complete, reason]).toEqual([false, 'not searched: 1 of 2 shards']);
    expect(await stale('undrawn')).toEqual(['blend', 'blend@1000']);
  });

  it('counts as read where exposure has amounts of no shard, or only of steps that do not count', async () => {
    await asked.recorded(
      started('unlabelled', 1),
      consumed('unlabelled', 1, 1, { clean: 10, '': 10 }),
      ordered('unlabelled', [1, 10], megatron('clean', 'spare')),
      started('rewound', 1),
      ordered('rewound', [1, 10], megatron('clean', 'spare')),
      consumed('rewound', 1, 11, { clean: 10 }),
      started('rewound', 2, { resumedFrom: { attempt: 1, step: 10 } }),
      started('told', 1),
      ordered('told', [1, 20], megatron('clean', 'spare')),
      consumed('told', 1, 1, { clean: 10 }),
      fact('training.steps.skipped', {
        runId: 'told',
        attempt: 1,
        steps: Array.from({ length: 10 }, (_, at) => 11 + at),
        reason: 'overflow',
      }),
    );
    expect(await stale('spare')).toEqual(['rewound', 'unlabelled']);
    expect(await found('told')).toEqual([['clean', 'nothing_found'], true, null]);
  });
});

describe('a run that went on after its last recorded exposure', () => {
  const gap = 'no exposure that counts is recorded of 90 steps, of which the first is 11';

  it('is not called clean, by its recorded steps or by its end', async () => {
    const steps = Array.from({ length: 100 }, (_, at) => at + 1);
    await asked.recorded(
      started('stepped', 1),
      consumed('stepped', 1, 1, { clean: 10 }),
      fact('training.steps.recorded', { runId: 'stepped', attempt: 1, steps, columns: { loss: steps } }),
      started('ended', 1),
      consumed('ended', 1, 1, { clean: 10 }),
    );
    expect(await found('stepped')).toEqual([['clean', 'nothing_found'], false, gap]);
    expect(await found('ended')).toEqual([['clean', 'nothing_found'], true, null]);
    const before = await asked.recorded(
      fact('training.run.ended', { runId: 'ended', attempt: 1, status: 'completed', lastStep: 10 }),
    );
    expect(await found('ended')).toEqual([['clean', 'nothing_found'], true, null]);
    await asked.recorded(
      fact('training.run.ended', { runId: 'ended', attempt: 1, status: 'completed', lastStep: 100 }),
    );
    expect(await found('ended')).toEqual([['clean', 'nothing_found'], false, gap]);
    expect(await found('ended', before)).toEqual([['clean', 'nothing_found'], true, null]);
  });

  it('is one of the steps that count: those before it was resumed or forked, and no later ones of an attempt', async () => {
    const end = (attempt: number, lastStep: number) =>
      fact('training.run.ended', { runId: 'trunk', attempt, status: 'stopped', lastStep });
    await asked.recorded(
      started('trunk', 1),
      consumed('trunk', 1, 1, { clean: 10 }),
      end(1, 500),
      started('trunk', 2, { resumedFrom: { attempt: 1, step: 100 } }),
      started('branch', 1, { forkedFrom: { runId: 'trunk', step: 50 } }),
    );
    expect((await found('trunk')).slice(1)).toEqual([false, gap]);
    expect((await found('branch')).slice(1)).toEqual([false, gap.replace('90', '40')]);
    await asked.recorded(
      started('again', 1),
      consumed('again', 1, 1, { clean: 10 }),
      fact('training.run.ended', { runId: 'again', attempt: 1, status: 'stopped', lastStep: 500 }),
      started('again', 2, { resumedFrom: { attempt: 1, step: 10 } }),
    );
    expect(await found('again')).toEqual([['clean', 'nothing_found'], true, null]);
  });
});

it('an attempt that only an order names has its steps and its shards', async () => {
  await asked.recorded(started('later', 1), consumed('later', 1, 1, { clean: 10 }), saved('later', 1, 10));
  const before = await asked.recorded();
  const order = ordered('later', [11, 12], ranges('unsearched', 'unsearched'), 2);
  await asked.recorded(order);
  expect((await found('later')).slice(0, 3)).toEqual([
    ['unsearched', 'not_searched'],
    ['clean', 'nothing_found'],
    false,
  ]);
  expect(await stale('unsearched')).toEqual(['later']);
  expect(await found('later', before)).toEqual([['clean', 'nothing_found'], true, null]);
  await asked.recorded({
    ...ordered('later', [11, 12], ranges('clean', 'clean')),
    corrects: order.id,
    correctionreason: 'another attempt',
    actor: 'ada',
  });
  expect(await found('later')).toEqual([['clean', 'nothing_found'], true, null]);
});

it('an order of Megatron takes no steps from the attempts before its own, which nothing else names', async () => {
  const consumedBy = async () => {
    const question = '{ exposure(run: "cached") { total complete } }';
    return (await asked.server.ask<{ exposure: { total: number } }>(question)).exposure;
  };
  await asked.recorded(started('cached', 1), consumed('cached', 1, 1, { clean: 10 }));
  const before = await consumedBy();
  await asked.recorded(ordered('cached', [1, 1000], megatron('spun'), 2));
  expect(before).toEqual({ total: 10, complete: true });
  expect(await consumedBy()).toEqual({ total: 10, complete: false });
  expect(await stale('spun', false)).toEqual([]);
  await asked.recorded(started('cached', 2, { resumedFrom: { attempt: 1, step: 10 } }));
  expect(await consumedBy()).toEqual(before);
  expect(await stale('spun')).toEqual(['cached']);
});
