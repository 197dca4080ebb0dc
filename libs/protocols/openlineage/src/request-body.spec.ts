import { gzipSync } from 'node:zlib';
import { serveProtocol } from '@tributary/test-endpoint';
import type { ServedProtocol } from '@tributary/test-endpoint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OpenLineageController, streamOpenLineage } from './index.ts';

const MIB = 1024 * 1024;

let served: ServedProtocol;
beforeAll(async () => {
  served = await serveProtocol({ controllers: [OpenLineageController], stream: streamOpenLineage });
});
afterAll(() => served.close());

async function post(
  body: string | Uint8Array<ArrayBuffer> | ReadableStream,
  headers: Record<string, string> = {},
  path = '',
) {
  const request: RequestInit & { duplex: 'half' } = { method: 'POST', body, headers, duplex: 'half' };
  const response = await fetch(`${served.url}/api/v1/lineage${path}`, request);
  const text = await response.text();
  return { status: response.status, answer: text === '' ? {} : JSON.parse(text) };
}

const jobEvent = (name: string) => ({
  eventTime: '2026-11-24T10:00:00Z',
  producer: 'https://example.com/producer',
  schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/JobEvent',
  job: { namespace: 'ns', name },
});

/** An event of exactly so many bytes, padded with white space. */
const padded = (name: string, bytes: number): Uint8Array<ArrayBuffer> => {
  const text = JSON.stringify(jobEvent(name));
  return new Uint8Array(Buffer.from(`{${' '.repeat(bytes - text.length)}${text.slice(1)}`));
};

/** A body without an announced length. */
const streamed = (bytes: Uint8Array): ReadableStream =>
  new ReadableStream({
    start(controller) {
      for (let at = 0; at < bytes.length; at += MIB) controller.enqueue(bytes.subarray(at, at + MIB));
      controller.close();
    },
  });

describe('the body of a request', () => {
  it.each(['text/plain', 'application/octet-stream', 'nonsense'])(
    'is read whatever its media type: %s',
    async (type) => {
      const body = JSON.stringify(jobEvent(type));
      expect(await post(body, { 'content-type': type }, '?source=spec')).toMatchObject({ status: 201 });
    },
  );

  it.each(['identity', 'IDENTITY'])('is read as it is where its coding is %s', async (coding) => {
    const body = JSON.stringify(jobEvent(coding));
    expect(await post(body, { 'content-encoding': coding })).toMatchObject({ status: 201 });
  });

  it('may be empty, and is then no event', async () => {
    expect(await post('')).toMatchObject({
      status: 422,
      answer: { detail: expect.stringMatching(/^the event was refused: it is no JSON event: /) },
    });
  });

  it('is not gzip where it ends early', async () => {
    const half = gzipSync(JSON.stringify(jobEvent('half'))).subarray(0, 60);
    const { status, answer } = await post(new Uint8Array(half), { 'content-encoding': 'GZIP' });
    expect({ status, title: answer.title }).toEqual({ status: 400, title: 'broken gzip' });
  });

  it('is not gzip where it is empty', async () => {
    const { status, answer } = await post('', { 'content-encoding': 'gzip' });
    expect({ status, title: answer.title }).toEqual({ status: 400, title: 'broken gzip' });
  });
});

describe('the largest body', () => {
  it('has 32 MiB, whether its length is announced or not', async () => {
    expect(await post(padded('announced', 32 * MIB))).toMatchObject({ status: 201 });
    expect(await post(streamed(padded('streamed', 32 * MIB)))).toMatchObject({ status: 201 });
  });

  it('has 32 MiB after inflating', async () => {
    /* The fastest level packs white space to less than a hundredth, and so keeps the ratio. */
    const gzip = new Uint8Array(gzipSync(padded('inflated', 32 * MIB), { level: 1 }));
    expect(await post(gzip, { 'content-encoding': 'gzip' })).toMatchObject({ status: 201 });
  });

  it('has no byte more without an announced length', async () => {
    expect(await post(streamed(padded('more', 32 * MIB + 1)))).toMatchObject({
      status: 413,
      answer: { title: 'body too large', maxBytes: 32 * MIB, detail: expect.stringContaining('as a whole') },
    });
  });

  it('has 10 MiB of gzip, however little that inflates to', async () => {
    const gzip = new Uint8Array(10 * MIB + 1);
    expect(await post(streamed(gzip), { 'content-encoding': 'gzip' })).toMatchObject({
      status: 413,
      answer: { maxBytes: 10 * MIB, detail: expect.stringContaining('of gzip') },
    });
  });
});
