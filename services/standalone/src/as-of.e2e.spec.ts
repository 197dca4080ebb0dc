import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fact, removeDirectory, startServer, temporaryDirectory } from './server-under-test.fixture.ts';
import type { SentEvent, ServerUnderTest } from './server-under-test.fixture.ts';

const directory = temporaryDirectory();
let server: ServerUnderTest;

beforeAll(async () => {
  server = await startServer(directory);
});
afterAll(async () => {
  await server.end('SIGKILL');
  removeDirectory(directory);
});

/** Park and Miller's generator: the same history at every run. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
}

/** A document of every question that takes a position, about the history below. */
const DOCUMENT = `query ($asOf: Position) {
  runs(asOf: $asOf) { nodes { id attempt status lastStep tokens lastLoss evidence asOf { position time } } pageInfo { hasNextPage endCursor } totalCount asOf { position time } complete lag }
  exposure(run: "r0", asOf: $asOf) { step unit total rows { slice tokens amount share method } evidence complete lag }
  exposureByShard: exposure(run: "r1", by: shard, step: 40, asOf: $asOf) { total rows { slice shard amount } }
  curve(run: "r0", asOf: $asOf) { points { step values low mean high } }
  curveOfGradNorm: curve(run: "r1", metric: gradNorm, asOf: $asOf) { points { step values low mean high } asOf { position } }
  scores(asOf: $asOf) { nodes { run step capability value stderr evidence } totalCount }
  mixture(id: "m0", asOf: $asOf) { rationale approvedBy supersededBy weights { phase slice weight share } evidence }
  experiments(asOf: $asOf) { nodes { id runs slices capabilities arms { arm mixture role control assignment } } asOf { position } evidence }
  attribution(experiment: "e", displacement: "proportional", asOf: $asOf) { ... on Attribution { questions effects { effect interval { low high } unit identification pValue qValue verdict evidence warnings { code text } } } ... on AttributionRefused { refusal text } }
  prediction(experiment: "e", mixtures: [{ key: "k", shares: [{ slice: "code", share: 0.5 }, { slice: "math", share: 0.5 }] }], asOf: $asOf) { ... on Prediction { outcomes rows { mean low high hullDistance } } ... on PredictionRefused { refusal text } }
}`;

type Answered = { data?: Record<string, object | null> | null; errors?: readonly object[] };

/** The bytes of the data, and the errors; fields of a document are answered at once, so their errors have no order. */
async function answerAt(asOf: number): Promise<{ data: string; errors: string[] }> {
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

describe('an answer as of an earlier position', () => {
  const LENGTH = 300;
  const POSITIONS = [1, 77, 201, LENGTH];
  const first = new Map<number, Awaited<ReturnType<typeof answerAt>>>();

  it('has the same bytes after more events, during and after a rebuild, and after a restart', async () => {
    const events = [...history(randomFrom(42), 3 * LENGTH)];
    await server.record(...events.slice(0, LENGTH));
    for (const position of POSITIONS) first.set(position, await answerAt(position));
    expect(first.get(LENGTH)?.errors).toEqual([]);
    const sameAt = async (position: number): Promise<void> =>
      expect(await answerAt(position)).toEqual(first.get(position));
    const same = async (): Promise<void> => {
      for (const position of POSITIONS) await sameAt(position);
    };
    await server.record(...events.slice(LENGTH));
    await server.caughtUp();
    await same();
    let isOver = false;
    const rebuilding = server
      .ask<Rebuilt>('mutation { rebuild { tables { table equal } } }')
      .finally(() => (isOver = true));
    for (const position of POSITIONS) {
      if (isOver) break;
      await sameAt(position);
    }
    const { rebuild } = await rebuilding;
    expect(rebuild.tables.filter(({ equal }) => !equal)).toEqual([]);
    await same();
    expect(await server.end('SIGTERM')).toBe(0);
    server = await startServer(directory);
    await same();
  });

  it('differs between positions, so that the test above is not vacuous', () => {
    const answers = POSITIONS.map((position): Answered => JSON.parse(first.get(position)?.data ?? ''));
    const fields = Object.keys(answers.at(-1)?.data ?? {});
    expect(fields).toHaveLength(10);
    const different = fields.map(
      (field) => new Set(answers.map(({ data }) => JSON.stringify(data?.[field]))),
    );
    expect(Math.min(...different.map(({ size }) => size))).toBeGreaterThan(1);
  });
});

describe('a curve as of every second position', () => {
  const EVENTS = 40;

  it('equals the curve that is computed from the recorded steps', async () => {
    const random = randomFrom(7);
    const events = Array.from({ length: EVENTS }, (_value, index) => disjoint(index, random));
    const { receipts } = await server.record(...events);
    for (const [index, { position }] of receipts.entries()) {
      if (index % 2 === 0) continue;
      const { curve } = await server.ask<{ curve: object }>(
        'query ($asOf: Position) { curve(run: "law", asOf: $asOf) { points { step values low mean high } } }',
        { asOf: position },
      );
      expect(curve).toEqual({ points: curveOf(events.slice(0, index + 1)) });
    }
  });

  /** Steps that arrive out of order and span buckets. Losses are dyadic, so that sums are exact in any order. */
  function disjoint(index: number, random: () => number): SentEvent {
    const firstStep = ((index * 17) % EVENTS) * 13;
    const steps = Array.from({ length: 13 }, (_value, offset) => firstStep + offset);
    const loss = steps.map(() => (random() < 0.2 ? null : Math.floor(random() * 128) / 16));
    return fact('training.steps.recorded', {
      runId: 'law',
      attempt: firstStep < 260 ? 1 : 2 - (index % 2),
      steps,
      columns: { loss },
    });
  }
});

type Point = { step: number; values: number; low: number | null; mean: number | null; high: number | null };

type Recorded = { attempt: number; steps: number[]; columns: { loss: (number | null)[] } };

/** The definition: values by bucket of 64 steps. A later attempt replaces earlier ones from its first step on. */
function curveOf(events: readonly SentEvent[]): Point[] {
  const buckets = new Map<number, number[]>();
  const recorded = events.map(({ data }) => data as Recorded);
  for (const { attempt, steps, columns } of recorded) {
    const later = recorded.filter((other) => other.attempt > attempt).flatMap((other) => other.steps);
    for (const [index, step] of steps.entries()) {
      if (step >= Math.min(...later)) continue;
      const bucket = 64 * Math.floor(step / 64);
      const value = columns.loss[index] ?? null;
      buckets.set(bucket, [...(buckets.get(bucket) ?? []), ...(value === null ? [] : [value])]);
    }
  }
  return [...buckets]
    .toSorted(([left], [right]) => left - right)
    .map(([step, values]) => pointOf(step, values));
}

function pointOf(step: number, values: readonly number[]): Point {
  if (values.length === 0) return { step, values: 0, low: null, mean: null, high: null };
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { step, values: values.length, low: Math.min(...values), mean, high: Math.max(...values) };
}
