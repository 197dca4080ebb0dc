import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { Fault } from '@tributary/kernel';
import { serveProtocol } from '@tributary/test-endpoint';
import type { ServedProtocol } from '@tributary/test-endpoint';
import { trainingProjection } from '@tributary/training';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isOtlp, OTLP_METRICS, OTLP_TRACES, OtlpController, replayMetrics, replayTraces } from './index.ts';

let served: ServedProtocol;
beforeAll(async () => {
  served = await serveProtocol({
    controllers: [OtlpController],
    isRaw: isOtlp,
    projections: [trainingProjection],
  });
});
afterAll(() => served.close());

const TIME = '1764000000000000000';
const resource = { attributes: [{ key: 'nemo.run.id', value: { stringValue: 'r' } }] };
const step = (iteration: number, loss: number) => ({
  name: 'megatron.train_step',
  endTimeUnixNano: TIME,
  attributes: [
    { key: 'megatron.iteration', value: { intValue: String(iteration) } },
    { key: 'megatron.loss', value: { doubleValue: loss } },
  ],
});
const traces = (...spans: object[]) => ({ resourceSpans: [{ resource, scopeSpans: [{ spans }] }] });
const gauges = (...names: string[]) => ({
  resourceMetrics: [
    {
      resource,
      scopeMetrics: [
        {
          metrics: names.map((name) => ({
            name,
            gauge: { dataPoints: [{ timeUnixNano: TIME, asDouble: 2.5 }] },
          })),
        },
      ],
    },
  ],
});

async function post(
  path: string,
  body: object | Uint8Array | string,
  type = 'application/json',
  url = served.url,
) {
  const bytes = body instanceof Uint8Array || typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(`${url}/v1/${path}`, {
    method: 'POST',
    headers: { 'content-type': type },
    body: typeof bytes === 'string' ? bytes : new Uint8Array(bytes),
  });
  const answer = Buffer.from(await response.arrayBuffer());
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  return {
    status: response.status,
    headers: response.headers,
    answer: isJson ? JSON.parse(answer.toString()) : answer,
  };
}

describe('traces', () => {
  it('become steps, once however often they are exported', async () => {
    for (let times = 0; times < 2; times += 1)
      expect(await post('traces', traces(step(1, 3), step(2, 2.5)))).toMatchObject({
        status: 200,
        answer: {},
      });
    const steps = (await served.events()).filter(({ type }) => type === 'training.steps.recorded');
    expect(steps.map(({ data }) => [data.steps, data.columns.loss])).toEqual([
      [
        [1, 2],
        [3, 2.5],
      ],
    ]);
  });

  it('that contradict a recorded step are rejected and kept as dead letters', async () => {
    await post('traces', traces(step(10, 3)));
    const { status, answer } = await post('traces', traces(step(10, 4), step(11, 4), { name: 'GET /' }));
    expect({ status, answer }).toMatchObject({
      status: 200,
      answer: { partialSuccess: { rejectedSpans: '1', errorMessage: expect.stringContaining('1 spans') } },
    });
    const { deadLetters } = await served.deadLetters.list({}, { first: 10 });
    expect(deadLetters).toMatchObject([{ endpoint: OTLP_TRACES, code: 'step_contradicted' }]);
  });

  it('are answered in protobuf where they are sent so', async () => {
    const { status, headers, answer } = await post('traces', new Uint8Array(), 'application/x-protobuf');
    expect({ status, bytes: answer.length }).toEqual({ status: 200, bytes: 0 });
    expect(headers.get('content-type')).toBe('application/x-protobuf');
  });
});

describe('metrics', () => {
  it('become measurements of the run', async () => {
    expect(await post('metrics', gauges('loss'))).toMatchObject({ status: 200, answer: {} });
    expect((await served.events()).at(-1)).toMatchObject({
      type: 'training.metrics.recorded',
      data: { runId: 'r', keys: ['loss'], values: [2.5], steps: [null] },
    });
  });

  it('without a usable name are rejected and kept', async () => {
    const { answer } = await post('metrics', gauges('', 'x'.repeat(251)));
    expect(answer.partialSuccess).toMatchObject({ rejectedDataPoints: '2' });
    const { deadLetters } = await served.deadLetters.list({}, { first: 50 });
    const codes = deadLetters.filter(({ endpoint }) => endpoint === OTLP_METRICS).map(({ code }) => code);
    expect(codes).toEqual(['invalid_name', 'invalid_name']);
  });
});

it('counts log records and stores none', async () => {
  const logs = { resourceLogs: [{ scopeLogs: [{ logRecords: [{}, {}] }] }] };
  const { answer } = await post('logs', logs);
  expect(answer).toEqual({ partialSuccess: { errorMessage: '2 log records were ignored' } });
});

describe('what is no export', () => {
  it('is refused with 400 in the coding of the request, and kept as it was sent', async () => {
    const json = await post('traces', '{"resourceSpans":7}');
    expect(json).toMatchObject({ status: 400, answer: { code: 3, message: 'the body is no OTLP request' } });
    const protobuf = await post('traces', Buffer.from('abcdef'), 'application/x-protobuf');
    expect(protobuf.status).toBe(400);
    expect(protobuf.answer.toString()).toContain('the body is no OTLP request');
    const { deadLetters } = await served.deadLetters.list({}, { first: 50 });
    expect(deadLetters.filter(({ code }) => code === 'not_decoded')).toHaveLength(2);
  });

  it('is refused with 415 in another media type', async () => {
    expect(await post('traces', 'x', 'text/plain')).toMatchObject({ status: 415, answer: { code: 3 } });
  });
});

it('asks for a retry where the log or the dead letters cannot be written', async () => {
  const fail = () => Promise.reject(new Fault('log_write_failed', 'the disk is full'));
  const broken = await serveProtocol({
    controllers: [OtlpController],
    isRaw: isOtlp,
    replace: { log: { ...served.log, append: fail }, deadLetters: { park: fail } },
  });
  for (const body of [gauges('loss'), '{"resourceMetrics":7}']) {
    const { status, headers, answer } = await post('metrics', body, 'application/json', broken.url);
    expect({ status, code: answer.code, after: headers.get('retry-after') }).toEqual({
      status: 503,
      code: 14,
      after: '1',
    });
  }
  await broken.close();
});

it('replays what was fixed, and says why it is refused again', async () => {
  const deadLetter = (body: object) => ({
    contentType: 'application/json',
    bytes: Buffer.from(JSON.stringify(body)),
  });
  expect(await replayTraces(served.endpoint, deadLetter(traces(step(20, 1))))).toMatchObject({ ok: true });
  expect(await replayTraces(served.endpoint, deadLetter(traces(step(20, 2))))).toMatchObject({
    ok: false,
    reason: { code: 'step_contradicted' },
  });
  expect(await replayMetrics(served.endpoint, deadLetter(gauges('accuracy')))).toMatchObject({ ok: true });
  expect(await replayMetrics(served.endpoint, { contentType: '', bytes: Buffer.from('{') })).toMatchObject({
    ok: false,
    reason: { code: 'not_decoded' },
  });
});

it('reads a span in protobuf', async () => {
  const field = (number: number, value: Uint8Array | string) => {
    const writer = new BinaryWriter().tag(number, WireType.LengthDelimited);
    return (typeof value === 'string' ? writer.string(value) : writer.bytes(value)).finish();
  };
  const join = (...parts: Uint8Array[]) => Buffer.concat(parts);
  const attribute = (key: string, value: Uint8Array) => join(field(1, key), field(2, value));
  const integer = new BinaryWriter().tag(3, WireType.Varint).int64(30).finish();
  const double = new BinaryWriter().tag(4, WireType.Bit64).double(0.5).finish();
  const span = join(
    field(5, 'megatron.train_step'),
    field(9, attribute('megatron.iteration', integer)),
    field(9, attribute('megatron.loss', double)),
  );
  const run = field(1, field(1, attribute('nemo.run.id', field(1, 'binary'))));
  const body = field(1, join(run, field(2, field(2, span))));
  expect((await post('traces', body, 'application/x-protobuf')).status).toBe(200);
  expect((await served.events()).at(-1)).toMatchObject({ data: { runId: 'binary', steps: [30] } });
});
