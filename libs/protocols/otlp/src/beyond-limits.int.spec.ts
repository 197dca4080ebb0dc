import { Fault } from '@tributary/kernel';
import { serveProtocol } from '@tributary/test-endpoint';
import type { ServedProtocol } from '@tributary/test-endpoint';
import { trainingProjection } from '@tributary/training';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isOtlp, OTLP_METRICS, OtlpController, replayMetrics } from './index.ts';

const MET = { limit: 'queryBytes', value: 7, key: 'TRIBUTARY_QUERY_BYTES' };

let served: ServedProtocol;
let limited: ServedProtocol;
/** What appends fail with, in order. */
const faults: Fault[] = [];

beforeAll(async () => {
  const otlp = { controllers: [OtlpController], isRaw: isOtlp };
  served = await serveProtocol({ ...otlp, projections: [trainingProjection] });
  const append = () => Promise.reject(faults.shift() ?? new Error('no more'));
  limited = await serveProtocol({
    ...otlp,
    replace: { deadLetters: served.endpoint.deadLetters, log: { ...served.log, append } },
  });
});
afterAll(async () => {
  await limited.close();
  await served.close();
});

const metrics = [
  { name: 'loss', gauge: { dataPoints: [{ timeUnixNano: '1764000000000000000', asDouble: 2.5 }] } },
];
const resource = { attributes: [{ key: 'nemo.run.id', value: { stringValue: 'r' } }] };
const BODY = JSON.stringify({ resourceMetrics: [{ resource, scopeMetrics: [{ metrics }] }] });

async function exported(): Promise<{ status: number; after: string | null; message: string }> {
  const response = await fetch(`${limited.url}/v1/metrics`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: BODY,
  });
  const { message } = JSON.parse(await response.text());
  return { status: response.status, after: response.headers.get('retry-after'), message };
}

it('keeps an export that exceeds a limit whenever it is sent, and asks for no retry', async () => {
  faults.push(new Fault('query_memory', 'more than 7 bytes: set TRIBUTARY_QUERY_BYTES', { met: MET }));
  const { status, after, message } = await exported();
  expect({ status, after }).toEqual({ status: 422, after: null });
  expect(message).toMatch(/TRIBUTARY_QUERY_BYTES; the export is kept as a dead letter/);
  const { deadLetters } = await served.deadLetters.list({}, { first: 10 });
  expect(deadLetters).toMatchObject([{ endpoint: OTLP_METRICS, code: 'query_memory' }]);
});

/** An attribute whose value is a map in a map, so many times, as OTLP writes it: four levels of JSON for each. */
const mapsIn = (times: number): object =>
  times === 0 ? { stringValue: 'v' } : { kvlistValue: { values: [{ key: 'k', value: mapsIn(times - 1) }] } };

const attributes = [{ key: 'deep', value: mapsIn(25) }];
const spans = [{ name: 'megatron.train_step', attributes }];
const dataPoints = [{ timeUnixNano: '1764000000000000000', asDouble: 2.5, attributes }];
const deepMetrics = [{ name: 'deep', gauge: { dataPoints } }];

it.each([
  ['traces', { resourceSpans: [{ resource, scopeSpans: [{ spans }] }] }],
  ['metrics', { resourceMetrics: [{ resource, scopeMetrics: [{ metrics: deepMetrics }] }] }],
  ['logs', { resourceLogs: [{ resource, scopeLogs: [{ logRecords: [{ attributes }] }] }] }],
])('reads %s whose attributes are maps in maps, though no event may be as deep', async (signal, body) => {
  const response = await fetch(`${served.url}/v1/${signal}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect([response.status, await response.text()]).toEqual([200, expect.any(String)]);
});

it('does not read a deep one when it is sent again as a dead letter either', async () => {
  const bytes = Buffer.from(BODY.replace('{', `{"x":${'['.repeat(128)}${']'.repeat(128)},`));
  expect(await replayMetrics(served.endpoint, { contentType: 'application/json', bytes })).toMatchObject({
    ok: false,
    reason: { code: 'too_deep', message: expect.stringContaining('nested deeper than 128 levels') },
  });
});

it('keeps nothing of one that may be sent again', async () => {
  faults.push(new Fault('query_memory', 'the engine has too little memory now', { retryable: true }));
  const before = await served.deadLetters.list({}, { first: 10 });
  const { status, after } = await exported();
  expect({ status, after }).toEqual({ status: 503, after: '1' });
  expect(await served.deadLetters.list({}, { first: 10 })).toEqual(before);
});
