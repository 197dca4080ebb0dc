import { aFact, project, openTestStore } from '@tributary/fixtures';
import type { TestStore } from '@tributary/fixtures';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { trainingProjection } from './projection.ts';
import { amountOf } from './amount.ts';
import { consumedIn } from './consumption.ts';
import { ownHistory, wholeHistory } from './counted-history.ts';
import { curve, realisedShares } from './queries.ts';
import { listRuns } from './run-list.ts';

const started = (attempt: number) =>
  aFact('training.run.started', {
    runId: 'r',
    attempt,
    experimentId: 'x',
    arm: 'full',
    model: { name: 'm', parameters: 7 },
    config: { width: 1 },
    seeds: { init: 3 },
  });
const consumed = (attempt: number, firstStep: number, lastStep: number, amounts: Record<string, number>) =>
  aFact('training.exposure.recorded', {
    runId: 'r',
    attempt,
    firstStep,
    lastStep,
    unit: 'token',
    method: attempt === 1 ? 'measured' : 'declared',
    amounts: Object.entries(amounts).map(([slice, amount]) => ({ slice, amount })),
  });
const stepped = (attempt: number, first: number, losses: (number | null)[]) =>
  aFact('training.steps.recorded', {
    runId: 'r',
    attempt,
    steps: losses.map((_loss, index) => first + index),
    columns: { loss: losses, tokens: losses.map(() => 10) },
  });

const FACTS = [
  started(1),
  consumed(1, 1, 100, { code: 60, 'math/plain': 30, 'math/structured': 10 }),
  consumed(1, 101, 200, { code: 50, 'math/plain': 50 }),
  stepped(1, 1, [4, null, 2]),
  started(2),
  consumed(2, 101, 200, { code: 100 }),
  stepped(1, 4, [6]),
  aFact('training.run.ended', { runId: 'r', attempt: 2, status: 'completed', lastStep: 200 }),
  stepped(3, 2, [1]),
];
const LAST = FACTS.length - 1;

let runtime: TestStore;
beforeAll(async () => {
  runtime = await openTestStore();
  await project(runtime, trainingProjection, FACTS);
});
afterAll(() => runtime.remove());

/** The segments of the run as of a position. */
const historyOf = (as_of: number) => ownHistory(runtime.engine.reader, ['r'], [as_of]);

const amounts = async (by: 'domain' | 'slice', as_of: number, step?: number) => {
  const { reader } = runtime.engine;
  const history = await wholeHistory(reader, step === undefined ? { run: 'r' } : { run: 'r', step }, [as_of]);
  const { amounts: rows } = await consumedIn(reader, history, { run: 'r', by, as_of: [as_of] });
  return Object.fromEntries(rows.map(({ slice_name, whole }) => [slice_name, amountOf(whole)]));
};

it('sums exposure by domain and by slice', async () => {
  expect(await amounts('domain', 3)).toEqual({ code: 110, math: 90 });
  expect(await amounts('slice', 3)).toEqual({ code: 110, 'math/plain': 80, 'math/structured': 10 });
});

it('counts the same share of a range beyond the step, and nothing of later ranges', async () => {
  expect(await amounts('domain', 3, 150)).toEqual({ code: 85, math: 65 });
  expect(await amounts('domain', 3, 100)).toEqual({ code: 60, math: 40 });
  expect(await amounts('domain', 3, 1)).toEqual({ code: 0, math: 1 });
});

it('replaces what an earlier attempt consumed from the first step of a later one, as of a position', async () => {
  expect(await amounts('domain', LAST)).toEqual({ code: 160, math: 40 });
  expect(await amounts('domain', 5)).toEqual({ code: 110, math: 90 });
});

it('gives the same amounts for many runs at once, with their methods', async () => {
  const history = await historyOf(LAST);
  const rows = await runtime.engine.reader.all(realisedShares, { ...history, as_of: [LAST] });
  expect(rows).toMatchObject([
    { slice: 'code', amount: 160, methods: 'declared,measured', evidence: [2, 6] },
    { slice: 'math/plain', amount: 30, methods: 'measured' },
    { slice: 'math/structured', amount: 10 },
  ]);
});

/** The steps of a whole curve. */
const WHOLE = { from_step: 0, to_step: Number.MAX_SAFE_INTEGER };

const curveAsOf = async (as_of: number, bucket_steps: 64 | 4096 = 64) => {
  const history = await historyOf(as_of);
  return runtime.engine.reader.all(curve, {
    ...history,
    ...WHOLE,
    metric: 'loss',
    bucket_steps,
    as_of: [as_of],
  });
};

it('excludes values that are not finite from a curve', async () => {
  expect(await curveAsOf(4)).toEqual([{ step: 0, value_count: 2, mean: 3, lowest: 2, highest: 4 }]);
});

it('gives the curve as of an earlier position although the rollup has later rows', async () => {
  expect(await curveAsOf(LAST)).toEqual([{ step: 0, value_count: 3, mean: 4, lowest: 2, highest: 6 }]);
  expect(await curveAsOf(6)).toEqual([{ step: 0, value_count: 2, mean: 3, lowest: 2, highest: 4 }]);
  expect(await curveAsOf(3)).toEqual([]);
});

it('gives the same values in coarse buckets as in fine ones', async () => {
  expect(await curveAsOf(LAST, 4096)).toEqual(await curveAsOf(LAST));
  expect(await curveAsOf(6, 4096)).toEqual(await curveAsOf(6));
});

it('replaces the steps of an earlier attempt from the first step of a later one', async () => {
  const [before] = await curveAsOf(LAST);
  expect(before).toMatchObject({ value_count: 3, highest: 6 });
  const [after] = await curveAsOf(LAST + 1);
  expect(after).toMatchObject({ value_count: 2, lowest: 1, highest: 4, mean: 2.5 });
});

it('shows a run with its newest attempt, running until it ended', async () => {
  const params = { experiment_id: 'x', run_id: null, prefix: '', after: '', first: 10 };
  expect(await listRuns(runtime.engine.reader, { ...params, as_of: [4] })).toMatchObject([
    { run_id: 'r', attempt: 1, status: 'running', seed: 3, parameters: 7, tokens: 30, last_loss: 2 },
  ]);
  expect(await listRuns(runtime.engine.reader, { ...params, as_of: [LAST] })).toMatchObject([
    { run_id: 'r', attempt: 2, status: 'completed', last_step: 200, evidence: [1, 5, 8] },
  ]);
  expect(await listRuns(runtime.engine.reader, { ...params, experiment_id: 'y', as_of: [LAST] })).toEqual([]);
});
