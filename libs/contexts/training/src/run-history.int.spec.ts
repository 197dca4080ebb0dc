import { aFact, project, openTestStore } from '@tributary/fixtures';
import type { TestStore } from '@tributary/fixtures';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { segmentsOf } from './history.ts';
import { trainingProjection } from './projection.ts';
import { attemptReport, attempts, corrections, curve, exposure, stepGaps } from './queries.ts';
import { listRuns } from './run-list.ts';

const RUN = 'r';

const started = (attempt: number, resumedStep?: number) =>
  aFact('training.run.started', {
    runId: RUN,
    attempt,
    model: { name: 'm' },
    config: {},
    seeds: {},
    ...(resumedStep === undefined ? {} : { resumedFrom: { attempt: attempt - 1, step: resumedStep } }),
  });
const stepped = (attempt: number, steps: number[], loss = 1) =>
  aFact('training.steps.recorded', {
    runId: RUN,
    attempt,
    steps,
    columns: { loss: steps.map(() => loss), tokens: steps.map(() => 10) },
  });
const consumed = (attempt: number, firstStep: number, lastStep: number, amount: number) =>
  aFact('training.exposure.recorded', {
    runId: RUN,
    attempt,
    firstStep,
    lastStep,
    unit: 'token',
    method: 'measured',
    amounts: [{ slice: 'code', amount }],
  });

const FACTS = [
  started(1),
  stepped(1, [5, 10, 15, 35, 40]),
  consumed(1, 1, 20, 200),
  consumed(1, 21, 40, 200),
  stepped(1, [20]),
  started(2, 30),
  stepped(2, [35, 40]),
  stepped(2, [40]),
  stepped(2, [40], 7),
  consumed(2, 31, 40, 100),
  aFact('training.steps.skipped', { runId: RUN, attempt: 2, steps: [39, 40], reason: 'overflow' }),
  aFact('training.steps.recorded', {
    runId: RUN,
    attempt: 2,
    steps: [45, 50],
    columns: { loss: [null, null] },
    nonfinite: { loss: [{ index: 1, value: 'nan' }] },
  }),
];
const LAST = FACTS.length;

let runtime: TestStore;
beforeAll(async () => {
  runtime = await openTestStore();
  await project(runtime, trainingProjection, FACTS);
});
afterAll(() => runtime.remove());

async function historyOf(by: 'exposure' | 'steps', as_of: number) {
  const rows = await runtime.engine.reader.all(attempts, { run_ids: [RUN], by, as_of: [as_of] });
  const segments = segmentsOf(
    rows.map(({ attempt, first_step, resumed_attempt, resumed_step }) => ({
      attempt,
      ...(first_step === null ? {} : { firstStep: first_step }),
      ...(resumed_attempt === null
        ? {}
        : { resumedFrom: { attempt: resumed_attempt, step: resumed_step ?? 0 } }),
    })),
  );
  return {
    run_ids: segments.map(() => RUN),
    attempts: segments.map(({ attempt }) => attempt),
    ends: segments.map(({ endStep }) => endStep),
  };
}

async function exposureAsOf(as_of: number) {
  const history = await historyOf('exposure', as_of);
  return runtime.engine.reader.all(exposure, { ...history, by: 'domain', step: null, as_of: [as_of] });
}

async function reportAsOf(as_of: number) {
  const { attempts: kept, ends } = await historyOf('steps', as_of);
  return runtime.engine.reader.all(attemptReport, { run_id: RUN, attempts: kept, ends, as_of: [as_of] });
}

const correct = (corrected_position: number, position: number) =>
  runtime.engine.insert({
    table: 'tributary.log_correction',
    token: `correction:${position}`,
    rows: [
      {
        corrected_position,
        type: 'training.steps.recorded',
        stream: `run/${RUN}`,
        reason: 'logged twice',
        actor: 'somebody',
        _position: position,
        recorded_at: position,
      },
    ],
  });

it('counts every range of a run without resumption, as measured', async () => {
  expect(await exposureAsOf(5)).toMatchObject([{ amount: 400, methods: 'measured' }]);
});

it('counts a share of a range that a rewind supersedes in part, as inferred', async () => {
  expect(await exposureAsOf(6)).toMatchObject([{ amount: 300, methods: 'inferred,measured' }]);
  expect(await exposureAsOf(10)).toMatchObject([{ amount: 400 }]);
});

it('does not count steps whose update was not applied', async () => {
  expect(await exposureAsOf(11)).toMatchObject([{ amount: 380, methods: 'inferred,measured' }]);
});

it('reports gaps, late, repeated, conflicting, superseded, skipped and non-finite steps by attempt', async () => {
  expect(await reportAsOf(LAST)).toMatchObject([
    { attempt: 1, steps: 6, interval: 5, missing: 2, late: 1, repeated: 0, superseded: 2, skipped: 0 },
    { attempt: 2, steps: 4, interval: 5, missing: 0, repeated: 2, conflicting: 1, skipped: 2, nonfinite: 1 },
  ]);
  expect(await reportAsOf(2)).toMatchObject([{ attempt: 1, steps: 5, missing: 3, superseded: 0, late: 0 }]);
});

it('counts the tokens of a step once, although the step is recorded three times', async () => {
  const params = { experiment_id: null, run_id: RUN, prefix: '', after: '', first: 1, as_of: [LAST] };
  expect(await listRuns(runtime.engine.reader, params)).toMatchObject([
    { attempt: 2, last_step: 50, tokens: 20 },
  ]);
});

it('lists a gap at the interval of the attempt, as of a position', async () => {
  const gapsAsOf = (as_of: number) =>
    runtime.engine.reader.all(stepGaps, { run_id: RUN, first: 10, as_of: [as_of] });
  expect(await gapsAsOf(LAST)).toEqual([{ attempt: 1, from_step: 25, to_step: 30, missing: 2 }]);
  expect(await gapsAsOf(2)).toEqual([{ attempt: 1, from_step: 20, to_step: 30, missing: 3 }]);
});

it('excludes a corrected fact from its correction on, and keeps the earlier answer', async () => {
  const curveAsOf = async (as_of: number) => {
    const history = await historyOf('steps', as_of);
    return runtime.engine.reader.all(curve, { ...history, metric: 'loss', bucket_steps: 64, as_of: [as_of] });
  };
  const before = await curveAsOf(LAST);
  expect(before).toMatchObject([{ highest: 7 }]);
  await correct(9, LAST + 1);
  expect(await curveAsOf(LAST + 1)).toMatchObject([{ highest: 1, lowest: 1 }]);
  expect(await curveAsOf(LAST)).toEqual(before);
  expect(await reportAsOf(LAST + 1)).toMatchObject([{}, { repeated: 1, conflicting: 0 }]);
  expect(
    await runtime.engine.reader.all(corrections, { stream: `run/${RUN}`, first: 5, as_of: [LAST + 1] }),
  ).toEqual([
    {
      corrected_position: 9,
      position: LAST + 1,
      type: 'training.steps.recorded',
      reason: 'logged twice',
      actor: 'somebody',
    },
  ]);
});
