import type { ServedProtocol } from '@tributary/test-endpoint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusal, serveTracker, trackerClient } from '../mlflow.fixture.ts';

let served: ServedProtocol;
beforeAll(async () => {
  served = await serveTracker();
});
afterAll(() => served.close());

const { ask, call, createExperiment, createRun, getExperiment } = trackerClient(() => served.url);
const byName = (name: string) => ask(`experiments/get-by-name?experiment_name=${encodeURIComponent(name)}`);
const namesOf = ({ experiments }: { experiments: { name: string }[] }) => experiments.map(({ name }) => name);
const events = async () => (await served.events()).length;

describe('an experiment', () => {
  it('keeps the location of artifacts that its creator states', async () => {
    const id = await createExperiment('located', { artifact_location: 's3://bucket/path' });
    expect(await getExperiment(id)).toMatchObject({ artifact_location: 's3://bucket/path' });
    const { run } = await ask('runs/create', { experiment_id: id });
    expect(run.info.artifact_uri).toBe(`s3://bucket/path/${run.info.run_id}/artifacts`);
  });

  it('has a numeric id, which clients parse', async () => {
    expect(await createExperiment('numbered')).toMatch(/^[1-9]\d{11,14}$/);
  });

  it.each([
    [1, 200],
    [500, 200],
    [501, 400],
  ])('with a name of %i characters is answered with %i', async (length, status) => {
    expect((await call('experiments/create', { name: 'n'.repeat(length) })).status).toBe(status);
  });

  it('keeps its name where it is renamed to the same one, and frees its old one', async () => {
    const experiment_id = await createExperiment('old name');
    await ask('experiments/update', { experiment_id, new_name: 'old name' });
    await ask('experiments/update', { experiment_id, new_name: 'new name' });
    expect((await byName('new name')).experiment.experiment_id).toBe(experiment_id);
    expect(await createExperiment('old name')).not.toBe(experiment_id);
  });

  it('cannot be renamed to the name of another one', async () => {
    await createExperiment('taken');
    const experiment_id = await createExperiment('free');
    expect(await call('experiments/update', { experiment_id, new_name: 'taken' })).toMatchObject(
      refusal(400, 'RESOURCE_ALREADY_EXISTS', /"taken" already exists as \d+$/),
    );
  });

  it('keeps its name while it is deleted', async () => {
    const experiment_id = await createExperiment('hidden');
    await ask('experiments/delete', { experiment_id });
    expect(await call('experiments/create', { name: 'hidden' })).toMatchObject(
      refusal(400, 'RESOURCE_ALREADY_EXISTS', /and is deleted; restore it or choose another name/),
    );
    expect((await byName('hidden')).experiment.lifecycle_stage).toBe('deleted');
  });

  it.each([
    ['update', { new_name: 'x' }],
    ['set-experiment-tag', { key: 'a', value: 'b' }],
    ['delete-experiment-tag', { key: 'a' }],
  ])('that is deleted refuses %s and stores nothing', async (path, body) => {
    const experiment_id = await createExperiment(`deleted before ${path}`);
    await ask('experiments/delete', { experiment_id });
    const before = await events();
    expect(await call(`experiments/${path}`, { experiment_id, ...body })).toMatchObject(
      refusal(400, 'INVALID_PARAMETER_VALUE', /experiment \d+ is deleted; restore it/),
    );
    expect(await events()).toBe(before);
  });

  it('that is deleted has deleted runs, which come back with it', async () => {
    const experiment_id = await createExperiment('with runs');
    const run_id = await createRun(experiment_id);
    const stage = async () => (await ask(`runs/get?run_id=${run_id}`)).run.info.lifecycle_stage;
    await ask('experiments/delete', { experiment_id });
    expect(await stage()).toBe('deleted');
    expect(await call('runs/set-tag', { run_id, key: 'a', value: 'b' })).toMatchObject(
      refusal(400, 'INVALID_PARAMETER_VALUE', /experiment \d+ is deleted/),
    );
    await ask('experiments/restore', { experiment_id });
    expect(await stage()).toBe('active');
  });

  it.each(['get?experiment_id=7', 'get-by-name?experiment_name=nobody'])(
    'that does not exist is answered with 404: %s',
    async (path) => {
      expect(await call(`experiments/${path}`)).toMatchObject(
        refusal(404, 'RESOURCE_DOES_NOT_EXIST', /experiment (7|"nobody") does not exist/),
      );
    },
  );

  it.each(['delete', 'restore', 'update', 'set-experiment-tag', 'delete-experiment-tag'])(
    'that does not exist cannot be changed by %s',
    async (path) => {
      expect(
        await call(`experiments/${path}`, { experiment_id: '7', key: 'a', new_name: 'x' }),
      ).toMatchObject(refusal(404, 'RESOURCE_DOES_NOT_EXIST', /experiment 7 does not exist/));
    },
  );

  it('has a tag of up to 20,000 characters, which a run cannot have', async () => {
    const experiment_id = await createExperiment('long tag');
    const value = 'v'.repeat(20_000);
    await ask('experiments/set-experiment-tag', { experiment_id, key: 'note', value });
    expect((await getExperiment(experiment_id)).tags).toEqual([{ key: 'note', value }]);
    const run_id = await createRun(experiment_id);
    expect((await call('runs/set-tag', { run_id, key: 'note', value })).status).toBe(400);
  });
});

describe('the default experiment', () => {
  it('is found by its name with its tags', async () => {
    await ask('experiments/set-experiment-tag', { experiment_id: '0', key: 'team', value: 'data' });
    const { experiment } = await byName('Default');
    expect(experiment).toMatchObject({ experiment_id: '0', tags: [{ key: 'team', value: 'data' }] });
    expect(await getExperiment('0')).toEqual(experiment);
  });

  it('keeps its name from others', async () => {
    expect(await call('experiments/create', { name: 'Default' })).toMatchObject(
      refusal(400, 'RESOURCE_ALREADY_EXISTS', /already exists as 0/),
    );
  });

  it('is found by its new name only once it was renamed', async () => {
    await ask('experiments/update', { experiment_id: '0', new_name: 'Scratch' });
    expect((await byName('Scratch')).experiment.experiment_id).toBe('0');
    expect((await call('experiments/get-by-name?experiment_name=Default')).status).toBe(404);
    await ask('experiments/update', { experiment_id: '0', new_name: 'Default' });
    expect((await byName('Default')).experiment.experiment_id).toBe('0');
  });
});

describe('a search for experiments', () => {
  const filter = "name LIKE 'view %'";

  it('shows the active ones unless it asks for another view', async () => {
    await createExperiment('view active');
    await ask('experiments/delete', { experiment_id: await createExperiment('view deleted') });
    const search = async (more: object) =>
      namesOf(await ask('experiments/search', { filter, order_by: ['name'], ...more }));
    expect(await search({})).toEqual(['view active']);
    expect(await search({ view_type: 'DELETED_ONLY' })).toEqual(['view deleted']);
    expect(await search({ view_type: 'ALL' })).toEqual(['view active', 'view deleted']);
  });

  it('is the same by GET and by POST', async () => {
    const query = `filter=${encodeURIComponent(filter)}&max_results=5&order_by=name&view_type=ALL`;
    expect(await ask(`experiments/search?${query}`)).toEqual(
      await ask('experiments/search', { filter, max_results: 5, order_by: ['name'], view_type: 'ALL' }),
    );
  });

  it('finds by a tag', async () => {
    await createExperiment('tagged', { tags: [{ key: 'goal', value: 'anneal' }] });
    expect(namesOf(await ask('experiments/search', { filter: "tags.goal = 'anneal'" }))).toEqual(['tagged']);
  });

  it('lists the newest first unless it asks for another order', async () => {
    await createExperiment('order 1');
    await createExperiment('order 2');
    const { experiments } = await ask('experiments/search', { filter: "name LIKE 'order %'" });
    const times = experiments.map(({ creation_time }: { creation_time: number }) => creation_time);
    expect(times).toEqual(times.toSorted((left: number, right: number) => right - left));
  });

  it.each([
    [{ max_results: 50_000 }, 200],
    [{ max_results: 50_001 }, 400],
    [{ order_by: ['name SIDEWAYS'] }, 400],
    [{ filter: "nothing = 'x'" }, 400],
    [{ order_by: 7 }, 400],
  ])('with %j is answered with %i', async (body, status) => {
    expect((await call('experiments/search', body)).status).toBe(status);
  });
});

describe('the datasets of experiments', () => {
  it('are listed once for each context, over all runs', async () => {
    const experiment_id = await createExperiment('with datasets');
    const input = (name: string, context?: string) => ({
      dataset: { name, digest: 'd', source_type: 'local', source: '{}' },
      tags: context === undefined ? [] : [{ key: 'mlflow.data.context', value: context }],
    });
    for (const datasets of [
      [input('web', 'training'), input('web', 'eval')],
      [input('web', 'training'), input('books')],
    ])
      await ask('runs/log-inputs', { run_id: await createRun(experiment_id), datasets });
    const { dataset_summaries } = await ask('experiments/search-datasets', {
      experiment_ids: [experiment_id],
    });
    expect(dataset_summaries).toHaveLength(3);
    expect(dataset_summaries).toEqual(
      expect.arrayContaining([
        { experiment_id, name: 'web', digest: 'd', context: 'training' },
        { experiment_id, name: 'web', digest: 'd', context: 'eval' },
        { experiment_id, name: 'books', digest: 'd' },
      ]),
    );
  });

  it('are none where no experiment is asked for or none has runs', async () => {
    const empty = await createExperiment('without runs');
    for (const experiment_ids of [[], [empty], ['7']])
      expect(await ask('experiments/search-datasets', { experiment_ids })).toEqual({ dataset_summaries: [] });
  });
});
