import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BENCHMARK, saved, scored, searched, started } from './contamination/leaky-run.fixture.ts';
import { decided } from './drift/plans.fixture.ts';
import { fact, startGraphqlServer } from './graphql-server.fixture.ts';
import type { GraphqlServer, SentEvent } from './graphql-server.fixture.ts';

let server: GraphqlServer;
beforeAll(async () => {
  server = await startGraphqlServer();
});
afterAll(() => server.remove());

type Answer = { readonly complete: boolean; readonly reason: string | null };

const steps = Array.from({ length: 400 }, (_, at) => at + 1);

/** A run of 400 steps, of whose second attempt there is a checkpoint at step 300. */
const trained = (run: string): SentEvent[] => [
  started(run, 1, { mixtureId: 'unplaced-mix' }),
  fact('training.exposure.recorded', {
    runId: run,
    attempt: 1,
    firstStep: 1,
    lastStep: 400,
    unit: 'token',
    method: 'measured',
    amounts: [{ slice: 'web', shardId: `${run}-part`, amount: 4000 }],
  }),
  fact('training.steps.recorded', {
    runId: run,
    attempt: 1,
    steps,
    columns: { loss: steps, tokens: steps.map(() => 10) },
  }),
  saved(run, 2, 300, `${run}-300`),
  scored(run, { checkpointId: `${run}-300` }, 0.5),
  searched(`${run}-part`, 1),
];

/** Each answer about a run whose steps count by one history, with the path to what says whether it is complete. */
const QUESTIONS: Readonly<Record<string, (run: string) => string>> = {
  exposure: (run) => `exposure(run: "${run}")`,
  shardImpact: (run) => `shardImpact(shard: "${run}-part")`,
  retractionImpact: (run) => `retractionImpact(target: shard, id: "${run}-part")`,
  batch: (run) => `batch(run: "${run}", step: 250)`,
  runReport: (run) => `runReport(run: "${run}")`,
  run: (run) => `run(id: "${run}")`,
  curve: (run) => `curve(run: "${run}")`,
  metricHistory: (run) => `metricHistory(run: "${run}", key: "loss")`,
  lossSpikes: (run) => `lossSpikes(run: "${run}")`,
  mixtureDrift: (run) => `mixtureDrift(run: "${run}")`,
  contamination: (run) => `contamination(run: "${run}", benchmark: "${BENCHMARK}")`,
};

async function answerOf(question: string): Promise<Answer> {
  const { answer } = await server.ask<{ answer: Answer }>(`{ answer: ${question} { complete reason } }`);
  return answer;
}

const unknownStart = (run: string, attempt = 2) =>
  `nothing says where attempt ${attempt} of run ${run} began: only checkpoints, ends, skipped steps, orders or other attempts name it`;

describe('an attempt that only a checkpoint names', () => {
  beforeAll(async () => {
    await server.record(
      decided('unplaced-mix', { web: 1 }),
      ...trained('again'),
      ...trained('placed'),
      started('placed', 2, { resumedFrom: { attempt: 1, step: 299 } }),
      ...trained('thrice'),
      started('thrice', 3, { resumedFrom: { attempt: 1, step: 200 } }),
    );
    await server.caughtUp();
  });

  it.each(Object.entries(QUESTIONS))(
    'makes %s incomplete, which is not about it once its start is recorded',
    async (_, question) => {
      const doubted = await answerOf(question('again'));
      expect(doubted.complete).toBe(false);
      expect(doubted.reason?.split('; ').filter((one) => one === unknownStart('again'))).toHaveLength(1);
      expect((await answerOf(question('placed'))).reason ?? '').not.toContain('began: only');
    },
  );

  it('makes its own row of the list of runs incomplete, and no other', async () => {
    const { runs } = await server.ask<{ runs: Answer & { nodes: (Answer & { id: string })[] } }>(
      '{ runs { complete nodes { id complete reason } } }',
    );
    expect(runs.complete).toBe(true);
    const rows = runs.nodes.map(({ id, complete, reason }) => [id, complete, reason]);
    expect(rows).toEqual([
      ['again', false, unknownStart('again')],
      ['placed', true, null],
      ['thrice', true, null],
    ]);
  });

  it('leaves it open what its checkpoint holds, also where the run goes on from another attempt', async () => {
    expect(await answerOf(QUESTIONS['exposure']?.('thrice') ?? '')).toEqual({ complete: true, reason: null });
    const { reason } = await answerOf(QUESTIONS['retractionImpact']?.('thrice') ?? '');
    expect(reason).toBe(unknownStart('thrice'));
    const found = await answerOf(QUESTIONS['contamination']?.('thrice') ?? '');
    expect(found.reason).toContain(unknownStart('thrice'));
  });

  it('leaves a step alone that a later attempt has trained', async () => {
    await server.record(
      ...trained('late'),
      started('late', 3, { resumedFrom: { attempt: 2, step: 300 } }),
      fact('training.steps.recorded', {
        runId: 'late',
        attempt: 3,
        steps: [301, 302],
        columns: { loss: [1, 1] },
      }),
    );
    await server.caughtUp();
    const [before, behind] = [
      await answerOf('batch(run: "late", step: 250)'),
      await answerOf('batch(run: "late", step: 301)'),
    ];
    expect(before.reason).toContain(unknownStart('late'));
    expect(behind.reason).not.toContain('began: only');
  });
});
