import { randomFrom } from '@tributary/fixtures';
import { expect } from 'vitest';
import { fact, startServer } from './server-under-test.fixture.ts';
import type { SentEvent, ServerUnderTest } from './server-under-test.fixture.ts';

/** A document of every question that takes a position, about the history below. */
const DOCUMENT = `query ($asOf: Position) {
  runs(asOf: $asOf) { nodes { id attempt status lastStep tokens lastLoss evidence asOf { position time } } pageInfo { hasNextPage endCursor } totalCount asOf { position time } complete lag }
  exposure(run: "r0", asOf: $asOf) { step unit total rows { slice tokens amount share method } evidence complete lag }
  exposureByShard: exposure(run: "r1", by: shard, step: 40, asOf: $asOf) { total rows { slice shard amount } }
  curve(run: "r0", asOf: $asOf) { points { step values low mean high } }
  curveOfGradNorm: curve(run: "r1", metric: gradNorm, asOf: $asOf) { points { step values low mean high } asOf { position } }
  curveOfTokens: curve(run: "r0", metric: "tokens", fromStep: 10, toStep: 90, asOf: $asOf) { origin points { step values low mean high } }
  metrics(run: "r0", asOf: $asOf) { nodes { name origin values nonfinite firstStep lastStep evidence } totalCount complete }
  metricHistory(run: "r0", key: "gradNorm", first: 20, asOf: $asOf) { nodes { step value nonfinite evidence } totalCount }
  settings: run(id: "r0", asOf: $asOf) { config { nodes { path value evidence } totalCount } environment { reason } }
  scores(asOf: $asOf) { nodes { run step capability value stderr evidence } totalCount }
  mixture(id: "m0", asOf: $asOf) { rationale approvedBy supersededBy weights { phase slice weight share } evidence }
  experiments(asOf: $asOf) { nodes { id runs slices capabilities arms { arm mixture role control assignment } } asOf { position } evidence }
  attribution(experiment: "e", displacement: "proportional", asOf: $asOf) { ... on Attribution { questions effects { effect interval { low high } unit identification pValue qValue verdict evidence warnings { code text } } } ... on AttributionRefused { refusal text } }
  prediction(experiment: "e", mixtures: [{ key: "k", shares: [{ slice: "code", share: 0.5 }, { slice: "math", share: 0.5 }] }], asOf: $asOf) { ... on Prediction { outcomes rows { mean low high hullDistance } } ... on PredictionRefused { refusal text } }
}`;

type AnswerBytes = { readonly data: string; readonly errors: readonly string[] };

type Answered = { data?: Record<string, object | null> | null; errors?: readonly object[] };

/** The bytes of the data, and the errors; fields of a document are answered at once, so their errors have no order. */
async function answerAt(server: ServerUnderTest, asOf: number): Promise<AnswerBytes> {
  const text = await server.askText(DOCUMENT, { asOf: String(asOf) });
  const { errors = [] }: Answered = JSON.parse(text);
  return {
    data: `{${text.slice(text.lastIndexOf('"data":{'))}`,
    errors: errors.map((error) => JSON.stringify(error)).toSorted(),
  };
}

const RUNS = ['r0', 'r1', 'r2', 'r3', 'r4', 'r5'];

/** A history of everything that later events can change: attempts, plans, verdicts, scores, exposure with odd amounts. */
function* history(random: () => number, length: number): Generator<SentEvent> {
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const step = () => Math.floor(random() * 120);
  for (let index = 0; index < length; index += 1) {
    const runId = pick(RUNS);
    const attempt = 1 + Math.floor(random() * 2);
    const arm = Number(runId.slice(1)) % 2 === 0 ? 'full' : 'wo_code';
    const firstStep = step();
    yield pick([
      () =>
        fact('training.run.started', {
          runId,
          attempt,
          experimentId: 'e',
          arm,
          mixtureId: `m-${arm}`,
          model: { name: 'lm' },
          config: { width: attempt },
          seeds: { init: index },
        }),
      () =>
        fact('training.run.ended', {
          runId,
          attempt,
          status: pick(['completed', 'failed', 'stopped']),
          lastStep: firstStep,
        }),
      () =>
        fact('training.exposure.recorded', {
          runId,
          attempt,
          firstStep,
          lastStep: firstStep + 10,
          unit: 'token',
          method: pick(['measured', 'declared']),
          amounts: [
            { slice: 'code', shardId: 'c', amount: random() * 100 },
            { slice: 'math', amount: 1 / 3 },
            { slice: 'math/plain', amount: random() },
          ],
        }),
      () => stepsFrom(runId, attempt, firstStep, random),
      () => scored(runId, firstStep, random()),
      () => scored(runId, 100, 4 + random()),
      () =>
        fact('evaluation.score.invalidated', {
          runId,
          capability: 'code',
          benchmark: 'held-out',
          metric: 'bits',
          ...(random() < 0.5 ? { step: 100 } : {}),
          reason: 'Wrong.',
          actor: 'ada',
        }),
      () =>
        fact('mixture.plan.decided', {
          mixtureId: 'm0',
          unit: 'token_share',
          phases: [
            {
              name: 'all',
              fromStep: 0,
              weights: [
                { slice: 'code', weight: random() },
                { slice: 'math', weight: random() },
              ],
            },
          ],
          rationale: `Version ${index}.`,
          decidedBy: 'ada',
        }),
      () => fact('mixture.plan.approved', { mixtureId: 'm0', approvedBy: `bob-${index}` }),
      () =>
        fact('mixture.plan.superseded', {
          mixtureId: 'm0',
          supersededBy: `m${index}`,
          reason: 'Better.',
          actor: 'bob',
        }),
      () =>
        fact('mixture.experiment.assigned', {
          experimentId: 'e',
          design: 'controlled_ablation',
          assignment: pick(['randomised', 'manual']),
          control: 'full',
          arms: [
            { arm: 'full', mixtureId: 'm-full', role: 'train' },
            { arm: 'wo_code', mixtureId: 'm-wo_code', role: 'train' },
          ],
        }),
    ])();
  }
}

const scored = (runId: string, step: number, value: number): SentEvent =>
  fact('evaluation.score.recorded', {
    runId,
    step,
    capability: 'code',
    benchmark: 'held-out',
    metric: 'bits',
    harness: { name: 'lab', version: '1' },
    value,
    stderr: 0.1,
    unit: 'bits',
    higherIsBetter: false,
    method: 'measured',
  });

function stepsFrom(runId: string, attempt: number, firstStep: number, random: () => number): SentEvent {
  const steps = Array.from({ length: 1 + Math.floor(random() * 40) }, (_value, index) => firstStep + index);
  const loss = steps.map(() => (random() < 0.1 ? null : Math.floor(random() * 4096) / 1024));
  /* Rollups add up exactly and in any order what lies within a factor of 2^23 in one bucket. */
  const gradNorm = steps.map(() => Math.floor(random() * 100_000) / 1024);
  return fact('training.steps.recorded', {
    runId,
    attempt,
    steps,
    columns: { loss, gradNorm, tokens: steps.map(() => 1024) },
  });
}

type Rebuilt = { rebuild: { tables: { table: string; equal: boolean }[] } };

export type AsOfHistory = {
  readonly seed: number;
  /** Events that are there at the first answers; twice as many follow. */
  readonly length: number;
  /** Log positions of which answers are compared; at the last one no answer is an error. */
  readonly positions: readonly number[];
};

/**
 * Answers as of positions have the same bytes after more events, during and after a rebuild, and after a restart. Ends
 * the server; gives the one that was started last.
 */
export async function sameBytes(server: ServerUnderTest, options: AsOfHistory): Promise<ServerUnderTest> {
  const { seed, length, positions } = options;
  const events = [...history(randomFrom(seed), 3 * length)];
  await server.record(...events.slice(0, length));
  const first = new Map<number, AnswerBytes>();
  for (const position of positions) first.set(position, await answerAt(server, position));
  expect(first.get(length)?.errors).toEqual([]);
  expectDifferent([...first.values()]);
  const sameAt = async (asked: ServerUnderTest, position: number): Promise<void> =>
    expect(await answerAt(asked, position)).toEqual(first.get(position));
  const same = async (asked: ServerUnderTest): Promise<void> => {
    for (const position of positions) await sameAt(asked, position);
  };
  await server.record(...events.slice(length));
  await server.caughtUp();
  await same(server);
  let isOver = false;
  const rebuilding = server
    .ask<Rebuilt>('mutation { rebuild { tables { table equal } } }')
    .finally(() => (isOver = true));
  for (const position of positions) {
    if (isOver) break;
    await sameAt(server, position);
  }
  const { rebuild } = await rebuilding;
  expect(rebuild.tables.filter(({ equal }) => !equal)).toEqual([]);
  await same(server);
  expect(await server.end('SIGTERM')).toBe(0);
  const restarted = await startServer(server.directory);
  await same(restarted);
  return restarted;
}

/** Each field has another answer at another position, so that a comparison of positions is not vacuous. */
function expectDifferent(answers: readonly AnswerBytes[]): void {
  const parsed = answers.map(({ data }): Answered => JSON.parse(data));
  const fields = Object.keys(parsed.at(-1)?.data ?? {});
  expect(fields).toHaveLength(14);
  const different = fields.map((field) => new Set(parsed.map(({ data }) => JSON.stringify(data?.[field]))));
  expect(Math.min(...different.map(({ size }) => size))).toBeGreaterThan(1);
}
