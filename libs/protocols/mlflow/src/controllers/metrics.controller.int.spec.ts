import type { ServedProtocol } from '@tributary/test-endpoint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusal, serveTracker, trackerClient } from '../mlflow.fixture.ts';

let served: ServedProtocol;
beforeAll(async () => {
  served = await serveTracker();
});
afterAll(() => served.close());

const { ask, call, createRun, getRun } = trackerClient(() => served.url);

type Metric = { readonly value: number | string; readonly step: number; readonly run_id?: string };
const stepsOf = ({ metrics }: { readonly metrics: readonly Metric[] }) => metrics.map(({ step }) => step);

async function runWith(count: number): Promise<string> {
  const run_id = await createRun('0');
  const metrics = Array.from({ length: count }, (_, step) => ({
    key: 'loss',
    value: step / 2,
    timestamp: step,
    step,
  }));
  await ask('runs/log-batch', { run_id, metrics });
  return run_id;
}

const history = (run_id: string, more = '') => `metrics/get-history?run_id=${run_id}&metric_key=loss${more}`;
const sample = (runs: readonly string[], more = '') =>
  `metrics/get-history-bulk-interval?${runs.map((id) => `run_ids=${id}`).join('&')}&metric_key=loss${more}`;

describe('the history of a metric', () => {
  it('is complete over its pages, in order, without a point twice', async () => {
    const run_id = await runWith(23);
    const steps: number[] = [];
    for (let token: string | undefined = ''; token !== undefined;) {
      const page = await ask(history(run_id, `&max_results=5&page_token=${encodeURIComponent(token)}`));
      expect(page.metrics.length).toBeLessThanOrEqual(5);
      steps.push(...stepsOf(page));
      token = page.next_page_token;
    }
    expect(steps).toEqual(Array.from({ length: 23 }, (_, step) => step));
  });

  it('ends with its last full page', async () => {
    const page = await ask(history(await runWith(5), '&max_results=5'));
    expect(page).toEqual({ metrics: expect.any(Array) });
  });

  it('has values that JSON does not have, as text', async () => {
    const run_id = await createRun('0');
    const metrics = ['NaN', 'Infinity', '-Infinity', 1e-300].map((value, timestamp) => ({
      key: 'loss',
      value,
      timestamp,
    }));
    await ask('runs/log-batch', { run_id, metrics });
    const { metrics: read } = await ask(history(run_id));
    expect(read.map(({ value }: Metric) => value)).toEqual(['NaN', 'Infinity', '-Infinity', 1e-300]);
  });

  it('has a point once, however often it is sent', async () => {
    const run_id = await createRun('0');
    const point = { run_id, key: 'loss', value: 1, timestamp: 2, step: -3 };
    for (let times = 0; times < 3; times += 1) await ask('runs/log-metric', point);
    expect((await ask(history(run_id))).metrics).toEqual([{ key: 'loss', value: 1, timestamp: 2, step: -3 }]);
  });

  it('is empty for a metric that the run does not have', async () => {
    expect(await ask(history(await createRun('0')))).toEqual({ metrics: [] });
  });

  it('is found by the former name of the run id', async () => {
    const run_id = await runWith(1);
    expect(stepsOf(await ask(`metrics/get-history?run_uuid=${run_id}&metric_key=loss`))).toEqual([0]);
  });

  it.each([
    ['&max_results=250000', 200],
    ['&max_results=250001', 400],
    ['&max_results=0', 400],
    ['&max_results=x', 400],
    [`&page_token=${Buffer.from('after:4294967295').toString('base64')}`, 200],
    [`&page_token=${Buffer.from('after:4294967296').toString('base64')}`, 400],
    [`&page_token=${Buffer.from('after:-1').toString('base64')}`, 400],
    ['&page_token=a&page_token=b', 400],
  ])('with %s is answered with %i', async (more, status) => {
    expect((await call(history(await createRun('0'), more))).status).toBe(status);
  });

  it('needs a run that exists and the key of a metric', async () => {
    expect(await call(history('nobody'))).toMatchObject(
      refusal(404, 'RESOURCE_DOES_NOT_EXIST', /run nobody does not exist/),
    );
    expect(await call(`metrics/get-history?run_id=${await createRun('0')}`)).toMatchObject(
      refusal(400, 'INVALID_PARAMETER_VALUE', /metric_key is missing/),
    );
  });
});

describe('a sample of a metric', () => {
  it('has about the number of points that it asks for, evenly spaced, with the last', async () => {
    const steps = stepsOf(await ask(sample([await runWith(100)], '&max_results=10')));
    expect(steps.length).toBeLessThanOrEqual(11);
    expect([steps[0], steps.at(-1)]).toEqual([0, 99]);
    const gaps = steps.slice(1, -1).map((step, index) => step - (steps[index] ?? 0));
    expect(new Set(gaps).size).toBe(1);
  });

  it('has every point where there are few', async () => {
    expect(stepsOf(await ask(sample([await runWith(4)], '&max_results=4')))).toEqual([0, 1, 2, 3]);
  });

  it('has its share of each run', async () => {
    const runs = [await runWith(3), await runWith(2)];
    const { metrics } = await ask(sample(runs));
    const counts = runs.map((id) => metrics.filter(({ run_id }: Metric) => run_id === id).length);
    expect(counts).toEqual([3, 2]);
  });

  it.each([
    ['&start_step=3', [3, 4, 5]],
    ['&end_step=2', [0, 1, 2]],
    ['&start_step=2&end_step=2', [2]],
    ['&start_step=4&end_step=3', []],
    ['&start_step=-5&end_step=0', [0]],
  ])('between steps as in %s has both ends', async (more, steps) => {
    expect(stepsOf(await ask(sample([await runWith(6)], more)))).toEqual(steps);
  });

  it.each([
    [100, 200],
    [101, 400],
  ])('of %i runs is answered with %i', async (count, status) => {
    const runs = Array.from({ length: count }, (_, index) => `r${index}`);
    expect((await call(sample(runs))).status).toBe(status);
  });

  it.each([
    ['&max_results=2500', 200],
    ['&max_results=2501', 400],
    ['&max_results=0', 400],
    ['&start_step=1.5', 400],
  ])('with %s is answered with %i', async (more, status) => {
    expect((await call(sample(['r'], more))).status).toBe(status);
  });

  it('needs a run', async () => {
    expect(await call('metrics/get-history-bulk-interval?metric_key=loss')).toMatchObject(
      refusal(400, 'INVALID_PARAMETER_VALUE', /run_ids is missing/),
    );
  });
});

describe('the last value of a metric', () => {
  it('is the one of the highest step, then the latest, in whatever order they arrive', async () => {
    const run_id = await createRun('0');
    for (const [step, timestamp, value] of [
      [2, 5, 20],
      [3, 1, 30],
      [3, 2, 31],
      [1, 9, 10],
    ])
      await ask('runs/log-metric', { run_id, key: 'loss', value, timestamp, step });
    expect((await getRun(run_id)).data.metrics).toEqual([{ key: 'loss', value: 31, timestamp: 2, step: 3 }]);
  });

  it('names the model and the dataset that it was measured with', async () => {
    const run_id = await createRun('0');
    const named = { model_id: 'm', dataset_name: 'web', dataset_digest: 'd' };
    await ask('runs/log-metric', { run_id, key: 'loss', value: 1, timestamp: 1, step: 1, ...named });
    expect((await getRun(run_id)).data.metrics).toMatchObject([named]);
  });
});

it.each(['GET', 'POST', 'PUT', 'DELETE'])(
  'answers %s of an endpoint that it does not have with 404',
  async (method) => {
    expect(await call('no-such-models/create', undefined, { method })).toMatchObject(
      refusal(404, 'ENDPOINT_NOT_FOUND', /no such endpoint/),
    );
  },
);
