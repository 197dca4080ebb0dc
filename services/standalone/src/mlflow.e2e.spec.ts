import { afterAll, beforeAll, expect, it } from 'vitest';
import { announce, removeDirectory, startServer, temporaryDirectory } from './server-under-test.fixture.ts';
import type { ServerUnderTest } from './server-under-test.fixture.ts';

const directory = temporaryDirectory();
let server: ServerUnderTest;
beforeAll(async () => {
  server = await startServer(directory);
});
afterAll(async () => {
  await server.end('SIGTERM');
  removeDirectory(directory);
});

// oxlint-disable-next-line typescript/no-explicit-any -- answers of another protocol, read where they are looked at
type Answer = { status: number; body: Record<string, any> };

async function call(path: string, body?: object, method = body ? 'POST' : 'GET'): Promise<Answer> {
  const response = await fetch(`${server.url}/${path}`, {
    method,
    ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
  });
  return { status: response.status, body: JSON.parse(await response.text()) };
}

const api = (path: string, body?: object, method?: string) => call(`api/2.0/mlflow/${path}`, body, method);

async function newRun(experiment_id = '0'): Promise<string> {
  const { body } = await api('runs/create', { experiment_id, start_time: 1_764_000_000_000 });
  return body['run'].info.run_id;
}

const history = async (run_id: string, key: string) =>
  (await api(`metrics/get-history?run_id=${run_id}&metric_key=${key}`)).body['metrics'];

it('answers under both prefixes, and refuses an unknown endpoint in the shape of the API', async () => {
  const found = await api('experiments/get?experiment_id=0');
  expect(found.body['experiment']).toMatchObject({ name: 'Default', lifecycle_stage: 'active' });
  expect(await call('ajax-api/2.0/mlflow/experiments/get?experiment_id=0')).toEqual(found);
  expect(await api('webhooks')).toMatchObject({
    status: 404,
    body: { error_code: 'ENDPOINT_NOT_FOUND' },
  });
});

it('returns a write in every read after its acknowledgement', async () => {
  const run_id = await newRun();
  for (let step = 0; step < 10; step += 1) {
    await api('runs/log-metric', { run_id, key: 'loss', value: step, timestamp: step, step });
    const { body } = await api(`runs/get?run_id=${run_id}`);
    expect(body['run'].data.metrics).toEqual([{ key: 'loss', value: step, timestamp: step, step }]);
    expect(await history(run_id, 'loss')).toHaveLength(step + 1);
  }
});

it('stores nothing of a repeated batch, and returns a point once that was in several batches', async () => {
  const run_id = await newRun();
  const point = { key: 'loss', value: 'NaN', timestamp: '5', step: '1' };
  const batch = {
    run_id,
    metrics: [point],
    params: [{ key: 'lr', value: '1' }],
    tags: [{ key: 't', value: 'a' }],
  };
  await api('runs/log-batch', batch);
  const before = await server.logEnd();
  expect(await api('runs/log-batch', batch)).toEqual({ status: 200, body: {} });
  expect(await server.logEnd()).toBe(before);
  await api('runs/log-batch', { run_id, metrics: [point, { ...point, step: 2 }] });
  expect(await history(run_id, 'loss')).toEqual([
    { key: 'loss', value: 'NaN', timestamp: 5, step: 1 },
    { key: 'loss', value: 'NaN', timestamp: 5, step: 2 },
  ]);
});

it.each([
  ['runs/log-batch', { metrics: Array.from({ length: 1001 }, () => ({})) }, /at most 1000 metrics/],
  ['runs/log-batch', { tags: [{ key: 't', value: 'x'.repeat(1_000_000) }] }, /at most 1000000 bytes/],
  ['runs/log-parameter', { key: 'p', value: 'x'.repeat(6001) }, /at most 6000/],
  ['runs/set-tag', { key: 'a/../b', value: '' }, /relative path/],
  ['runs/log-metric', { key: 'm', value: 'x', timestamp: 1 }, /value must be a number/],
  ['runs/log-inputs', { datasets: [{ dataset: { name: 'd', digest: 'x'.repeat(37) } }] }, /at most 36/],
  ['runs/search', { experiment_ids: ['0'], filter: 'metrics.loss < "x"' }, /compared with a number/],
  ['runs/search', { experiment_ids: ['0'], max_results: 50_001 }, /between 1 and 50000/],
  ['runs/search', { experiment_ids: ['0'], page_token: 'x' }, /page_token/],
  ['experiments/create', { name: '' }, /name is missing/],
])('refuses %s beyond what it allows: %#', async (path, body, message) => {
  const answer = await api(path, { run_id: await newRun(), ...body });
  expect(answer).toMatchObject({ status: 400, body: { error_code: 'INVALID_PARAMETER_VALUE' } });
  expect(answer.body['message']).toMatch(message);
});

it('stores a dataset whose profile exceeds the size of an event', async () => {
  const run_id = await newRun();
  const profile = JSON.stringify({ text: 'x'.repeat(300_000) });
  const dataset = { name: 'web', digest: 'd1', source_type: 'local', source: '{}', profile };
  const input = { tags: [{ key: 'mlflow.data.context', value: 'training' }], dataset };
  expect(await api('runs/log-inputs', { run_id, datasets: [input] })).toEqual({ status: 200, body: {} });
  const { body } = await api(`runs/get?run_id=${run_id}`);
  expect(body['run'].inputs.dataset_inputs).toEqual([input]);
  const found = await api('experiments/search-datasets', { experiment_ids: ['0'] });
  expect(found.body['dataset_summaries']).toContainEqual({
    experiment_id: '0',
    name: 'web',
    digest: 'd1',
    context: 'training',
  });
});

it('deletes and restores an experiment with its runs', async () => {
  const { body } = await api('experiments/create', { name: 'short-lived' });
  const { experiment_id } = body;
  const run_id = await newRun(experiment_id);
  const logged = () => api('runs/log-metric', { run_id, key: 'loss', value: 1, timestamp: 1 });
  await api('experiments/delete', { experiment_id });
  expect(await logged()).toMatchObject({ status: 400, body: { error_code: 'INVALID_PARAMETER_VALUE' } });
  const listed = async () => (await api('runs/search', { experiment_ids: [experiment_id] })).body['runs'];
  expect(await listed()).toEqual([]);
  await api('experiments/restore', { experiment_id });
  expect(await logged()).toMatchObject({ status: 200 });
  expect(await listed()).toHaveLength(1);
});

it('lists and logs to a run that was recorded as facts', async () => {
  const started = {
    runId: 'recorded',
    attempt: 1,
    model: { name: 'm' },
    config: {},
    seeds: {},
    name: 'recorded',
  };
  await server.record({
    specversion: '1.0',
    id: 'recorded-started',
    source: 'urn:test',
    type: 'training.run.started',
    data: started,
  });
  expect(await api('runs/set-tag', { run_id: 'recorded', key: 't', value: 'x' })).toMatchObject({
    status: 200,
  });
  const { body } = await api('runs/search', { experiment_ids: ['0'], filter: "tags.t = 'x'" });
  expect(body['runs']).toMatchObject([
    { info: { run_id: 'recorded', run_name: 'recorded', experiment_id: '0' } },
  ]);
});

it('samples the histories of several runs evenly', async () => {
  const run_id = await newRun();
  const metrics = Array.from({ length: 500 }, (_, step) => ({
    key: 'm',
    value: step,
    timestamp: step,
    step,
  }));
  await api('runs/log-batch', { run_id, metrics });
  const path = `metrics/get-history-bulk-interval?run_ids=${run_id}&metric_key=m&max_results=10`;
  const { body } = await api(path);
  expect(body['metrics'].length).toBeLessThanOrEqual(11);
  expect(body['metrics'].at(-1)).toEqual({ key: 'm', value: 499, timestamp: 499, step: 499, run_id });
});

it('keeps a file of any type for a run, lists it, and sends it back as an attachment', async () => {
  const run_id = await newRun();
  const address = `${server.url}/api/2.0/mlflow-artifacts/artifacts/0/${run_id}/artifacts/page.html`;
  const html = '<script>alert(1)</script>'.repeat(300_000);
  const headers = { 'content-type': 'text/html' };
  const sent = await fetch(address, { method: 'PUT', headers, body: html });
  expect([sent.status, await sent.json()]).toEqual([200, {}]);
  const got = await fetch(address);
  expect(got.headers.get('content-disposition')).toMatch(/^attachment/);
  expect(got.headers.get('content-security-policy')).toMatch(/sandbox/);
  expect(await got.text()).toBe(html);
  const foreign = { ...headers, origin: 'https://evil.example' };
  expect((await fetch(address, { method: 'PUT', headers: foreign, body: 'x' })).status).toBe(403);
  expect((await api(`artifacts/list?run_id=${run_id}`)).body['files']).toEqual([
    { path: 'page.html', is_dir: false, file_size: html.length },
  ]);
});

it('lists no artifacts where there are none, and says where they will be', async () => {
  const run_id = await newRun();
  expect((await api(`artifacts/list?run_id=${run_id}`)).body).toEqual({
    root_uri: `mlflow-artifacts:/0/${run_id}/artifacts`,
    files: [],
  });
});

it.each([
  ['malformed JSON', 'application/json', '{"run_id":', 400],
  ['an empty body', 'application/json', '', 400],
  ['JSON that is no object', 'application/json', '[1]', 400],
  ['another content type', 'text/plain', '{}', 415],
])('answers %s in the shape of the API, and keeps no dead letter', async (_what, type, body, status) => {
  const response = await fetch(`${server.url}/api/2.0/mlflow/runs/log-batch`, {
    method: 'POST',
    headers: { 'content-type': type },
    body,
  });
  expect([response.status, response.headers.get('content-type')]).toEqual([
    status,
    expect.stringContaining('application/json'),
  ]);
  expect(await response.json()).toEqual({
    error_code: 'INVALID_PARAMETER_VALUE',
    message: expect.stringMatching(/./),
  });
  expect(await server.ask('{ status { deadLetters { parked } } }')).toEqual({
    status: { deadLetters: { parked: 0 } },
  });
});

it('refuses a body that is too large by its announced length, in the shape of the API', async () => {
  const headers = { 'content-type': 'application/json', 'content-length': 5_000_000 };
  expect(await announce(`${server.url}/api/2.0/mlflow/runs/log-batch`, headers)).toEqual({
    status: 413,
    body: { error_code: 'INVALID_PARAMETER_VALUE', message: expect.stringMatching(/./) },
  });
});
