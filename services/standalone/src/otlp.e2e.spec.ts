import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { removeDirectory, startServer, temporaryDirectory } from './server-under-test.fixture.ts';
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

async function post(path: string, body: string | Uint8Array, headers: Record<string, string> = {}) {
  const response = await fetch(`${server.url}/v1/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
  const type = response.headers.get('content-type');
  return { status: response.status, type, text: await response.text() };
}

const resource = { attributes: [{ key: 'nemo.run.id', value: { stringValue: 'r' } }] };
const step = (iteration: number, loss: number) => ({
  name: 'megatron.train_step',
  attributes: [
    { key: 'megatron.iteration', value: { intValue: String(iteration) } },
    { key: 'megatron.loss', value: { doubleValue: loss } },
  ],
});
const traces = (...spans: object[]) =>
  JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans }] }] });

const recordedSteps = async (): Promise<unknown> => {
  const asOf = await server.logEnd();
  return server.ask(
    'query ($asOf: Position) { curve(run: "r", asOf: $asOf) { points { values low high } } }',
    { asOf },
  );
};

it('records the steps of an export once, however a repeat of it is split', async () => {
  const all = [step(1, 3), step(2, 2), step(3, 1)];
  expect(await post('traces', traces(...all))).toMatchObject({ status: 200, text: '{}' });
  const end = await server.logEnd();
  expect(await post('traces', traces(...all))).toMatchObject({ status: 200, text: '{}' });
  const zipped = gzipSync(traces(...all.slice(1)));
  expect(await post('traces', zipped, { 'content-encoding': 'gzip' })).toMatchObject({
    status: 200,
    text: '{}',
  });
  expect(await server.logEnd()).toBe(end);
  expect(await recordedSteps()).toEqual({ curve: { points: [{ values: 3, low: 1, high: 3 }] } });
});

it('rejects a step that was recorded with another value, and keeps the first', async () => {
  const answer = await post('traces', traces(step(3, 9), { name: 'megatron.forward' }));
  expect(JSON.parse(answer.text)).toEqual({
    partialSuccess: {
      rejectedSpans: '1',
      errorMessage:
        '1 spans that say nothing of a training run were ignored; 1 steps were recorded before with other values; the first record stands; kept as dead letters',
    },
  });
  expect(await recordedSteps()).toEqual({ curve: { points: [{ values: 3, low: 1, high: 3 }] } });
});

it('records what an export has that is too long to be read between others', async () => {
  const noted = (iteration: number) => ({
    ...step(iteration, iteration),
    events: [{ name: 'x'.repeat(2_000) }],
  });
  const spans = traces(...Array.from({ length: 200 }, (_, at) => noted(101 + at)));
  const dataPoints = [{ timeUnixNano: '1', asDouble: 1 }];
  const metrics = Array.from({ length: 2_000 }, (_, at) => ({
    name: `m${at}`.padEnd(100, '.'),
    gauge: { dataPoints },
  }));
  const points = JSON.stringify({ resourceMetrics: [{ resource, scopeMetrics: [{ metrics }] }] });
  for (const [path, body] of [
    ['traces', spans],
    ['metrics', points],
  ] as const) {
    expect(body.length).toBeGreaterThan(256 * 1024);
    const before = await server.logEnd();
    expect(await post(path, body)).toMatchObject({ status: 200, text: '{}' });
    const end = await server.logEnd();
    expect(BigInt(end)).toBeGreaterThan(BigInt(before));
    expect(await post(path, body)).toMatchObject({ status: 200, text: '{}' });
    expect(await server.logEnd()).toBe(end);
  }
});

it('answers in the encoding of the request', async () => {
  const protobuf = { 'content-type': 'application/x-protobuf' };
  expect(await post('traces', '', protobuf)).toMatchObject({
    status: 200,
    type: 'application/x-protobuf',
    text: '',
  });
  expect(await post('metrics', 'abcdef', protobuf)).toMatchObject({
    status: 400,
    type: 'application/x-protobuf',
  });
  const refused = await post('traces', '{"resourceSpans":7}');
  expect(refused).toMatchObject({ status: 400, type: expect.stringContaining('application/json') });
  expect(JSON.parse(refused.text)).toMatchObject({ code: 3 });
});

it('counts log records, which it does not store', async () => {
  const logs = JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords: [{}, {}] }] }] });
  expect(JSON.parse((await post('logs', logs)).text)).toEqual({
    partialSuccess: { errorMessage: '2 log records were ignored' },
  });
});

type DeadLetter = { id: string; endpoint: string; code: string; message: string; text: string };

async function parked(endpoint: string): Promise<DeadLetter[]> {
  type Answer = { deadLetters: { nodes: DeadLetter[] } };
  const { deadLetters } = await server.ask<Answer>(
    '{ deadLetters(state: parked) { nodes { id endpoint code } } }',
  );
  const refused = deadLetters.nodes.filter((each) => each.endpoint === endpoint);
  const opened = refused.map(async ({ id }) => {
    const query = 'query ($id: ID!) { deadLetter(id: $id) { id endpoint code text } }';
    return (await server.ask<{ deadLetter: DeadLetter }>(query, { id })).deadLetter;
  });
  return Promise.all(opened);
}

const replay = (id: string, fixed?: string) =>
  server.ask(
    'mutation ($id: ID!, $fixed: String) { replayDeadLetter(id: $id, actor: "mara", fixedText: $fixed) { state position } }',
    { id, fixed },
  );

it('parks a contradicting step as a dead letter that can be corrected and sent again', async () => {
  await post('traces', traces(step(40, 1)));
  await post('traces', traces(step(40, 2)));
  const contradicted = (await parked('POST /v1/traces')).find(({ text }) => text.includes('"40"'));
  expect(contradicted).toMatchObject({ code: 'step_contradicted' });
  const { id = '', text = '' } = contradicted ?? {};
  expect(await replay(id)).toMatchObject({ replayDeadLetter: { state: 'parked', position: null } });
  expect(await replay(id, text.replace('"40"', '"41"'))).toEqual({
    replayDeadLetter: { state: 'replayed', position: await server.logEnd() },
  });
});

it('parks points without a name, and bytes that are not an export, as dead letters', async () => {
  const gauge = { dataPoints: [{ timeUnixNano: '1', asDouble: 1 }] };
  const metrics = [
    { name: '', gauge },
    { name: 'ms', gauge },
  ];
  const body = JSON.stringify({ resourceMetrics: [{ resource, scopeMetrics: [{ metrics }] }] });
  expect(JSON.parse((await post('metrics', body)).text)).toMatchObject({
    partialSuccess: { rejectedDataPoints: '1', errorMessage: expect.stringContaining('dead letters') },
  });
  expect((await post('metrics', '{"resourceMetrics":')).status).toBe(400);
  const deadLetters = await parked('POST /v1/metrics');
  expect(deadLetters).toContainEqual(expect.objectContaining({ code: 'invalid_name' }));
  expect(deadLetters).toContainEqual(
    expect.objectContaining({ code: 'not_decoded', text: '{"resourceMetrics":' }),
  );
});

it('stores a long attribute of a run as a blob', async () => {
  const attributes = Array.from({ length: 20 }, (_, n) => ({
    key: `note${n}`,
    value: { stringValue: 'x'.repeat(6_000) },
  }));
  const before = Number(await server.logEnd());
  const answer = await post('traces', traces({ name: 'megatron.pretrain', attributes }));
  expect(answer).toMatchObject({ status: 200, text: '{}' });
  expect(Number(await server.logEnd())).toBeGreaterThan(before);
  const blobs = readdirSync(join(directory, 'blobs'), { recursive: true }).filter((name) =>
    /[0-9a-f]{60}/.test(String(name)),
  );
  expect(blobs.length).toBeGreaterThan(0);
});

it('refuses an export whose inflated size exceeds the limit', async () => {
  const bomb = gzipSync(Buffer.alloc(9 * 1024 * 1024, 32));
  const refused = await post('traces', bomb, { 'content-encoding': 'gzip' });
  expect([refused.status, JSON.parse(refused.text).code]).toEqual([413, 3]);
  expect((await post('traces', '{}', { 'content-encoding': 'gzip' })).status).toBe(400);
  expect((await post('traces', '{}', { 'content-type': 'text/plain' })).status).toBe(415);
});
