import { metLimitOf, whileConnected } from '@tributary/capture';
import { Fault } from '@tributary/kernel';
import { serveProtocol } from '@tributary/test-endpoint';
import type { ServedProtocol } from '@tributary/test-endpoint';
import { trainingProjection } from '@tributary/training';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { recordTraces } from './facts/record.ts';
import { isOtlp, OtlpController } from './index.ts';

let served: ServedProtocol;
beforeAll(async () => {
  served = await serveProtocol({
    controllers: [OtlpController],
    isRaw: isOtlp,
    projections: [trainingProjection],
  });
});
afterAll(() => served.close());

/** An export of one step of a run. */
const stepOf = (run: string) => ({
  resource: { attributes: [{ key: 'nemo.run.id', value: { stringValue: run } }] },
  scopeSpans: [
    {
      spans: [
        {
          name: 'megatron.train_step',
          endTimeUnixNano: '1764000000000000000',
          attributes: [
            { key: 'megatron.iteration', value: { intValue: '1' } },
            { key: 'megatron.loss', value: { doubleValue: 1 } },
          ],
        },
      ],
    },
  ],
});

it('says which facts of an export are in the log where a later part of it fails, and that it may be sent again', async () => {
  let appends = 0;
  const append: typeof served.log.append = (events, options) => {
    appends += 1;
    if (appends === 1) return served.log.append(events, options);
    return Promise.reject(new Fault('log_overdue', 'the log did not answer', { retryable: true }));
  };
  const broken = await serveProtocol({
    controllers: [OtlpController],
    isRaw: isOtlp,
    replace: { ...served.endpoint, log: { ...served.log, head: () => served.log.head(), append } },
  });
  const response = await fetch(`${broken.url}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ resourceSpans: [stepOf('first'), stepOf('second')] }),
  });
  const positions = Array.from({ length: Number(served.log.head()) }, (_, index) => index + 1);
  expect(positions).not.toEqual([]);
  expect([response.status, await response.json()]).toEqual([
    503,
    {
      code: 14,
      message: `the export could not be recorded as a whole; its facts in the log are at ${positions.join(', ')}; send it again: nothing is recorded twice`,
    },
  ]);
  await broken.close();
});

it('says which limit a query met that compares an export with what is recorded, and to send it again', async () => {
  const met = { limit: 'queryTimeout', value: 7, key: 'TRIBUTARY_QUERY_TIMEOUT_MS' };
  const fault = new Fault('query_overdue', 'words of the engine', { retryable: true, met });
  const limits: unknown[] = [];
  const reader = { ...served.endpoint.engine.reader, all: () => Promise.reject(fault) };
  const broken = await serveProtocol({
    controllers: [OtlpController],
    isRaw: isOtlp,
    stream: (fastify) =>
      fastify.addHook('onResponse', (request, _reply, done) => {
        limits.push(metLimitOf(request.raw));
        done();
      }),
    replace: { ...served.endpoint, engine: { reader } },
  });
  const response = await fetch(`${broken.url}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ resourceSpans: [stepOf('overdue')] }),
  });
  expect([response.status, await response.json()]).toEqual([
    503,
    { code: 14, message: expect.stringMatching(/TRIBUTARY_QUERY_TIMEOUT_MS.*send it again/) },
  ]);
  await expect.poll(() => limits).toEqual(['queryTimeout']);
  await broken.close();
});

it('refuses for good what was removed for good', async () => {
  const append = () => Promise.reject(new Fault('blob_removed', 'the data of the event e was removed'));
  const broken = await serveProtocol({
    controllers: [OtlpController],
    isRaw: isOtlp,
    replace: { ...served.endpoint, log: { ...served.log, head: () => served.log.head(), append } },
  });
  const response = await fetch(`${broken.url}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ resourceSpans: [stepOf('third')] }),
  });
  expect([response.status, await response.json()]).toMatchObject([
    410,
    { message: expect.stringContaining('the data of the event e was removed') },
  ]);
  await broken.close();
});

it('records an export whose exporter has left while it waited for its turn', async () => {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  let begun = 0;
  const append: typeof served.log.append = async (...given) => {
    begun += 1;
    if (begun === 1) await released;
    return served.log.append(...given);
  };
  const endpoint = { ...served.endpoint, log: { ...served.log, head: () => served.log.head(), append } };
  const record = () =>
    recordTraces(endpoint, Buffer.from(JSON.stringify({ resourceSpans: [stepOf('left')] })));
  const first = record();
  await expect.poll(() => begun).toBe(1);
  const connection = new AbortController();
  const left = whileConnected(connection.signal, record);
  connection.abort();
  release();
  await Promise.all([first, left]);
  expect(begun).toBe(2);
});
