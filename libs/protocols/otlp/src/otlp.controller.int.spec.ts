import { gzipSync } from 'node:zlib';
import { Fault } from '@tributary/kernel';
import { serveProtocol } from '@tributary/test-endpoint';
import type { ServedProtocol } from '@tributary/test-endpoint';
import { trainingProjection } from '@tributary/training';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isOtlp, OTLP_METRICS, OTLP_TRACES, OtlpController, replayMetrics, replayTraces } from './index.ts';
import { spansOfJson } from './decoding/spans.ts';
import { repeated, spanOf, tracesMessage } from './otlp.fixture.ts';

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
  type: string | Record<string, string> = 'application/json',
  url = served.url,
) {
  const headers =
    typeof type === 'string' ? { 'content-type': type } : { 'content-type': 'application/json', ...type };
  const bytes = body instanceof Uint8Array || typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(`${url}/v1/${path}`, {
    method: 'POST',
    headers,
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

const attributesOf = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ key: `a${index}`, value: { intValue: index } }));

/** The groups of a request: each has a resource, and its items within a scope. */
const groups = (
  scopes: string,
  items: string,
  attributes: fc.Arbitrary<unknown>,
  item: fc.Arbitrary<unknown>,
) =>
  fc.array(
    fc.record({
      resource: fc.record({ attributes }),
      [scopes]: fc.array(fc.record({ [items]: fc.array(item, { maxLength: 3 }) }), { maxLength: 2 }),
    }),
    { maxLength: 2 },
  );

const deadLetterCount = async () => (await served.deadLetters.list({}, { first: 1000 })).deadLetters.length;

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

  it('become steps once where overlapping exports arrive at the same time', async () => {
    const upTo = (last: number) =>
      traces(...Array.from({ length: last }, (_, index) => step(200 + index, index)));
    const answers = await Promise.all([5, 6, 5, 7, 6].map((last) => post('traces', upTo(last))));
    expect(answers.map(({ status, answer }) => [status, answer])).toEqual(answers.map(() => [200, {}]));
    const steps = (await served.events()).flatMap(({ data }) => data?.steps ?? []);
    expect(steps.filter((one: number) => one >= 200)).toEqual([200, 201, 202, 203, 204, 205, 206]);
  });

  it.each([
    ['while', 0],
    ['where, once asked,', 1],
  ])('are to be sent again %s the tables cannot say which steps are recorded', async (_when, asked) => {
    let questions = 0;
    const shortfall = () => {
      questions += 1;
      return Promise.resolve(questions > asked ? 'rows are missing in the tables' : undefined);
    };
    const projector = { ...served.endpoint.projector, shortfall };
    const short = await serveProtocol({
      controllers: [OtlpController],
      isRaw: isOtlp,
      replace: { ...served.endpoint, projector },
    });
    const before = served.log.head();
    const { status, answer } = await post('traces', traces(step(1, 3), step(300, 1)), undefined, short.url);
    await short.close();
    expect({ status, answer, head: served.log.head() }).toMatchObject({
      status: 503,
      answer: { message: expect.stringContaining('rows are missing in the tables') },
      head: before,
    });
    expect(await post('traces', traces(step(300, 1)))).toMatchObject({ status: 200 });
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
    expect(answer.message).toContain(
      'unknown whether a part of it is; send it again: nothing is recorded twice',
    );
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
  const span = spanOf('megatron.train_step', { 'megatron.iteration': 30, 'megatron.loss': 0.5 });
  const body = tracesMessage(new Map([['nemo.run.id', 'binary']]), [span]);
  expect((await post('traces', body, 'application/x-protobuf')).status).toBe(200);
  expect((await served.events()).at(-1)).toMatchObject({ data: { runId: 'binary', steps: [30] } });
});

describe('content that can never be recorded', () => {
  const lone = JSON.stringify(traces(step(40, 1))).replace('"r"', String.raw`"\ud800"`);
  const late = { ...step(41, 1), name: 'megatron.save_checkpoint', endTimeUnixNano: '9'.repeat(25) };
  const many = { name: 'megatron.pretrain', attributes: attributesOf(1001) };

  it.each([
    ['half of a surrogate pair', lone, 'no UTF-8 form'],
    ['a time beyond 64 bits', JSON.stringify(traces(late)), 'no OTLP request'],
    ['more params than a run can have', JSON.stringify(traces(many)), 'training.run.annotated'],
  ])('because of %s is refused with 400, so it is not sent again, and kept', async (_what, body, why) => {
    const before = await deadLetterCount();
    const { status, answer } = await post('traces', body);
    expect({ status, answer }).toEqual({
      status: 400,
      answer: { code: 3, message: expect.stringContaining(why) },
    });
    expect(await deadLetterCount()).toBe(before + 1);
  });

  it('is refused again when it is replayed', async () => {
    const replayed = { contentType: 'application/json', bytes: Buffer.from(lone) };
    expect(await replayTraces(served.endpoint, replayed)).toEqual({
      ok: false,
      reason: { code: 'not_canonical', message: expect.stringContaining('surrogate'), pointer: '' },
    });
  });
});

describe('a body', () => {
  it('is read compressed by gzip', async () => {
    const { status, answer } = await post('metrics', gzipSync(JSON.stringify(gauges('zipped'))), {
      'content-encoding': 'gzip',
    });
    expect({ status, answer }).toEqual({ status: 200, answer: {} });
    expect((await served.events()).at(-1)).toMatchObject({ data: { keys: ['zipped'] } });
  });

  it('with a parameter in its media type is read by that type', async () => {
    expect(await post('metrics', gauges('charset'), 'Application/JSON; charset=utf-8')).toMatchObject({
      status: 200,
      answer: {},
    });
  });

  it.each([
    ['gzip', 'that is not compressed', 400],
    ['br', 'of an unknown coding', 415],
  ])('in the coding %s %s is refused', async (coding, _what, status) => {
    expect(await post('logs', 'plain', { 'content-encoding': coding })).toMatchObject({
      status,
      answer: { code: 3 },
    });
  });

  it.each(['traces', 'metrics', 'logs'])(
    'without content is a full success of %s in protobuf',
    async (path) => {
      const { status, answer } = await post(path, new Uint8Array(), 'application/x-protobuf');
      expect({ status, bytes: answer.length }).toEqual({ status: 200, bytes: 0 });
    },
  );
});

it('counts log records in protobuf in the answer', async () => {
  const records = repeated(1, [repeated(2, [repeated(2, [new Uint8Array(), new Uint8Array()])])]);
  const { answer } = await post('logs', records, 'application/x-protobuf');
  expect(answer.toString()).toContain('2 log records were ignored');
});

it('says how many points belong to no run, and does not reject them', async () => {
  const [group] = gauges('loss', 'ms').resourceMetrics;
  const { answer } = await post('metrics', { resourceMetrics: [{ ...group, resource: {} }] });
  expect(answer).toEqual({ partialSuccess: { errorMessage: '2 data points of no known run were ignored' } });
});

it('keeps a contradicting step as a request that can be replayed once it is fixed', async () => {
  await post('traces', traces(step(50, 1)));
  await post('traces', traces(step(50, 2)));
  const { deadLetters } = await served.deadLetters.list({}, { first: 1 });
  const opened = await served.deadLetters.get(deadLetters[0]?.id ?? '');
  expect(spansOfJson(JSON.parse(Buffer.from(opened?.bytes ?? []).toString('utf8')))).toMatchObject([
    {
      spans: [
        {
          attributes: new Map([
            ['megatron.iteration', 50],
            ['megatron.loss', 2],
          ]),
        },
      ],
    },
  ]);
});

describe('any request', () => {
  const key = fc.constantFrom(
    'nemo.run.id',
    'slurm.restart_count',
    'megatron.iteration',
    'megatron.loss',
    '__proto__',
  );
  const value = fc.oneof(
    fc.string({ unit: 'binary' }).map((stringValue) => ({ stringValue })),
    fc.integer().map((intValue) => ({ intValue })),
    fc.jsonValue(),
  );
  const attributes = fc.array(fc.record({ key, value }), { maxLength: 4 });
  const time = fc.oneof(fc.integer(), fc.bigInt({ min: 0n, max: 2n ** 65n }).map(String), fc.constant('x'));
  const span = fc.record({
    name: fc.constantFrom('megatron.train_step', 'megatron.pretrain', 'megatron.save_checkpoint', 'x'),
    endTimeUnixNano: time,
    attributes,
  });
  const point = fc.record({
    timeUnixNano: time,
    asDouble: fc.oneof(fc.double(), fc.constant('NaN')),
    attributes,
  });
  const metric = fc.record({
    name: fc.string({ unit: 'binary' }),
    gauge: fc.record({ dataPoints: fc.array(point, { maxLength: 2 }) }),
  });

  it.each([
    ['traces', fc.record({ resourceSpans: groups('scopeSpans', 'spans', attributes, span) })],
    ['metrics', fc.record({ resourceMetrics: groups('scopeMetrics', 'metrics', attributes, metric) })],
    ['logs', fc.jsonValue()],
  ])('to %s is answered with 200 or 400, so that no exporter sends it for ever', async (path, body) => {
    const seen = new Set<number>();
    await fc.assert(
      fc.asyncProperty(body, async (content) => {
        const { status } = await post(path, JSON.stringify(content));
        seen.add(status);
        expect([200, 400]).toContain(status);
      }),
      { seed: 7, numRuns: 150 },
    );
    expect(seen).toEqual(new Set([200, 400]));
  });
});
