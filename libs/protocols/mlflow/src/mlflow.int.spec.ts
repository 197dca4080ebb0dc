import { memoryLog } from '@tributary/event-log';
import { Fault } from '@tributary/kernel';
import { serveProtocol } from '@tributary/test-endpoint';
import type { ServedProtocol } from '@tributary/test-endpoint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isTracker, mlflowControllers } from './index.ts';
import { refusal, serveTracker, trackerClient } from './mlflow.fixture.ts';

let served: ServedProtocol;
beforeAll(async () => {
  served = await serveTracker();
});
afterAll(() => served.close());

const { call, getRun, ...client } = trackerClient(() => served.url);

const createExperiment = (name: string) =>
  client.createExperiment(name, { tags: [{ key: 'team', value: 'data' }] });
const createRun = (experiment_id: string, run_name = 'calm') =>
  client.createRun(experiment_id, { run_name, user_id: 'mara' });

describe('experiments', () => {
  it('are created once a name and are found by id and by name', async () => {
    const experiment_id = await createExperiment('first');
    const { answer } = await call(`experiments/get?experiment_id=${experiment_id}`);
    expect(answer.experiment).toMatchObject({
      experiment_id,
      name: 'first',
      lifecycle_stage: 'active',
      artifact_location: `mlflow-artifacts:/${experiment_id}`,
      tags: [{ key: 'team', value: 'data' }],
    });
    const byName = await call('experiments/get-by-name?experiment_name=first', undefined, {
      prefix: 'ajax-api',
    });
    expect(byName.answer).toEqual(answer);
    expect(await call('experiments/create', { name: 'first' })).toMatchObject(
      refusal(400, 'RESOURCE_ALREADY_EXISTS', /already exists as/),
    );
  });

  it('are created once where two clients use one name at the same time', async () => {
    const answers = await Promise.all([1, 2].map(() => call('experiments/create', { name: 'raced' })));
    expect(answers.map(({ status }) => status).toSorted((left, right) => left - right)).toEqual([200, 400]);
  });

  it('are renamed, deleted and restored', async () => {
    const experiment_id = await createExperiment('second');
    expect((await call('experiments/update', { experiment_id, new_name: 'renamed' })).answer).toEqual({});
    await call('experiments/delete', { experiment_id });
    const gone = await call(`experiments/get?experiment_id=${experiment_id}`);
    expect(gone.answer.experiment).toMatchObject({ name: 'renamed', lifecycle_stage: 'deleted' });
    expect(await call('runs/create', { experiment_id })).toMatchObject(
      refusal(400, 'INVALID_PARAMETER_VALUE', /is deleted; restore it/),
    );
    await call('experiments/restore', { experiment_id });
    expect((await call('runs/create', { experiment_id })).status).toBe(200);
  });

  it('have tags that are set and removed', async () => {
    const experiment_id = await createExperiment('tagged');
    await call('experiments/set-experiment-tag', { experiment_id, key: 'stage', value: 'anneal' });
    await call('experiments/delete-experiment-tag', { experiment_id, key: 'team' });
    const { answer } = await call(`experiments/get?experiment_id=${experiment_id}`);
    expect(answer.experiment.tags).toEqual([{ key: 'stage', value: 'anneal' }]);
    expect(await call('experiments/delete-experiment-tag', { experiment_id, key: 'team' })).toMatchObject(
      refusal(404, 'RESOURCE_DOES_NOT_EXIST', /tag "team"/),
    );
  });

  it('are searched page by page', async () => {
    await createExperiment('page a');
    await createExperiment('page b');
    const ask = { filter: "name LIKE 'page %'", order_by: ['name DESC'], max_results: 1 };
    const first = await call('experiments/search', ask);
    expect(first.answer.experiments.map(({ name }: { name: string }) => name)).toEqual(['page b']);
    const second = await call('experiments/search', { ...ask, page_token: first.answer.next_page_token });
    expect(second.answer.experiments.map(({ name }: { name: string }) => name)).toEqual(['page a']);
    expect(second.answer.next_page_token).toBeUndefined();
  });

  it('contain a default one that cannot be deleted', async () => {
    expect((await call('experiments/get?experiment_id=0')).answer.experiment.name).toBe('Default');
    expect(await call('experiments/delete', { experiment_id: '0' })).toMatchObject(
      refusal(400, 'INVALID_PARAMETER_VALUE', /default experiment/),
    );
  });
});

describe('runs', () => {
  it('log metrics, params, tags, datasets and models, and are read back with all of them', async () => {
    const run_id = await createRun(await createExperiment('logged'));
    await call('runs/log-batch', {
      run_id,
      metrics: [
        { key: 'loss', value: 2.5, timestamp: 1, step: 1 },
        { key: 'loss', value: 'NaN', timestamp: 2, step: 2 },
      ],
      params: [{ key: 'lr', value: '0.1' }],
      tags: [{ key: 'stage', value: 'anneal' }],
    });
    await call('runs/log-metric', { run_id, key: 'accuracy', value: 0.5, timestamp: 3, step: 2 });
    await call('runs/log-parameter', { run_id, key: 'seed', value: '7' });
    await call('runs/set-tag', { run_id, key: 'stage', value: 'decay' });
    await call('runs/log-inputs', {
      run_id,
      datasets: [{ dataset: { name: 'web', digest: 'd1', source_type: 'local', source: '{}' } }],
      models: [{ model_id: 'm-in' }],
    });
    const { model_id } = (await call('logged-models', { source_run_id: run_id })).answer.model.info;
    await call('runs/outputs', { run_id, models: [{ model_id, step: 4 }] });
    await call('runs/log-model', { run_id, model_json: '{"artifact_path":"model"}' });
    const { info, data, inputs, outputs } = await getRun(run_id);
    expect(info).toMatchObject({
      run_name: 'calm',
      user_id: 'mara',
      status: 'RUNNING',
      lifecycle_stage: 'active',
    });
    expect(data.params).toEqual(
      expect.arrayContaining([
        { key: 'lr', value: '0.1' },
        { key: 'seed', value: '7' },
      ]),
    );
    expect(data.tags).toEqual(expect.arrayContaining([{ key: 'stage', value: 'decay' }]));
    expect(data.metrics).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ key: 'loss', value: 'NaN', step: 2 }),
        expect.objectContaining({ key: 'accuracy', value: 0.5 }),
      ]),
    );
    expect(inputs).toMatchObject({
      dataset_inputs: [{ dataset: { name: 'web' } }],
      model_inputs: [{ model_id: 'm-in' }],
    });
    expect(outputs.model_outputs).toEqual([{ model_id, step: 4 }]);
  });

  it('end, are deleted and are restored', async () => {
    const run_id = await createRun('0');
    const { answer } = await call('runs/update', {
      run_id,
      status: 'FINISHED',
      end_time: 1_764_000_005_000,
      run_name: 'done',
    });
    expect(answer.run_info).toMatchObject({
      status: 'FINISHED',
      end_time: 1_764_000_005_000,
      run_name: 'done',
    });
    await call('runs/delete', { run_id });
    expect(await call('runs/set-tag', { run_id, key: 'a', value: 'b' })).toMatchObject(
      refusal(400, 'INVALID_PARAMETER_VALUE', /is deleted/),
    );
    await call('runs/restore', { run_id });
    await call('runs/set-tag', { run_id, key: 'a', value: 'b' });
    await call('runs/delete-tag', { run_id, key: 'a' });
    expect((await getRun(run_id)).info.lifecycle_stage).toBe('active');
  });

  it('are searched by params, metrics, tags and view', async () => {
    const experiment_id = await createExperiment('searched');
    const [low, high] = [await createRun(experiment_id, 'low'), await createRun(experiment_id, 'high')];
    for (const [run_id, value] of [
      [low, 1],
      [high, 2],
    ] as const)
      await call('runs/log-batch', {
        run_id,
        metrics: [{ key: 'loss', value, timestamp: 1, step: 1 }],
        params: [{ key: 'lr', value: String(value) }],
      });
    const search = async (more: object) =>
      (await call('runs/search', { experiment_ids: [experiment_id], ...more })).answer.runs.map(
        (run: { info: { run_name: string } }) => run.info.run_name,
      );
    expect(await search({ filter: 'metrics.loss > 1.5' })).toEqual(['high']);
    expect(await search({ filter: "params.lr = '1' AND tags.`mlflow.user` = 'mara'" })).toEqual(['low']);
    expect(await search({ order_by: ['metrics.loss ASC'] })).toEqual(['low', 'high']);
    await call('runs/delete', { run_id: low });
    expect(await search({ run_view_type: 'DELETED_ONLY' })).toEqual(['low']);
    expect(await search({ run_view_type: 3, order_by: ['metrics.loss DESC'] })).toEqual(['high', 'low']);
    expect((await call('runs/search', { experiment_ids: [] })).answer).toEqual({ runs: [] });
  });

  it('list the datasets of their experiment', async () => {
    const experiment_id = await createExperiment('datasets');
    const run_id = await createRun(experiment_id);
    const dataset = { name: 'web', digest: 'd', source_type: 'local', source: '{}' };
    const tags = [{ key: 'mlflow.data.context', value: 'training' }];
    await call('runs/log-inputs', { run_id, datasets: [{ dataset, tags }] });
    const { answer } = await call('experiments/search-datasets', { experiment_ids: [experiment_id] });
    expect(answer.dataset_summaries).toEqual([
      { experiment_id, name: 'web', digest: 'd', context: 'training' },
    ]);
  });
});

describe('metrics', () => {
  it('have a history, page by page, and a sample', async () => {
    const run_id = await createRun('0');
    const metrics = [1, 2, 3].map((step) => ({ key: 'loss', value: step / 2, timestamp: step, step }));
    await call('runs/log-batch', { run_id, metrics });
    const first = await call(`metrics/get-history?run_id=${run_id}&metric_key=loss&max_results=2`);
    expect(first.answer.metrics.map(({ value }: { value: number }) => value)).toEqual([0.5, 1]);
    const token = encodeURIComponent(first.answer.next_page_token);
    const second = await call(
      `metrics/get-history?run_id=${run_id}&metric_key=loss&max_results=2&page_token=${token}`,
    );
    expect(second.answer).toMatchObject({ metrics: [{ value: 1.5, step: 3 }] });
    const sample = await call(
      `metrics/get-history-bulk-interval?run_ids=${run_id}&metric_key=loss&start_step=2&end_step=3&max_results=10`,
    );
    expect(sample.answer.metrics).toMatchObject([
      { step: 2, run_id },
      { step: 3, run_id },
    ]);
  });

  it('belong to runs whose files are kept elsewhere', async () => {
    const run_id = await createRun('0');
    const { answer } = await call(`artifacts/list?run_id=${run_id}`);
    expect(answer).toEqual({ root_uri: `mlflow-artifacts:/0/${run_id}/artifacts`, files: [] });
  });
});

describe('logged models', () => {
  it('are created, described, finished and deleted', async () => {
    const experiment_id = await createExperiment('models');
    const { answer } = await call('logged-models', {
      experiment_id,
      name: 'm',
      params: [{ key: 'lr', value: '1' }],
    });
    const { model_id } = answer.model.info;
    await call(`logged-models/${model_id}/params`, { params: [{ key: 'seed', value: '7' }] });
    await call(`logged-models/${model_id}/tags`, { tags: [{ key: 'a', value: 'b' }] }, { method: 'PATCH' });
    await call(`logged-models/${model_id}/tags/a`, undefined, { method: 'DELETE' });
    const done = await call(
      `logged-models/${model_id}`,
      { status: 'LOGGED_MODEL_READY' },
      { method: 'PATCH' },
    );
    expect(done.answer.model).toMatchObject({
      info: { name: 'm', status: 'LOGGED_MODEL_READY', tags: [] },
      data: { params: expect.arrayContaining([{ key: 'seed', value: '7' }]) },
    });
    const order_by = [{ field_name: 'name', ascending: true }];
    const found = await call('logged-models/search', {
      experiment_ids: [experiment_id],
      filter: "name = 'm'",
      order_by,
    });
    expect(found.answer.models).toHaveLength(1);
    await call(`logged-models/${model_id}`, undefined, { method: 'DELETE' });
    expect((await call(`logged-models/${model_id}`)).status).toBe(404);
    expect((await call(`logged-models/${model_id}?allow_deleted=true`)).status).toBe(200);
  });
});

type Refused = [
  what: string,
  path: string,
  body: object | undefined,
  status: number,
  code: string,
  message: RegExp,
];

describe('a refusal', () => {
  it.each<Refused>([
    [
      'an unknown run',
      'runs/get?run_id=none',
      undefined,
      404,
      'RESOURCE_DOES_NOT_EXIST',
      /run none does not exist/,
    ],
    ['an unknown endpoint', 'nothing/here', undefined, 404, 'ENDPOINT_NOT_FOUND', /no such endpoint/],
    ['a missing field', 'experiments/create', {}, 400, 'INVALID_PARAMETER_VALUE', /name is missing/],
    [
      'a name that is too long',
      'experiments/create',
      { name: 'x'.repeat(501) },
      400,
      'INVALID_PARAMETER_VALUE',
      /at most 500/,
    ],
    [
      'a body that is no object',
      'experiments/search',
      [],
      400,
      'INVALID_PARAMETER_VALUE',
      /must be a JSON object/,
    ],
    [
      'a filter that cannot be parsed',
      'experiments/search',
      { filter: 'name ~ 3' },
      400,
      'INVALID_PARAMETER_VALUE',
      /./,
    ],
    [
      'an invalid page token',
      'experiments/search',
      { page_token: 'x' },
      400,
      'INVALID_PARAMETER_VALUE',
      /page_token/,
    ],
    [
      'too large a page',
      'experiments/search',
      { max_results: 0 },
      400,
      'INVALID_PARAMETER_VALUE',
      /max_results/,
    ],
    [
      'a view that is unknown',
      'experiments/search',
      { view_type: 'constructor' },
      400,
      'INVALID_PARAMETER_VALUE',
      /the view/,
    ],
  ])('of %s has the shape that clients read', async (_what, ...[path, body, status, code, message]) => {
    expect(await call(path, body)).toMatchObject(refusal(status, code, message));
  });

  it('of a second value for a param names both values', async () => {
    const run_id = await createRun('0');
    await call('runs/log-parameter', { run_id, key: 'lr', value: '1' });
    expect(await call('runs/log-parameter', { run_id, key: 'lr', value: '2' })).toMatchObject(
      refusal(400, 'INVALID_PARAMETER_VALUE', /"1" and cannot become "2"/),
    );
  });

  it.each(['constructor', 'toString', 'BUSY', 9])('of the status %j is no fault', async (status) => {
    const run_id = await createRun('0');
    expect(await call('runs/update', { run_id, status })).toMatchObject(
      refusal(400, 'INVALID_PARAMETER_VALUE', /status must be one of/),
    );
    const value = { run_id, key: 'loss', value: status === 9 ? {} : status, timestamp: 1 };
    expect(await call('runs/log-metric', value)).toMatchObject(
      refusal(400, 'INVALID_PARAMETER_VALUE', /value must be a number/),
    );
  });

  it('is retryable where the log cannot be written', async () => {
    const append = () => Promise.reject(new Fault('log_write_failed', 'the disk is full'));
    const broken = await serveProtocol({
      controllers: mlflowControllers,
      replace: { ...served.endpoint, log: Object.assign(memoryLog(), { append }) },
    });
    expect(await trackerClient(() => broken.url).call('runs/create', { experiment_id: '0' })).toMatchObject(
      refusal(503, 'TEMPORARILY_UNAVAILABLE', /disk is full/),
    );
    await broken.close();
  });
});

it('knows its own paths', () => {
  expect(['/api/2.0/mlflow/runs/get', '/ajax-api/2.0/mlflow/x', '/v1/events'].map(isTracker)).toEqual([
    true,
    true,
    false,
  ]);
});
