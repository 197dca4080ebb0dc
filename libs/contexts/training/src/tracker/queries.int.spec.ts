import { aFact, project, openTestStore } from '@tributary/fixtures';
import type { TestStore } from '@tributary/fixtures';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { trackerProjection } from './projection.ts';
import {
  declaredInputs,
  latestMetrics,
  metricHistory,
  metricKeys,
  metricSample,
  modelMetrics,
  trackedModels,
  trackedParams,
  trackedProjects,
  trackedRuns,
  trackedTags,
} from './queries.ts';
import {
  inputsInRange,
  metricsInRange,
  paramsInRange,
  runRanges,
  runsInRange,
  tagsInRange,
} from './search-queries.ts';

type Points = { key: string; step: number | null; time: number; value: number | null }[];
const measured = (runId: string, points: Points, more: object = {}) =>
  aFact('training.metrics.recorded', {
    runId,
    keys: points.map(({ key }) => key),
    steps: points.map(({ step }) => step),
    times: points.map(({ time }) => time),
    values: points.map(({ value }) => value),
    ...more,
  });
const started = (runId: string, more: object = {}) =>
  aFact('training.run.started', { runId, attempt: 1, model: { name: 'm' }, config: {}, seeds: {}, ...more });
const annotated = (runId: string, more: object) => aFact('training.run.annotated', { runId, ...more });

const first = { key: 'loss', step: 1, time: 1000, value: 3 };
const FACTS = [
  aFact('training.project.registered', { projectId: 'p', name: 'first', tags: { team: 'data' } }),
  started('r', { projectId: 'p', name: 'calm' }),
  annotated('r', { tags: { stage: 'draft', note: 'x' }, params: { lr: '1' } }),
  annotated('r', { tags: { stage: 'final' }, removedTags: ['note'], name: 'calmer' }),
  measured('r', [first, { key: 'loss', step: 2, time: 2000, value: null }], {
    nonfinite: [{ index: 1, value: '+inf' }],
  }),
  measured('r', [first, first]),
  aFact('training.input.declared', {
    runId: 'r',
    name: 'web',
    digest: 'd',
    tags: { a: 'b' },
    context: 'training',
  }),
  aFact('training.input.declared', {
    runId: 'r',
    name: 'web',
    digest: 'd',
    tags: { a: 'b' },
    context: 'training',
  }),
  aFact('training.run.ended', { runId: 'r', attempt: 1, status: 'failed' }),
  annotated('r', { retired: true }),
  aFact('training.project.annotated', { projectId: 'p', name: 'second', retired: true }),
  started('other'),
  measured('other', [{ key: 'gpu', step: null, time: 5, value: 0.5 }]),
  aFact('training.model.annotated', { modelId: 'm', projectId: 'p', name: 'base', status: 'pending' }),
  aFact('training.model.annotated', { modelId: 'm', status: 'ready' }),
  measured('r', [{ key: 'acc', step: 1, time: 1, value: 0.25 }], { modelId: 'm', datasetName: 'web' }),
  annotated('r', { params: { lr: '2' } }),
];
const as_of = FACTS.length;

let runtime: TestStore;
beforeAll(async () => {
  runtime = await openTestStore();
  await project(runtime, trackerProjection, FACTS);
});
afterAll(() => runtime.remove());

const ask: TestStore['engine']['reader']['all'] = (question, params) =>
  runtime.engine.reader.all(question, params);
const runs = (position: number, project_ids: string[] = []) =>
  ask(trackedRuns, { project_ids, run_ids: [], as_of: [position] });
const EVERY_STEP = { from_step: null, to_step: null };
const history = (key: string, more: object = {}) =>
  ask(metricHistory, {
    ...EVERY_STEP,
    run_id: 'r',
    key,
    after: '',
    first: 10,
    skip: 0,
    as_of: [as_of],
    ...more,
  });

it('shows the name and retirement of a project as of a position', async () => {
  const named = (position: number) =>
    ask(trackedProjects, { project_id: null, name: null, as_of: [position] });
  expect(await named(5)).toMatchObject([{ project_id: 'p', name: 'first', retired: false }]);
  expect(await named(as_of)).toMatchObject([{ name: 'second', retired: true, evidence: [1, 11] }]);
  expect(await ask(trackedProjects, { project_id: null, name: 'first', as_of: [as_of] })).toEqual([]);
});

it('shows the name, end and retirement of a run as of a position', async () => {
  expect(await runs(3)).toMatchObject([{ run_id: 'r', name: 'calm', status: 'running', retired: false }]);
  expect(await runs(as_of, ['p'])).toMatchObject([
    {
      run_id: 'r',
      project_id: 'p',
      name: 'calmer',
      status: 'failed',
      retired: true,
      evidence: [2, 4, 9, 10],
    },
  ]);
  expect(await runs(as_of, [''])).toMatchObject([{ run_id: 'other', project_id: '' }]);
});

it('gives the newest value of each tag that is set, and the first of each param', async () => {
  const owned = { owner_kind: 'run' as const, owner_ids: ['r'], keys: [] };
  expect(await ask(trackedTags, { ...owned, as_of: [3] })).toMatchObject([
    { key: 'note', value: 'x', position: 3 },
    { key: 'stage', value: 'draft', position: 3 },
  ]);
  expect(await ask(trackedTags, { ...owned, as_of: [as_of] })).toMatchObject([
    { key: 'stage', value: 'final' },
  ]);
  expect(await ask(trackedTags, { ...owned, keys: ['other'], as_of: [as_of] })).toEqual([]);
  expect(await ask(trackedParams, { ...owned, as_of: [as_of] })).toEqual([
    { owner_id: 'r', key: 'lr', value: '1', position: 3 },
  ]);
});

it('shows a repeated point once, by page', async () => {
  const points = await history('loss');
  expect(points).toMatchObject([
    { value: 3, step: 1, time: 1000, position: 5 },
    { value: Infinity, step: 2, time: 2000, position: 5 },
  ]);
  expect(await history('loss', { first: 1, skip: 1 })).toMatchObject([{ step: 2 }]);
  expect(await history('loss', { after: points[0]?.page_key ?? '' })).toEqual(points.slice(1));
  expect(await history('loss', { as_of: [4] })).toEqual([]);
  expect(await history('loss', { from_step: 2 })).toMatchObject([{ step: 2 }]);
  expect(await history('loss', { to_step: 1.5 })).toMatchObject([{ step: 1 }]);
});

it('keeps the last point of each metric, with null for a missing step', async () => {
  expect(await ask(latestMetrics, { run_ids: [], keys: [], as_of: [as_of] })).toMatchObject([
    { run_id: 'other', key: 'gpu', value: 0.5, step: null },
    { run_id: 'r', key: 'acc', value: 0.25, model_id: 'm', dataset_name: 'web' },
    { run_id: 'r', key: 'loss', value: Infinity, step: 2, time: 2000 },
  ]);
  expect(await ask(metricKeys, { run_id: 'r', as_of: [as_of] })).toMatchObject([
    { key: 'acc', points: 1 },
    { key: 'loss', points: 2, first_step: 1, last_step: 2, stepped: 4 },
  ]);
  expect(await ask(metricKeys, { run_id: 'other', as_of: [as_of] })).toMatchObject([
    { key: 'gpu', points: 1, stepped: 0 },
  ]);
});

it('spaces a sample evenly over a history, including its last point', async () => {
  const sampled = { run_ids: ['r'], key: 'loss', from_step: null, to_step: null, as_of: [as_of] };
  expect(await ask(metricSample, { ...sampled, first: 5 })).toHaveLength(2);
  expect(await ask(metricSample, { ...sampled, from_step: 2, first: 5 })).toMatchObject([{ step: 2 }]);
  expect((await ask(metricSample, { ...sampled, first: 1 })).at(-1)).toMatchObject({ step: 2 });
});

it('lists a declared dataset once, with its events', async () => {
  expect(await ask(declaredInputs, { run_ids: ['r'], as_of: [as_of] })).toMatchObject([
    { name: 'web', digest: 'd', context: 'training', tags: { a: 'b' }, evidence: [7, 8] },
  ]);
});

it('shows a model with its status and the metrics on each dataset', async () => {
  expect(await ask(trackedModels, { project_ids: ['p'], model_ids: [], as_of: [as_of] })).toMatchObject([
    { model_id: 'm', name: 'base', status: 'ready', retired: false },
  ]);
  expect(await ask(modelMetrics, { model_ids: ['m'], as_of: [as_of] })).toMatchObject([
    { model_id: 'm', run_id: 'r', key: 'acc', value: 0.25, dataset_name: 'web' },
  ]);
});

it('counts no corrected fact from its correction on, in the rollup of last points neither', async () => {
  const correct = (corrected_position: number, type: string, position: number) =>
    runtime.engine.insert({
      table: 'tributary.log_correction',
      token: `correction:${position}`,
      rows: [
        {
          corrected_position,
          type,
          stream: 'run/r',
          reason: 'r',
          actor: 'a',
          _position: position,
          recorded_at: position,
        },
      ],
    });
  await correct(5, 'training.metrics.recorded', as_of + 1);
  await correct(4, 'training.run.annotated', as_of + 2);
  const latest = (position: number) =>
    ask(latestMetrics, { run_ids: ['r'], keys: ['loss'], as_of: [position] });
  expect(await latest(as_of)).toMatchObject([{ value: Infinity, step: 2 }]);
  expect(await latest(as_of + 1)).toMatchObject([{ value: 3, step: 1 }]);
  expect(await history('loss', { as_of: [as_of + 1] })).toMatchObject([{ step: 1, position: 6 }]);
  expect(await runs(as_of + 1, ['p'])).toMatchObject([{ name: 'calmer' }]);
  expect(await runs(as_of + 2, ['p'])).toMatchObject([{ name: 'calm', evidence: [2, 9, 10] }]);
});

/** The rows that rows of columns stand for. */
const rowsOf = (all: readonly Record<string, readonly unknown[]>[]) =>
  all.flatMap((columns) =>
    (Object.values(columns)[0] ?? []).map((_one, at) =>
      Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, values[at]])),
    ),
  );

it.each([as_of, as_of + 2])(
  'has in a range of ids, column by column, what it has of each run, as of %i',
  async (position) => {
    const all = { run_ids: [], as_of: [position] };
    const owners = { owner_kind: 'run' as const, owner_ids: [], keys: [], as_of: [position] };
    const range = { from_id: 'a', to_id: 'z', as_of: [position] };
    const texts = { ...range, owner_kind: 'run' as const, keys: [] };
    for (const [columns, rows] of [
      [await ask(runsInRange, { ...range, project_ids: [] }), await runs(position)],
      [await ask(tagsInRange, texts), await ask(trackedTags, owners)],
      [await ask(paramsInRange, texts), await ask(trackedParams, owners)],
      [await ask(metricsInRange, { ...range, keys: [] }), await ask(latestMetrics, { ...all, keys: [] })],
      [await ask(inputsInRange, range), await ask(declaredInputs, all)],
    ] as const) {
      expect(rows.length).toBeGreaterThan(0);
      expect(rowsOf(columns)).toMatchObject(
        rows.map((row) =>
          Object.fromEntries(Object.keys(columns[0] ?? {}).map((name) => [name, row[name as never]])),
        ),
      );
    }
    expect(await ask(runsInRange, { ...range, to_id: 'other', project_ids: [] })).toMatchObject([
      { run_id: ['other'] },
    ]);
    const fewer = { ...inputsInRange, most: 0 };
    await expect(ask(fewer, range)).rejects.toMatchObject({ code: 'too_many_rows' });
    expect(await ask(runRanges, { project_ids: ['p', ''], most: 1, as_of: [position] })).toEqual([
      { from_id: 'other', to_id: 'other' },
      { from_id: 'r', to_id: 'r' },
    ]);
  },
);
