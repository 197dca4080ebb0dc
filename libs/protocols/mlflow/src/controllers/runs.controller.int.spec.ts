import type { ServedProtocol } from '@tributary/test-endpoint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusal, serveTracker, trackerClient } from '../mlflow.fixture.ts';

let served: ServedProtocol;
beforeAll(async () => {
  served = await serveTracker();
});
afterAll(() => served.close());

const { ask, call, createExperiment, createModel, createRun, getRun } = trackerClient(() => served.url);

type Run = { readonly info: { readonly run_id: string; readonly run_name: string } };
const namesOf = ({ runs }: { readonly runs: readonly Run[] }) => runs.map(({ info }) => info.run_name);
const events = async () => (await served.events()).length;
type Tag = { readonly key: string; readonly value: string };
const tagsOf = async (run_id: string) => {
  const { tags }: { readonly tags: readonly Tag[] } = (await getRun(run_id)).data;
  return new Map(tags.map(({ key, value }) => [key, value]));
};

describe('a run', () => {
  it('is read back as it was answered when it was created', async () => {
    const tags = [{ key: 'stage', value: 'anneal' }];
    const body = {
      experiment_id: '0',
      run_name: 'calm',
      user_id: 'mara',
      start_time: 1_764_000_000_000,
      tags,
    };
    const { run } = await ask('runs/create', body);
    const read = await getRun(run.info.run_id);
    expect(read.info).toEqual(run.info);
    expect(new Set(read.data.tags)).toEqual(new Set(run.data.tags));
    expect({ ...read, info: {}, data: {} }).toEqual({ ...run, info: {}, data: {} });
  });

  it.each([
    ['its run_name', { run_name: 'a', tags: [{ key: 'mlflow.runName', value: 'b' }] }, /^a$/],
    ['its tag', { tags: [{ key: 'mlflow.runName', value: 'b' }] }, /^b$/],
    ['its id', {}, /^run-[0-9a-f]{8}$/],
    ['its id where the name is empty', { run_name: '' }, /^run-[0-9a-f]{8}$/],
  ])('has a name from %s, which is also a tag', async (_what, more, name) => {
    const run_id = await createRun('0', more);
    expect((await getRun(run_id)).info.run_name).toMatch(name);
    expect((await tagsOf(run_id)).get('mlflow.runName')).toMatch(name);
  });

  it('has a name that is longer than a fact can hold and ends in half of a surrogate pair there', async () => {
    const run_name = `${'x'.repeat(511)}😀 and more`;
    expect((await getRun(await createRun('0', { run_name }))).info.run_name).toBe(run_name);
  });

  it('is renamed by its tag as by an update', async () => {
    const run_id = await createRun('0', { run_name: 'first' });
    await ask('runs/set-tag', { run_id, key: 'mlflow.runName', value: 'second' });
    expect((await getRun(run_id)).info.run_name).toBe('second');
    await ask('runs/update', { run_id, run_name: 'third' });
    expect((await tagsOf(run_id)).get('mlflow.runName')).toBe('third');
  });

  it('is in the default experiment where none is stated', async () => {
    const { run } = await ask('runs/create', {});
    expect(run.info).toMatchObject({ experiment_id: '0', status: 'RUNNING' });
    expect(run.info).not.toHaveProperty('end_time');
  });

  it('cannot be in an experiment that does not exist', async () => {
    const before = await events();
    expect(await call('runs/create', { experiment_id: '7' })).toMatchObject(
      refusal(404, 'RESOURCE_DOES_NOT_EXIST', /experiment 7/),
    );
    expect(await events()).toBe(before);
  });

  it.each([
    ['FINISHED', 'FINISHED'],
    ['FAILED', 'FAILED'],
    ['KILLED', 'KILLED'],
    [3, 'FINISHED'],
  ])('that ends as %j has the status %s and the time of its end', async (status, label) => {
    const run_id = await createRun('0');
    const { run_info } = await ask('runs/update', { run_id, status, end_time: 1_764_000_009_000 });
    expect(run_info).toMatchObject({ run_id, status: label, end_time: 1_764_000_009_000 });
    expect((await getRun(run_id)).info).toMatchObject({ status: label });
  });

  it('that continues after its end is running again, without a time of its end', async () => {
    const run_id = await createRun('0');
    await ask('runs/update', { run_id, status: 'FINISHED' });
    const { run_info } = await ask('runs/update', { run_id, status: 'RUNNING' });
    expect(run_info.status).toBe('RUNNING');
    expect(run_info).not.toHaveProperty('end_time');
  });

  it.each([
    ['update', { status: 'FINISHED' }],
    ['delete', {}],
    ['restore', {}],
    ['delete-tag', { key: 'a' }],
    ['set-tag', { key: 'a', value: 'b' }],
    ['log-parameter', { key: 'a', value: 'b' }],
    ['log-metric', { key: 'a', value: 1, timestamp: 1 }],
    ['log-batch', {}],
    ['log-inputs', {}],
    ['outputs', {}],
    ['log-model', { model_json: '{"artifact_path":"a"}' }],
  ])('that does not exist is answered with 404 by %s', async (path, body) => {
    expect(await call(`runs/${path}`, { run_id: 'nobody', ...body })).toMatchObject(
      refusal(404, 'RESOURCE_DOES_NOT_EXIST', /run nobody does not exist/),
    );
  });

  it.each([
    ['update', { status: 'FINISHED' }],
    ['delete-tag', { key: 'mlflow.runName' }],
    ['log-parameter', { key: 'a', value: 'b' }],
    ['log-metric', { key: 'a', value: 1, timestamp: 1 }],
    ['log-batch', {}],
    ['log-inputs', {}],
    ['outputs', {}],
    ['log-model', { model_json: '{"artifact_path":"a"}' }],
  ])('that is deleted refuses %s and stores nothing', async (path, body) => {
    const run_id = await createRun('0');
    await ask('runs/delete', { run_id });
    const before = await events();
    expect(await call(`runs/${path}`, { run_id, ...body })).toMatchObject(
      refusal(400, 'INVALID_PARAMETER_VALUE', /is deleted; restore it before you change it/),
    );
    expect(await events()).toBe(before);
  });
});

describe('a search for runs', () => {
  const search = (experiment_id: string, more: object = {}) =>
    ask('runs/search', { experiment_ids: [experiment_id], order_by: ['attributes.run_name'], ...more });

  it('finds by attributes, datasets and several conditions', async () => {
    const id = await createExperiment('conditions');
    const [a, b] = [await createRun(id, { run_name: 'a' }), await createRun(id, { run_name: 'b' })];
    const dataset = { name: 'web', digest: 'd1', source_type: 'local', source: '{}' };
    await ask('runs/log-inputs', { run_id: a, datasets: [{ dataset }] });
    await ask('runs/log-batch', { run_id: b, params: [{ key: 'lr', value: '1' }] });
    await ask('runs/update', { run_id: b, status: 'FAILED' });
    for (const [filter, names] of [
      ["status = 'FAILED'", ['b']],
      ["run_name ILIKE 'A'", ['a']],
      [`run_id IN ('${a}', '${b}')`, ['a', 'b']],
      ["dataset.name = 'web'", ['a']],
      ["dataset.digest = 'd2'", []],
      ['params.lr IS NULL', ['a']],
      ["params.lr = '1' AND status != 'FAILED'", []],
      ['start_time >= 1764000000000', ['a', 'b']],
      ['end_time IS NULL', ['a']],
      ['metrics.loss < 1', []],
    ] as const)
      expect([filter, namesOf(await search(id, { filter }))]).toEqual([filter, names]);
  });

  it('is complete over its pages', async () => {
    const id = await createExperiment('pages');
    for (const run_name of ['a', 'b', 'c', 'd', 'e']) await createRun(id, { run_name });
    const names: string[] = [];
    for (let page_token: string | undefined = ''; page_token !== undefined;) {
      const page = await search(id, { max_results: 2, page_token });
      names.push(...namesOf(page));
      page_token = page.next_page_token;
    }
    expect(names).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('sorts missing values last, in either direction', async () => {
    const id = await createExperiment('missing');
    for (const [run_name, value] of [
      ['none', undefined],
      ['low', 1],
      ['high', 2],
    ] as const) {
      const run_id = await createRun(id, { run_name });
      const metrics = value === undefined ? [] : [{ key: 'loss', value, timestamp: 1 }];
      await ask('runs/log-batch', { run_id, metrics });
    }
    expect(namesOf(await search(id, { order_by: ['metrics.loss'] }))).toEqual(['low', 'high', 'none']);
    expect(namesOf(await search(id, { order_by: ['metrics.loss DESC'] }))).toEqual(['high', 'low', 'none']);
  });

  it('finds nothing in an experiment that does not exist', async () => {
    expect(await search('7')).toEqual({ runs: [] });
  });

  it.each([
    [{ filter: 'loss <' }, /expected a number or a quoted string/],
    [{ filter: "metrics.loss = 'x'" }, /must be compared with a number/],
    [{ order_by: ['a b c'] }, /is not an order/],
    [{ run_view_type: 'SOME' }, /view must be one of/],
    [{ max_results: 50_001 }, /max_results must be between 1 and 50000/],
  ])('with %j is refused', async (body, message) => {
    expect(await call('runs/search', { experiment_ids: ['0'], ...body })).toMatchObject(
      refusal(400, 'INVALID_PARAMETER_VALUE', message),
    );
  });
});

describe('what a run logs', () => {
  it('is stored once where a request is sent again after a lost answer', async () => {
    const run_id = await createRun('0');
    const requests = [
      ['log-metric', { key: 'loss', value: 1, timestamp: 1, step: 1 }],
      ['log-parameter', { key: 'lr', value: '1' }],
      ['set-tag', { key: 't', value: 'x' }],
      ['log-inputs', { datasets: [{ dataset: { name: 'web' } }], models: [{ model_id: 'm' }] }],
      ['outputs', { models: [{ model_id: 'm', step: 1 }] }],
      ['log-model', { model_json: '{"artifact_path":"model"}' }],
    ] as const;
    for (const [path, body] of requests) await ask(`runs/${path}`, { run_id, ...body });
    const before = await events();
    for (const [path, body] of requests) await ask(`runs/${path}`, { run_id, ...body });
    expect(await events()).toBe(before);
  });

  it('is stored all or none where a batch is refused', async () => {
    const run_id = await createRun('0');
    await ask('runs/log-parameter', { run_id, key: 'lr', value: '1' });
    const before = await events();
    const batch = {
      metrics: [{ key: 'loss', value: 1, timestamp: 1 }],
      params: [{ key: 'lr', value: '2' }],
      tags: [{ key: 't', value: 'x' }],
    };
    expect((await call('runs/log-batch', { run_id, ...batch })).status).toBe(400);
    expect(await events()).toBe(before);
  });

  it('can be a profile so long that it is stored in a blob', async () => {
    const run_id = await createRun('0');
    const dataset = { name: 'web', profile: 'p'.repeat(1_000_000) };
    await ask('runs/log-inputs', { run_id, datasets: [{ dataset }] });
    expect((await served.events()).at(-1)).toMatchObject({ dataref: expect.any(String) });
    expect((await getRun(run_id)).inputs.dataset_inputs[0].dataset.profile).toHaveLength(1_000_000);
  });

  it.each([
    ['is no JSON', 'x', /model_json is no JSON/],
    ['is no object', '[]', /must be a JSON object with an artifact_path/],
    ['has no path', '{}', /must be a JSON object with an artifact_path/],
    ['has a path that is no text', '{"artifact_path":7}', /must be a JSON object with an artifact_path/],
  ])('cannot be a model whose description %s', async (_what, model_json, message) => {
    expect(await call('runs/log-model', { run_id: await createRun('0'), model_json })).toMatchObject(
      refusal(400, 'INVALID_PARAMETER_VALUE', message),
    );
  });

  it('can be a model whose path is longer than a key and no well-formed text', async () => {
    const run_id = await createRun('0');
    const path = String.raw`${'p'.repeat(300)}\ud800`;
    await ask('runs/log-model', {
      run_id,
      model_json: `{"artifact_path":"${path}","more":"${'m'.repeat(8000)}"}`,
    });
    await ask('runs/log-model', { run_id, model_json: String.raw`{"artifact_path":"\ud800"}` });
    const models = [...(await tagsOf(run_id)).keys()].filter((key) =>
      key.startsWith('tributary.loggedModel.'),
    );
    expect(new Set(models)).toEqual(
      new Set([`tributary.loggedModel.${'p'.repeat(228)}`, 'tributary.loggedModel.\ufffd']),
    );
  });

  it('has the step 0 where the step of an output is negative', async () => {
    const [run_id, model_id] = [await createRun('0'), await createModel({})];
    await ask('runs/outputs', { run_id, models: [{ model_id, step: -1 }] });
    expect((await getRun(run_id)).outputs.model_outputs).toEqual([{ model_id, step: 0 }]);
  });

  it('has no output where the model was never logged', async () => {
    const run_id = await createRun('0');
    await ask('runs/outputs', { run_id, models: [{ model_id: 'unknown', step: 1 }] });
    expect((await getRun(run_id)).outputs.model_outputs).toEqual([]);
  });

  // The last test, so that no other one waits for the tables to hold so many facts.
  it.each([
    [1000, 200],
    [1001, 400],
  ])('can be %i datasets: %i', async (count, status) => {
    const datasets = Array.from({ length: count }, (_, index) => ({ dataset: { name: `d${index}` } }));
    expect((await call('runs/log-inputs', { run_id: await createRun('0'), datasets })).status).toBe(status);
  });
});
