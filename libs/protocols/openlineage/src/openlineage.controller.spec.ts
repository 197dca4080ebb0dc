import { gzipSync } from 'node:zlib';
import { serveProtocol } from '@tributary/test-endpoint';
import type { ServedProtocol } from '@tributary/test-endpoint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OPENLINEAGE, OpenLineageController, replayOpenLineage, streamOpenLineage } from './index.ts';

let served: ServedProtocol;
beforeAll(async () => {
  served = await serveProtocol({ controllers: [OpenLineageController], stream: streamOpenLineage });
});
afterAll(() => served.close());

const anEvent = (name: string, more: object = {}) => ({
  eventType: 'START',
  eventTime: '2026-11-24T10:00:00Z',
  producer: 'https://example.com/producer',
  schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
  run: { runId: '41fb5137-f0fd-4ee5-ba5c-56f8571d1bd7' },
  job: { namespace: 'ns', name },
  ...more,
});

async function post(
  body: string | Buffer,
  { path = '', headers = {} }: { path?: string; headers?: object } = {},
) {
  const response = await fetch(`${served.url}/api/v1/lineage${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
  const text = await response.text();
  return { status: response.status, answer: text === '' ? undefined : JSON.parse(text) };
}

const jobsStored = async () => (await served.events()).map(({ data }) => data?.event?.job?.name);

describe('one event', () => {
  it('is answered with 201 and no body, also when it is sent again', async () => {
    for (let times = 0; times < 2; times += 1)
      expect(await post(JSON.stringify(anEvent('one')))).toEqual({ status: 201, answer: undefined });
    expect((await jobsStored()).filter((name) => name === 'one')).toHaveLength(1);
  });

  it('is refused where it is not valid, and kept as a dead letter', async () => {
    const { status, answer } = await post(JSON.stringify(anEvent('bad', { run: {} })));
    expect({ status, answer }).toMatchObject({
      status: 422,
      answer: { title: 'no OpenLineage event', pointer: '/run/runId' },
    });
    const kept = await served.deadLetters.get(answer.deadLetterId);
    expect(kept?.deadLetter).toMatchObject({ endpoint: OPENLINEAGE, code: 'schema_violation' });
  });

  it('is read from gzip without a known length', async () => {
    const gzip = gzipSync(JSON.stringify(anEvent('zipped')));
    expect((await post(gzip, { headers: { 'content-encoding': 'gzip' } })).status).toBe(201);
    expect(await jobsStored()).toContain('zipped');
  });

  it.each([
    ['what is no gzip', '{}', 'gzip', 400, 'broken gzip'],
    ['another content coding', '{}', 'br', 415, 'unknown content coding'],
  ])('is refused as %s', async (_what, ...[body, coding, status, title]) => {
    const refused = await post(body, { headers: { 'content-encoding': coding } });
    expect(refused).toMatchObject({ status, answer: { title } });
  });

  it('is refused where it inflates to more than 32 MiB', async () => {
    const bomb = gzipSync(Buffer.alloc(33 * 1024 * 1024, ' '));
    const refused = await post(bomb, { headers: { 'content-encoding': 'gzip' } });
    expect(refused).toMatchObject({ status: 413, answer: { maxBytes: 32 * 1024 * 1024 } });
  });

  it('may be larger than the requests of other protocols', async () => {
    const padding = 'x'.repeat(6 * 1024 * 1024);
    const large = JSON.stringify(
      anEvent('large', { run: { ...anEvent('').run, facets: { p: { padding } } } }),
    );
    const { status, answer } = await post(large);
    expect([201, 422]).toContain(status);
    expect(answer?.title ?? '').not.toBe('body too large');
  });
});

describe('a batch', () => {
  it('is answered with 204 where every event is stored', async () => {
    const events = [anEvent('a'), anEvent('b')];
    expect((await post(JSON.stringify(events), { path: '/batch' })).status).toBe(204);
    expect(await jobsStored()).toEqual(expect.arrayContaining(['a', 'b']));
  });

  it('names the events that were refused, which no client should retry', async () => {
    const body = JSON.stringify([anEvent('c'), anEvent('d', { eventTime: 'yesterday' }), 7]);
    const { status, answer } = await post(body, { path: '/batch' });
    expect(status).toBe(200);
    expect(answer).toMatchObject({
      status: 'partial_success',
      summary: { received: 3, successful: 1, failed: 2, retriable: 0, non_retriable: 2 },
      failed_events: [
        { index: 1, retriable: false, reason: expect.stringContaining('/eventTime') },
        { index: 2, retriable: false },
      ],
    });
    expect(await served.deadLetters.get(answer.failed_events[0].deadLetterId)).toBeDefined();
  });

  it.each(['{}', '[{', ''])('is refused where the body is %j', async (body) => {
    expect(await post(body, { path: '/batch' })).toMatchObject({
      status: 400,
      answer: { title: 'not a batch' },
    });
  });
});

it('stores large requests one after the other', async () => {
  const body = (name: string) => JSON.stringify([anEvent(name), anEvent(`${name}-${'x'.repeat(1_100_000)}`)]);
  const answers = await Promise.all(['p', 'q', 'r'].map((name) => post(body(name), { path: '/batch' })));
  expect(answers.map(({ status }) => status)).toEqual([204, 204, 204]);
  expect(await jobsStored()).toEqual(expect.arrayContaining(['p', 'q', 'r']));
});

it('replays a dead letter, and says why it is refused again', async () => {
  const replay = (event: object) =>
    replayOpenLineage(served.endpoint, { contentType: '', bytes: Buffer.from(JSON.stringify(event)) });
  const stored = await replay(anEvent('replayed'));
  expect(stored).toMatchObject({ ok: true });
  expect(await replay(anEvent('replayed'))).toEqual(stored);
  expect(await replay({})).toMatchObject({ ok: false, reason: { code: 'schema_violation' } });
});
