import { START } from '@tributary/kernel';
import { memoryLog } from '@tributary/event-log';
import { beforeEach, describe, expect, it } from 'vitest';
import { batchOf, inputOf, tagOf } from '../requests/limits.ts';
import {
  createModel,
  createProject,
  creationOf,
  finishModel,
  saveModels,
  createRun,
  declareInputs,
  logBatch,
  removeTag,
  renameProject,
  requireActive,
  setLifecycle,
  setTags,
  updateRun,
} from './tracker.ts';

const RUN = { kind: 'run', id: 'r' } as const;
const NOW = 1_764_000_000_000_000;

let log: ReturnType<typeof memoryLog>;
beforeEach(async () => {
  log = memoryLog({ clock: () => NOW });
  await createRun(log, { runId: 'r', projectId: '0', name: 'calm', startTime: NOW / 1000, tags: [] });
});

const batch = (body: object) => logBatch(log, 'r', batchOf({ ...body }, 100));
const stored = async () => {
  const events = await log.read({ after: START, limit: 1000, maxBytes: 1e9 });
  return events.map(({ bytes }) => JSON.parse(Buffer.from(bytes).toString('utf8')));
};
const point = (value: number | string, step = 1) => ({ key: 'loss', value, timestamp: 1, step });

it('stores a batch once however often it is sent', async () => {
  const body = {
    metrics: [point(2.5), point('NaN', 2), point('-Infinity', 3)],
    params: [{ key: 'lr', value: '1' }],
    tags: [{ key: 'stage', value: 'anneal' }],
  };
  await batch(body);
  const before = await stored();
  await batch(body);
  await batch(body);
  expect(await stored()).toEqual(before);
  expect(before.slice(1).map(({ type }) => type)).toEqual([
    'training.metrics.recorded',
    'training.run.annotated',
    'training.run.annotated',
  ]);
});

it('keeps values that JSON does not have', async () => {
  await batch({ metrics: [point(2.5), point('NaN', 2), point('Infinity', 3), point('-Infinity', 4)] });
  expect((await stored()).at(-1).data).toMatchObject({
    runId: 'r',
    steps: [1, 2, 3, 4],
    times: [1000, 1000, 1000, 1000],
    values: [2.5, null, null, null],
    nonfinite: [
      { index: 1, value: 'nan' },
      { index: 2, value: '+inf' },
      { index: 3, value: '-inf' },
    ],
  });
});

it('refuses another value for a param and stores nothing of its batch', async () => {
  await batch({ params: [{ key: 'lr', value: '1' }] });
  const before = await stored();
  const other = {
    metrics: [point(1)],
    tags: [{ key: 't', value: 'x' }],
    params: [{ key: 'lr', value: '2' }],
  };
  await expect(batch(other)).rejects.toMatchObject({
    code: 'INVALID_PARAMETER_VALUE',
    message: 'param "lr" of run r is "1" and cannot become "2": a param is written once',
  });
  expect(await stored()).toEqual(before);
});

it('keeps the last value of a tag, even one that it had before', async () => {
  for (const value of ['a', 'a', 'b', 'a']) await setTags(log, RUN, [{ key: 't', value }]);
  const values = (await stored()).flatMap(({ data }) => data.tags?.t ?? []);
  expect(values).toEqual(['a', 'b', 'a']);
});

it('finds the newest of many settings, and accepts settings of concurrent writers', async () => {
  for (let at = 0; at < 37; at += 1) await setTags(log, RUN, [{ key: 't', value: String(at) }]);
  await setTags(log, RUN, [{ key: 't', value: '36' }]);
  expect((await stored()).filter(({ data }) => data.tags?.t)).toHaveLength(37);
  await Promise.all(['x', 'y', 'z'].map((value) => setTags(log, RUN, [{ key: 't', value }])));
  const last = (await stored()).slice(-3).map(({ data }) => data.tags.t);
  expect(new Set(last)).toEqual(new Set(['x', 'y', 'z']));
});

it('removes a tag that is set, and refuses one that is not', async () => {
  await setTags(log, RUN, [{ key: 't', value: 'a' }]);
  await removeTag(log, RUN, 't', new Map());
  expect((await stored()).at(-1).data).toEqual({ runId: 'r', removedTags: ['t'] });
  await expect(removeTag(log, RUN, 't', new Map())).rejects.toMatchObject({
    code: 'RESOURCE_DOES_NOT_EXIST',
  });
});

it('ends a run once, and starts a further attempt where it continues', async () => {
  const end = { status: 'completed', endTime: NOW / 1000 + 5 } as const;
  await updateRun(log, 'r', end, NOW);
  await updateRun(log, 'r', end, NOW + 1);
  await updateRun(log, 'r', { status: 'running' }, NOW);
  await updateRun(log, 'r', { status: 'running' }, NOW);
  await updateRun(log, 'r', { status: 'failed' }, NOW);
  const turns = (await stored()).filter(({ type }) => /run\.(started|ended)$/.test(type));
  expect(turns.map(({ data }) => [data.attempt, data.status ?? 'running'])).toEqual([
    [1, 'running'],
    [1, 'completed'],
    [2, 'running'],
    [2, 'failed'],
  ]);
  expect(turns[1].time).toBe('2025-11-24T16:00:00.005000Z');
});

it('refuses changes of a deleted run until it is restored', async () => {
  await setLifecycle(log, RUN, true, false);
  await setLifecycle(log, RUN, true, true);
  await expect(requireActive(log, RUN)).rejects.toThrow('run r is deleted');
  await setLifecycle(log, RUN, false, true);
  await expect(requireActive(log, RUN)).resolves.toBeUndefined();
  expect((await stored()).slice(1).map(({ data }) => data.retired)).toEqual([true, false]);
});

it('registers a project, and stores a rename to the same name once', async () => {
  const tags = [{ key: 'team', value: 'data' }];
  await createProject(log, { projectId: 'p', name: 'first', artifacts: '', tags });
  await renameProject(log, 'p', 'second');
  await renameProject(log, 'p', 'second');
  const facts = (await stored()).slice(1).map(({ type, data }) => [type, data.name]);
  expect(facts).toEqual([
    ['training.project.registered', 'first'],
    ['training.project.annotated', undefined],
    ['training.project.annotated', 'second'],
  ]);
});

it('declares a dataset once, with its context', async () => {
  const input = inputOf({
    tags: [{ key: 'mlflow.data.context', value: 'training' }],
    dataset: { name: 'web', digest: 'd1', source_type: 'local', source: '{}', profile: '{"rows":7}' },
  });
  await declareInputs(log, 'r', [input]);
  await declareInputs(log, 'r', [input]);
  expect((await stored()).slice(1).map(({ data }) => data)).toMatchObject([
    { name: 'web', digest: 'd1', context: 'training', profile: '{"rows":7}' },
  ]);
});

it.each([
  [{ metrics: Array.from({ length: 1001 }, () => point(1)) }, /at most 1000 metrics/],
  [{ params: Array.from({ length: 101 }, (_, at) => ({ key: `p${at}`, value: '' })) }, /at most 100 params/],
  [{ tags: Array.from({ length: 101 }, (_, at) => ({ key: `t${at}`, value: '' })) }, /at most 100 tags/],
  [{ params: [{ key: 'p', value: 'x'.repeat(6001) }] }, /param value is 6001 characters/],
  [{ tags: [{ key: 't', value: 'x'.repeat(8001) }] }, /tag value is 8001 characters/],
  [{ metrics: [{ ...point(1), key: 'x'.repeat(251) }] }, /metric key is 251 characters/],
  [{ metrics: [{ ...point(1), key: '../a' }] }, /relative path/],
  [{ metrics: [{ ...point(1), key: '/a' }] }, /relative path/],
  [{ metrics: [{ ...point(1), key: 'a?b' }] }, /relative path/],
  [{ metrics: [point('many')] }, /value must be a number, not "many"/],
  [{ metrics: [{ ...point(1), step: '9007199254740993' }] }, /step must be a whole number/],
  [{ metrics: [{ ...point(1), timestamp: -1 }] }, /timestamp must be between/],
  [
    {
      params: [
        { key: 'p', value: '1' },
        { key: 'p', value: '2' },
      ],
    },
    /two values/,
  ],
])('refuses a batch beyond its limits: %#', (body, message) => {
  expect(() => batchOf({ ...body }, 100)).toThrow(message);
});

it('refuses a batch of more bytes than a million', () => {
  expect(() => batchOf({}, 1_000_001)).toThrow(/at most 1000000 bytes/);
});

it('reads 64-bit integers that are strings', () => {
  const { points } = batchOf({ metrics: [{ key: 'a', value: '1.5', timestamp: '12', step: '-3' }] }, 10);
  expect(points).toEqual([{ key: 'a', value: 1.5, timestamp: 12, step: -3 }]);
  expect(tagOf({ key: 'a b/c:d.e', value: 'x' })).toEqual({ key: 'a b/c:d.e', value: 'x' });
});

it.each([
  ['before 2000', 946_684_799_999, undefined],
  ['at the start of 2000', 946_684_800_000, '2000-01-01T00:00:00.000000Z'],
  ['at the end of 2099', 4_102_444_799_999, '2099-12-31T23:59:59.999000Z'],
  ['after 2099', 4_102_444_800_000, undefined],
])('has the time of a run that started %s, or omits it', async (_what, startTime, time) => {
  await createRun(log, { runId: 's', projectId: '0', name: '', startTime, tags: [] });
  expect((await stored()).at(-1).time).toBe(time);
});

it('gives a further attempt the name and the project of the first', async () => {
  await updateRun(log, 'r', { status: 'failed' }, NOW);
  await updateRun(log, 'r', { status: 'running' }, NOW);
  expect((await stored()).at(-1).data).toMatchObject({
    attempt: 2,
    projectId: '0',
    name: 'calm',
    model: { name: 'calm' },
  });
});

it('records another end of a run, and the same end once', async () => {
  const end = (status: 'completed' | 'failed', endTime?: number) =>
    updateRun(log, 'r', { status, ...(endTime === undefined ? {} : { endTime }) }, NOW);
  await end('completed', NOW / 1000);
  await end('completed');
  await end('completed', NOW / 1000);
  await end('failed');
  await end('failed', NOW / 1000 + 1000);
  const ends = (await stored()).filter(({ type }) => type === 'training.run.ended');
  expect(ends.map(({ data, time }) => [data.status, time])).toEqual([
    ['completed', '2025-11-24T16:00:00.000000Z'],
    ['failed', '2025-11-24T16:00:00.000000Z'],
    ['failed', '2025-11-24T16:00:01.000000Z'],
  ]);
});

describe('a model', () => {
  const model = { modelId: 'm', projectId: '0', runId: '', name: 'gpt', modelType: '', params: [], tags: [] };
  const statuses = async () =>
    (await stored()).filter(({ type }) => type === 'training.model.annotated').map(({ data }) => data.status);

  it('is pending when it is created, without fields that are empty', async () => {
    await createModel(log, model);
    expect((await stored()).at(-1).data).toEqual({
      modelId: 'm',
      projectId: '0',
      name: 'gpt',
      status: 'pending',
    });
  });

  it('has each change of its status once', async () => {
    await createModel(log, model);
    for (const status of ['pending', 'ready', 'ready', 'failed', 'ready'] as const)
      await finishModel(log, 'm', status);
    expect(await statuses()).toEqual(['pending', 'ready', 'failed', 'ready']);
  });

  it('is saved by a run once at each step', async () => {
    for (const step of [1, 1, 2]) await saveModels(log, 'r', [{ modelId: 'm', step }]);
    const saved = (await stored()).filter(({ type }) => type === 'training.checkpoint.saved');
    expect(saved.map(({ data }) => data)).toEqual(
      [1, 2].map((step) => ({ runId: 'r', attempt: 1, checkpointId: 'm', step })),
    );
  });
});

it('knows with which data it created an owner, and nothing of others', async () => {
  expect(await creationOf(log, RUN)).toMatchObject({ runId: 'r', name: 'calm' });
  expect(await creationOf(log, { kind: 'run', id: 's' })).toBeUndefined();
  await createProject(log, { projectId: 'p', name: 'first', artifacts: 's3://b', tags: [] });
  await renameProject(log, 'p', 'second');
  expect(await creationOf(log, { kind: 'project', id: 'p' })).toEqual({
    projectId: 'p',
    name: 'first',
    artifacts: 's3://b',
  });
});
