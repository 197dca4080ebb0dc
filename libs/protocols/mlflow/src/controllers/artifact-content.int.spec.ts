import { once } from 'node:events';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { serveProtocol } from '@tributary/test-endpoint';
import type { ServedProtocol } from '@tributary/test-endpoint';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { mlflowControllers, streamArtifacts } from '../index.ts';
import { trackerClient } from '../mlflow.fixture.ts';
import { contentOf } from './artifact-content.ts';

/** Without tables: what a run that this API created logs reads none. */
let served: ServedProtocol;
beforeAll(async () => {
  served = await serveProtocol({
    controllers: mlflowControllers,
    stream: streamArtifacts,
    served: { artifactBytes: 1000 },
  });
});
afterAll(() => served.close());

const { ask } = trackerClient(() => served.url);

async function addressOfFile(): Promise<string> {
  const { run } = await ask('runs/create', { experiment_id: '0' });
  const path = run.info.artifact_uri.replace('mlflow-artifacts:/', '');
  return `${served.url}/api/2.0/mlflow-artifacts/artifacts/${path}/a.bin`;
}

it('stores a file of as many bytes as are allowed', async () => {
  const sent = await fetch(await addressOfFile(), { method: 'PUT', body: Buffer.alloc(1000) });
  expect(sent.status).toBe(200);
  expect((await served.events()).at(-1)).toMatchObject({ data: { path: 'a.bin', bytes: 1000 } });
});

it.each([
  ['that is announced', (length: number) => Buffer.alloc(length)],
  ['that is not announced', (length: number) => new Blob([Buffer.alloc(length)]).stream()],
])('refuses a larger file %s, once it was read, with the limit and its key', async (_what, bodyOf) => {
  const address = await addressOfFile();
  const before = (await served.events()).length;
  for (const length of [1001, 3_000_000]) {
    const sent = await fetch(address, { method: 'PUT', body: bodyOf(length), duplex: 'half' });
    expect([sent.status, await sent.json()]).toEqual([
      400,
      {
        error_code: 'INVALID_PARAMETER_VALUE',
        message: expect.stringMatching(/more than 1000 bytes.*TRIBUTARY_ARTIFACT_BYTES/),
      },
    ]);
  }
  expect((await served.events()).length).toBe(before);
});

it('refuses a body that another parser has read, and does not take it for an empty file', async () => {
  const address = await addressOfFile();
  const before = (await served.events()).length;
  const { hostname, port } = new URL(address);
  const headers = { 'content-type': 'application/json' };
  /* The whole address is no path of this API, so nothing streams the body of it here. */
  const sent = request({ hostname, port, method: 'PUT', path: address, headers });
  sent.end('{"a": 1}');
  const [answer]: IncomingMessage[] = await once(sent, 'response');
  expect([answer?.statusCode, JSON.parse(answer ? await text(answer) : '')]).toEqual([
    400,
    { error_code: 'INVALID_PARAMETER_VALUE', message: expect.stringMatching(/was not read as a file/) },
  ]);
  expect((await served.events()).length).toBe(before);
});

it('says that a client has left, which is no fault of the server, where a body ends in the middle', async () => {
  const body = new Readable({ read: () => undefined });
  body.push('half of it');
  const content = contentOf(body, 100, 1000);
  expect(String((await content.next()).value)).toBe('half of it');
  body.destroy(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }));
  await expect(content.next()).rejects.toMatchObject({ code: 'client_left' });
});
