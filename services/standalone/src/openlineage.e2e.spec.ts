import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { announce, removeDirectory, startServer, temporaryDirectory } from './server-under-test.fixture.ts';
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

const RUN = '41fb5137-f0fd-4ee5-ba5c-56f8571d1bd7';

const event = (more: object = {}) => ({
  eventType: 'COMPLETE',
  eventTime: '2026-11-24T19:52:00.001+10:00',
  producer: 'https://example.com/producer',
  schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
  run: { runId: RUN },
  job: { namespace: 'scheduler', name: 'job' },
  inputs: [{ namespace: 's3://lake', name: 'in' }],
  outputs: [{ namespace: 's3://lake', name: 'out' }],
  ...more,
});

const send = async (
  body: string | Uint8Array<ArrayBuffer>,
  path = '',
  headers: Record<string, string> = {},
) => {
  const response = await fetch(`${server.url}/api/v1/lineage${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  return {
    status: response.status,
    type: response.headers.get('content-type') ?? '',
    text: await response.text(),
  };
};

const stored = async (): Promise<number> => {
  type Status = { status: { counts: { type: string; count: number }[] } };
  const { status } = await server.ask<Status>('{ status { counts { type count } } }');
  return status.counts.find(({ type }) => type === 'lineage.run.observed')?.count ?? 0;
};

it('accepts an event once, however often its client sends it, and ignores API keys', async () => {
  const before = await stored();
  const secret = { authorization: 'Bearer s3cr3t-token' };
  expect((await send(JSON.stringify(event()), '', secret)).status).toBe(201);
  expect((await send(JSON.stringify(event(), null, 2), '', secret)).status).toBe(201);
  const zipped = new Uint8Array(gzipSync(JSON.stringify(event())));
  expect((await send(zipped, '', { 'content-encoding': 'gzip' })).status).toBe(201);
  expect(await stored()).toBe(before + 1);
  expect(server.output()).not.toContain('s3cr3t-token');
});

it('answers lineage and the folded run for any order of the events', async () => {
  await send(JSON.stringify(event({ eventType: 'START', eventTime: '2026-11-24T09:00:00Z', outputs: [] })));
  const asOf = await server.caughtUp();
  const answer = await server.ask(
    `query ($asOf: Position, $run: ID!) {
      lineage(node: "dataset:s3://lake/out", asOf: $asOf) { complete nodes { id stub } edges { source target basis } }
      openLineageRun(id: $run, asOf: $asOf) { state startedAt endedAt events inputs { id } job { name } }
      lineageNode(id: "dataset:s3://lake/in", asOf: $asOf) { kind name stub }
      lineagePath(from: "dataset:s3://lake/in", to: "dataset:s3://lake/out", asOf: $asOf) { edges { kind } }
    }`,
    { asOf, run: RUN },
  );
  expect(answer).toMatchObject({
    lineage: {
      complete: true,
      nodes: [
        { id: 'dataset:s3://lake/out', stub: false },
        { id: `run:${RUN}`, stub: false },
        { id: 'dataset:s3://lake/in', stub: false },
        { id: 'job:scheduler/job', stub: false },
      ],
    },
    openLineageRun: {
      state: 'COMPLETE',
      startedAt: '2026-11-24T09:00:00.000000Z',
      endedAt: '2026-11-24T09:52:00.001000Z',
      events: 2,
      inputs: [{ id: 'dataset:s3://lake/in' }],
    },
    lineageNode: { kind: 'dataset', name: 'in', stub: false },
    lineagePath: { edges: [{ kind: 'reads' }, { kind: 'writes' }] },
  });
});

it('answers 422 for what can never be an event, with a pointer, and parks it as a dead letter', async () => {
  const refused = await send(JSON.stringify(event({ run: {} })));
  expect(refused).toMatchObject({ status: 422, type: expect.stringContaining('application/problem+json') });
  expect(JSON.parse(refused.text)).toMatchObject({ pointer: '/run/runId' });
  const { deadLetters } = await server.ask<{ deadLetters: { nodes: { endpoint: string }[] } }>(
    '{ deadLetters { nodes { endpoint } } }',
  );
  expect(deadLetters.nodes.map(({ endpoint }) => endpoint)).toContain('POST /api/v1/lineage');
});

it.each(['{', '', 'null', '[]', '\uFEFF{}', '{"eventTime":1e999}'])('answers %j with a 4xx', async (body) => {
  const { status } = await send(body);
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
});

const DEAD_LETTER = expect.stringMatching(/^[0-9a-f]{32}$/);

it('reports the position of the event of a replayed dead letter', async () => {
  const broken = await send(JSON.stringify([{ ...event({ eventType: 'NEVER' }) }]), '/batch');
  const id: string = JSON.parse(broken.text).failed_events[0].deadLetterId;
  const known = JSON.stringify(event({ eventTime: '2026-11-20T00:00:00Z' }));
  await send(known);
  const position = await server.logEnd();
  await send(JSON.stringify(event({ eventTime: '2026-11-21T00:00:00Z' })));
  const replayed = await server.ask(
    'mutation ($id: ID!, $text: String) { replayDeadLetter(id: $id, actor: "mara", fixedText: $text) { state position } }',
    { id, text: known },
  );
  expect(replayed).toEqual({ replayDeadLetter: { state: 'replayed', position } });
});

it('stores the valid events of a batch and lists the others', async () => {
  const batch = [
    event({ run: { runId: RUN.replace('41', '42') } }),
    { eventTime: 'never' },
    event({ eventType: 'DONE' }),
  ];
  const partly = await send(JSON.stringify(batch), '/batch');
  expect(partly.status).toBe(200);
  expect(JSON.parse(partly.text)).toEqual({
    status: 'partial_success',
    summary: { received: 3, successful: 1, failed: 2, retriable: 0, non_retriable: 2 },
    failed_events: [
      { index: 1, reason: expect.stringContaining('neither'), retriable: false, deadLetterId: DEAD_LETTER },
      {
        index: 2,
        reason: expect.stringContaining('/eventType'),
        retriable: false,
        deadLetterId: DEAD_LETTER,
      },
    ],
  });
  expect(await send(JSON.stringify([event(), event({ eventType: 'RUNNING' })]), '/batch')).toMatchObject({
    status: 204,
    text: '',
  });
  expect((await send('[]', '/batch')).status).toBe(204);
  expect((await send(JSON.stringify(event()), '/batch')).status).toBe(400);
});

it('refuses a body beyond the limit and names the limit', async () => {
  const headers = { 'content-type': 'application/json', 'content-length': 33 * 1024 * 1024 };
  const plain = await announce(`${server.url}/api/v1/lineage`, headers);
  expect(plain).toMatchObject({ status: 413, body: { maxBytes: 32 * 1024 * 1024 } });
  const bomb = new Uint8Array(gzipSync(Buffer.alloc(40 * 1024 * 1024, 32)));
  const inflated = await send(bomb, '', { 'content-encoding': 'gzip' });
  expect([inflated.status, JSON.parse(inflated.text).maxBytes]).toEqual([413, 32 * 1024 * 1024]);
  expect((await send('{}', '', { 'content-encoding': 'br' })).status).toBe(415);
  expect((await send('{}', '', { 'content-encoding': 'gzip' })).status).toBe(400);
});
