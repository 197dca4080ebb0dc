import { aFact, project, openTestStore } from '@tributary/fixtures';
import type { TestStore } from '@tributary/fixtures';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { evaluationProjection } from './projection.ts';
import { changedScores, finalItems, scores } from './queries.ts';

const measured = { runId: 'r', capability: 'code', benchmark: 'b', metric: 'accuracy' };
const harness = { name: 'h', version: '1' };
const scored = (step: number, value: number) =>
  aFact('evaluation.score.recorded', {
    ...measured,
    step,
    harness,
    value,
    unit: 'accuracy',
    higherIsBetter: true,
    method: 'measured',
  });
const withdrawn = (step?: number) =>
  aFact('evaluation.score.invalidated', {
    ...measured,
    reason: 'r',
    actor: 'a',
    ...(step === undefined ? {} : { step }),
  });
const itemised = (step: number, values: number[]) =>
  aFact('evaluation.items.recorded', { ...measured, step, harness, itemIds: values.map(String), values });

const asked = (more: object) =>
  aFact('evaluation.score.recorded', {
    runId: 'asked',
    capability: 'qa',
    benchmark: 'arc',
    metric: 'acc',
    harness: { name: 'lm-eval', version: 'abc' },
    value: 0.5,
    unit: 'accuracy',
    higherIsBetter: true,
    method: 'reported',
    ...more,
  });

let runtime: TestStore;
beforeAll(async () => {
  runtime = await openTestStore();
  await project(runtime, evaluationProjection, [
    scored(10, 0.5),
    scored(20, 0.6),
    withdrawn(20),
    scored(20, 0.7),
    withdrawn(),
    scored(10, 0.4),
    itemised(10, [1, 0]),
    itemised(20, [1, 1]),
    asked({ step: 5, shots: 0, value: 0.1 }),
    asked({ step: 5, shots: 5, value: 0.2 }),
    asked({ step: 5, shots: 5, filter: 'strict-match', taskVersion: '3', limit: 10, value: 0.3 }),
    asked({ shots: 0, value: 0.4 }),
    asked({ step: 5, shots: 0, value: 0.6 }),
  ]);
});
afterAll(() => runtime.remove());

const valuesAsOf = async (as_of: number) => {
  const rows = await runtime.engine.reader.all(scores, {
    run_ids: ['r'],
    capability: null,
    benchmark: null,
    after: '',
    first: 10,
    as_of: [as_of],
  });
  return rows.map(({ step, value, evidence }) => [step, value, evidence]);
};

it('excludes a score from its invalidation on, and not before', async () => {
  expect(await valuesAsOf(2)).toEqual([
    [10, 0.5, 1],
    [20, 0.6, 2],
  ]);
  expect(await valuesAsOf(3)).toEqual([[10, 0.5, 1]]);
});

it('includes a score that was recorded again after the invalidation', async () => {
  expect(await valuesAsOf(4)).toEqual([
    [10, 0.5, 1],
    [20, 0.7, 4],
  ]);
});

it('invalidates every step where none is named', async () => {
  expect(await valuesAsOf(5)).toEqual([]);
  expect(await valuesAsOf(6)).toEqual([[10, 0.4, 6]]);
});

it('gives the items of the last step that has them', async () => {
  const itemsAsOf = (as_of: number) =>
    runtime.engine.reader.all(finalItems, { run_ids: ['r'], capability: 'code', as_of: [as_of] });
  expect(await itemsAsOf(7)).toMatchObject([{ last_step: 10, item_values: [1, 0], evidence: 7 }]);
  expect(await itemsAsOf(8)).toMatchObject([{ last_step: 20, item_values: [1, 1], evidence: 8 }]);
});

it('keeps scores of different settings, and replaces one of equal settings', async () => {
  const params = {
    run_ids: ['asked'],
    capability: null,
    benchmark: null,
    after: '',
    first: 10,
    as_of: [1_000_000],
  };
  const rows = await runtime.engine.reader.all(scores, params);
  expect(rows).toMatchObject([
    { step: 5, shots: 0, value: 0.6, filter: '', item_limit: null, harness: 'lm-eval abc' },
    { step: 5, shots: 5, value: 0.2 },
    { step: 5, shots: 5, value: 0.3, filter: 'strict-match', task_version: '3', item_limit: 10 },
    { step: null, shots: 0, value: 0.4 },
  ]);
  const [second] = await runtime.engine.reader.all(scores, {
    ...params,
    after: rows[0]?.page_key ?? '',
    first: 1,
  });
  expect(second).toEqual(rows[1]);
});

it('does not count an invalidation that was corrected, and reports none', async () => {
  const position = 1_000;
  await runtime.engine.insert({
    table: 'tributary.log_correction',
    token: 'correction',
    rows: [
      {
        corrected_position: 5,
        type: 'evaluation.score.invalidated',
        stream: 'run/r',
        reason: 'another run was meant',
        actor: 'a',
        _position: position,
        recorded_at: position,
      },
    ],
  });
  expect(await valuesAsOf(5)).toEqual([]);
  expect(await valuesAsOf(position)).toEqual([
    [10, 0.4, 6],
    [20, 0.7, 4],
  ]);
  const changes = (as_of: number) =>
    runtime.engine.reader.all(changedScores, { positions: [4], since: [4], as_of: [as_of] });
  expect(await changes(5)).toMatchObject([{ changed: 4, evidence: 5 }]);
  expect(await changes(position)).toEqual([]);
});
