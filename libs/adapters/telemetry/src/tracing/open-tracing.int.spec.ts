import { afterEach, expect, it } from 'vitest';
import { Fault } from '@tributary/kernel';
import { openTracing } from './open-tracing.ts';
import { openReceiver, valuesOf, type ReceivedSpan } from './otlp-receiver.fixture.ts';
import { recordHeadersOf, traceparentOfHeaders } from './traceparent.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const CLIENT = 'b7ad6b7169203331';

let receiver: Awaited<ReturnType<typeof openReceiver>>;
afterEach(() => receiver.close());

const named = (name: string): ReceivedSpan => {
  const span = receiver.spans().find((received) => received.name === name);
  if (!span) throw new Error(`no span ${name}`);
  return span;
};

it('follows an event from its request through the log to the insert of its batch', async () => {
  receiver = await openReceiver();
  const ingest = await openTracing({ service: 'ingest', version: '1.2', endpoint: receiver.endpoint });
  const projector = await openTracing({
    service: 'projector',
    version: '1.2',
    endpoint: `${receiver.endpoint}/v1/traces`,
  });

  const parent = `00-${TRACE}-${CLIENT}-01`;
  const headers = await ingest.span('POST /v1/events', { parent, kind: 'server' }, () =>
    ingest.span('append', { kind: 'producer', attributes: { events: 1 } }, () =>
      recordHeadersOf(ingest.traceparent()),
    ),
  );
  const links = [traceparentOfHeaders(headers), undefined, 'x', traceparentOfHeaders(headers)];
  await projector.span('insert', { kind: 'client', links }, (span) => span.set({ rows: 7, durable: true }));
  expect([await ingest.close(), await projector.close()]).toEqual([true, true]);

  const [request, append, insert] = [named('POST /v1/events'), named('append'), named('insert')];
  expect(request).toMatchObject({ traceId: TRACE, parentSpanId: CLIENT, kind: 2 });
  expect(append).toMatchObject({ traceId: TRACE, parentSpanId: request.spanId, kind: 4 });
  expect(insert.traceId).not.toBe(TRACE);
  expect(insert.links).toMatchObject([{ traceId: TRACE, spanId: append.spanId }]);
  expect(valuesOf(insert.attributes)).toEqual({ rows: 7, durable: true });
  expect(receiver.requests.map(({ path }) => path)).toEqual(['/v1/traces', '/v1/traces']);
  const resources = receiver.requests.flatMap(({ body }) =>
    body.resourceSpans.map(({ resource }) => resource),
  );
  expect(resources.map(({ attributes }) => valuesOf(attributes))).toEqual(
    expect.arrayContaining([
      { 'service.name': 'ingest', 'service.version': '1.2' },
      { 'service.name': 'projector', 'service.version': '1.2' },
    ]),
  );
});

it('links a large batch to 64 of its events, and reads no more', async () => {
  receiver = await openReceiver();
  const tracing = await openTracing({ service: 'projector', version: '1', endpoint: receiver.endpoint });
  let asked = 0;
  function* links() {
    for (; asked < 10_000; asked += 1) yield `00-${TRACE}-${String(asked + 1).padStart(16, '0')}-01`;
  }
  await tracing.span('insert', { links: links() }, () => {});
  await tracing.close();
  expect(named('insert').links).toHaveLength(64);
  expect(asked).toBe(63);
});

it('records the code of failed work, and no message', async () => {
  receiver = await openReceiver();
  const tracing = await openTracing({
    service: 'projector',
    version: '1',
    endpoint: receiver.endpoint,
    headers: { authorization: 'Bearer canary-of-receiver' },
  });
  const attributes = { url: 'http://u:canary@db', password: 'canary', long: 'x'.repeat(500) };
  const failing = tracing.span('insert', { attributes }, () => {
    throw new Fault('engine_refused', 'cannot parse canary', { cause: new Error('canary') });
  });
  await expect(failing).rejects.toMatchObject({ code: 'engine_refused' });
  await tracing.close();
  const { status, events, attributes: sent } = named('insert');
  expect(status).toEqual({ code: 2, message: 'engine_refused' });
  expect(events).toEqual([]);
  expect(valuesOf(sent)).toEqual({
    url: 'http://***@db',
    password: '***',
    long: `${'x'.repeat(256)}…`,
    'error.type': 'engine_refused',
  });
  expect(JSON.stringify(receiver.requests.map(({ body }) => body))).not.toContain('canary');
  expect(receiver.requests[0]?.authorization).toBe('Bearer canary-of-receiver');
});

it('exports nothing of a trace that is not sampled, but passes its context on', async () => {
  receiver = await openReceiver();
  const tracing = await openTracing({ service: 'ingest', version: '1', endpoint: receiver.endpoint });
  const parent = `00-${TRACE}-${CLIENT}-00`;
  const passedOn = await tracing.span('quiet', { parent }, ({ traceparent }) => traceparent);
  await tracing.span('sampled', {}, () => {});
  await tracing.close();
  expect(receiver.spans().map(({ name }) => name)).toEqual(['sampled']);
  expect(passedOn).toMatch(new RegExp(`^00-${TRACE}-[0-9a-f]{16}-00$`));
});

it('samples the given share of new traces', async () => {
  receiver = await openReceiver();
  const tracing = await openTracing({ service: 'a', version: '1', endpoint: receiver.endpoint, ratio: 0 });
  await tracing.span('left out', {}, () => {});
  expect(await tracing.close()).toBe(true);
  expect(receiver.requests).toEqual([]);
});

it('reports spans that a receiver refuses, and continues', async () => {
  receiver = await openReceiver(() => 400);
  const reports: Fault[] = [];
  const report = (fault: Fault) => void reports.push(fault);
  const tracing = await openTracing({ service: 'a', version: '1', endpoint: receiver.endpoint, report });
  expect(await tracing.span('a', {}, () => 5)).toBe(5);
  expect(await tracing.close()).toBe(false);
  expect(reports.map(({ code, message }) => [code, message.split(';')[0]])).toEqual([
    ['trace_export_failed', '1 spans are lost: the receiver of traces refused them (HTTP 400)'],
  ]);
});

it('closes by its deadline, even if the last batch is not answered', async () => {
  receiver = await openReceiver(() => null);
  const reports: Fault[] = [];
  const report = (fault: Fault) => void reports.push(fault);
  const tracing = await openTracing({ service: 'a', version: '1', endpoint: receiver.endpoint, report });
  await tracing.span('a', {}, () => {});
  expect(await tracing.close(50)).toBe(false);
  expect(reports).toEqual([]);
  expect(await tracing.span('after', {}, () => 5)).toBe(5);
});
