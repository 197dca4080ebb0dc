import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { removeDirectory, startServer, temporaryDirectory } from './server-under-test.suite.ts';
import type { ServerUnderTest } from './server-under-test.suite.ts';

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

it('records the steps of an export once, however it is cut when it comes again', async () => {
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
        '1 spans that say nothing of a training run were ignored; 1 steps were recorded before with other values; the first record stands',
    },
  });
  expect(await recordedSteps()).toEqual({ curve: { points: [{ values: 3, low: 1, high: 3 }] } });
});

it('answers in the coding that it was asked in', async () => {
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

it('counts log records that it does not keep', async () => {
  const logs = JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords: [{}, {}] }] }] });
  expect(JSON.parse((await post('logs', logs)).text)).toEqual({
    partialSuccess: { errorMessage: '2 log records were ignored' },
  });
});
