import type { ServedProtocol } from '@tributary/test-endpoint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusal, serveTracker, trackerClient } from '../mlflow.fixture.ts';

let served: ServedProtocol;
beforeAll(async () => {
  served = await serveTracker();
});
afterAll(() => served.close());

const { ask, call, createExperiment, createModel, createRun } = trackerClient(() => served.url);

const getModel = async (id: string) => (await ask(`logged-models/${id}`)).model;
const patch = (path: string, body: object) => call(`logged-models/${path}`, body, { method: 'PATCH' });
const remove = (path: string) => call(`logged-models/${path}`, undefined, { method: 'DELETE' });
const events = async () => (await served.events()).length;
const namesOf = ({ models }: { readonly models: readonly { readonly info: { readonly name: string } }[] }) =>
  models.map(({ info }) => info.name);

describe('a logged model', () => {
  it('has what its creator states, and is pending', async () => {
    const experiment_id = await createExperiment('stated');
    const id = await createModel({
      experiment_id,
      name: 'm',
      model_type: 'gpt',
      source_run_id: 'r',
      params: [{ key: 'lr', value: '1' }],
      tags: [{ key: 't', value: 'x' }],
    });
    expect(await getModel(id)).toMatchObject({
      info: {
        model_id: id,
        experiment_id,
        name: 'm',
        model_type: 'gpt',
        source_run_id: 'r',
        status: 'LOGGED_MODEL_PENDING',
        artifact_uri: `mlflow-artifacts:/${experiment_id}/models/${id}/artifacts`,
        tags: [{ key: 't', value: 'x' }],
      },
      data: { params: [{ key: 'lr', value: '1' }], metrics: [] },
    });
  });

  it('is in the default experiment and is named by its id where nothing is stated', async () => {
    const id = await createModel({});
    expect(id).toMatch(/^m-[0-9a-f]{32}$/);
    expect((await getModel(id)).info).toMatchObject({ experiment_id: '0', name: id, model_type: '' });
  });

  it('has the last metrics that runs measured with it', async () => {
    const [model_id, run_id] = [await createModel({}), await createRun('0')];
    for (const step of [1, 2])
      await ask('runs/log-metric', { run_id, key: 'loss', value: step / 2, timestamp: step, step, model_id });
    expect((await getModel(model_id)).data.metrics).toEqual([
      { key: 'loss', value: 1, timestamp: 2, step: 2, model_id, run_id },
    ]);
  });

  it.each([
    ['LOGGED_MODEL_READY', 'LOGGED_MODEL_READY'],
    ['LOGGED_MODEL_UPLOAD_FAILED', 'LOGGED_MODEL_UPLOAD_FAILED'],
    [2, 'LOGGED_MODEL_READY'],
  ])('that is finished as %j has the status %s, stored once', async (status, label) => {
    const id = await createModel({});
    expect((await patch(id, { status })).answer.model.info.status).toBe(label);
    const before = await events();
    await patch(id, { status });
    expect(await events()).toBe(before);
  });

  it.each(['DONE', 0, 4, null, undefined])('cannot be finished as %j', async (status) => {
    expect(await patch(await createModel({}), { status })).toMatchObject(
      refusal(400, 'INVALID_PARAMETER_VALUE', /status must be one of LOGGED_MODEL_PENDING/),
    );
  });

  it('keeps the first value of a param', async () => {
    const id = await createModel({ params: [{ key: 'lr', value: '1' }] });
    expect(await call(`logged-models/${id}/params`, { params: [{ key: 'lr', value: '2' }] })).toMatchObject(
      refusal(400, 'INVALID_PARAMETER_VALUE', /param "lr" of model m-\w+ is "1" and cannot become "2"/),
    );
    expect((await getModel(id)).data.params).toEqual([{ key: 'lr', value: '1' }]);
  });

  it('has tags that are set and removed, also one with a slash in its key', async () => {
    const id = await createModel({});
    const tags = [
      { key: 'a/b', value: 'x' },
      { key: 'c', value: 'y' },
    ];
    expect((await patch(`${id}/tags`, { tags })).answer.model.info.tags).toHaveLength(2);
    expect((await remove(`${id}/tags/${encodeURIComponent('a/b')}`)).status).toBe(200);
    expect((await getModel(id)).info.tags).toEqual([{ key: 'c', value: 'y' }]);
    expect(await remove(`${id}/tags/none`)).toMatchObject(
      refusal(404, 'RESOURCE_DOES_NOT_EXIST', /tag "none" of model m-\w+/),
    );
  });

  it('that is deleted is shown only where deleted ones are allowed, and cannot be changed', async () => {
    const id = await createModel({ name: 'gone' });
    await remove(id);
    expect((await ask(`logged-models/${id}?allow_deleted=true`)).model.info.name).toBe('gone');
    const before = await events();
    for (const { status, answer } of [
      await call(`logged-models/${id}`),
      await call(`logged-models/${id}?allow_deleted=false`),
      await patch(id, { status: 'LOGGED_MODEL_READY' }),
      await patch(`${id}/tags`, { tags: [] }),
      await call(`logged-models/${id}/params`, { params: [] }),
      await remove(id),
    ])
      expect([status, answer.error_code]).toEqual([404, 'RESOURCE_DOES_NOT_EXIST']);
    expect(await events()).toBe(before);
  });

  it('cannot be in an experiment that is deleted or does not exist', async () => {
    const experiment_id = await createExperiment('deleted');
    await ask('experiments/delete', { experiment_id });
    expect(await call('logged-models', { experiment_id })).toMatchObject(
      refusal(400, 'INVALID_PARAMETER_VALUE', /is deleted/),
    );
    expect(await call('logged-models', { experiment_id: '7' })).toMatchObject(
      refusal(404, 'RESOURCE_DOES_NOT_EXIST', /experiment 7/),
    );
  });
});

describe('a search for logged models', () => {
  it('finds by attributes, tags, params and metrics, in the order it asks for', async () => {
    const experiment_id = await createExperiment('searched');
    const run_id = await createRun(experiment_id);
    for (const [name, value] of [
      ['a', 1],
      ['b', 2],
    ] as const) {
      const params = [{ key: 'lr', value: String(value) }];
      const model_id = await createModel({ experiment_id, name, params, tags: [{ key: 't', value: name }] });
      await ask('runs/log-metric', { run_id, key: 'loss', value, timestamp: 1, model_id });
    }
    const search = async (filter: string, ascending = true) =>
      namesOf(
        await ask('logged-models/search', {
          experiment_ids: [experiment_id],
          filter,
          order_by: [{ field_name: 'metrics.loss', ascending }],
        }),
      );
    expect(await search('')).toEqual(['a', 'b']);
    expect(await search('', false)).toEqual(['b', 'a']);
    expect(await search("name = 'a'")).toEqual(['a']);
    expect(await search("status = 'PENDING'")).toEqual(['a', 'b']);
    expect(await search("tags.t = 'b'")).toEqual(['b']);
    expect(await search("params.lr = '1'")).toEqual(['a']);
    expect(await search('metrics.loss > 1')).toEqual(['b']);
  });

  it('is complete over its pages and omits the deleted ones', async () => {
    const experiment_id = await createExperiment('paged');
    for (const name of ['a', 'b', 'c', 'd']) await createModel({ experiment_id, name });
    await remove(await createModel({ experiment_id, name: 'gone' }));
    const names: string[] = [];
    for (let page_token: string | undefined = ''; page_token !== undefined;) {
      const order_by = [{ field_name: 'name' }];
      const page = await ask('logged-models/search', {
        experiment_ids: [experiment_id],
        order_by,
        max_results: 3,
        page_token,
      });
      names.push(...namesOf(page));
      page_token = page.next_page_token;
    }
    expect(names).toEqual(['a', 'b', 'c', 'd']);
  });

  it.each([
    [{ max_results: 1000 }, 200],
    [{ max_results: 1001 }, 400],
    [{ order_by: [{}] }, 400],
    [{ order_by: ['name'] }, 400],
    [{ experiment_ids: [] }, 200],
  ])('with %j is answered with %i', async (body, status) => {
    expect((await call('logged-models/search', { experiment_ids: ['0'], ...body })).status).toBe(status);
  });
});
