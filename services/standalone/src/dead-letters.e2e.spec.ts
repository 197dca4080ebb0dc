import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ndjson,
  removeDirectory,
  runEnded,
  startServer,
  temporaryDirectory,
} from './server-under-test.fixture.ts';
import type { ServerUnderTest } from './server-under-test.fixture.ts';

const directory = temporaryDirectory();
let server: ServerUnderTest;

beforeAll(async () => {
  server = await startServer(directory);
});
afterAll(async () => {
  await server.end('SIGKILL');
  removeDirectory(directory);
});

const DEAD_LETTER =
  'id state code message pointer value explanation seen position text lossy history { actor action outcome reason fixed }';

type DeadLetter = {
  id: string;
  state: string;
  text: string | null;
  position: string | null;
  explanation: string;
};

async function refused(...events: readonly unknown[]): Promise<string> {
  const reply = await server.send(ndjson(events), { query: '?atomic=false' });
  const { errors, receipts }: { errors?: Item[]; receipts?: Item[] } = JSON.parse(reply.text);
  return (errors ?? receipts ?? []).find((item) => item.deadLetterId !== undefined)?.deadLetterId ?? '';
}
type Item = { deadLetterId?: string };

const deadLetterOf = async (id: string) =>
  (
    await server.ask<{ deadLetter: DeadLetter | null }>(
      `query ($id: ID!) { deadLetter(id: $id) { ${DEAD_LETTER} } }`,
      { id },
    )
  ).deadLetter;

const replay = async (id: string, fixedText?: string) =>
  (
    await server.ask<{ replayDeadLetter: DeadLetter }>(
      `mutation ($id: ID!, $fixedText: String) { replayDeadLetter(id: $id, fixedText: $fixedText, actor: "mara") { ${DEAD_LETTER} } }`,
      { id, fixedText },
    )
  ).replayDeadLetter;

const discard = (id: string) =>
  server.ask(
    `mutation ($id: ID!) { discardDeadLetter(id: $id, reason: "a test of ours", actor: "mara") { ${DEAD_LETTER} } }`,
    { id },
  );

const counts = async () =>
  (
    await server.ask<{ status: { deadLetters: { parked: number } } }>(
      '{ status { deadLetters { parked replayed discarded byCode { code count } } } }',
    )
  ).status.deadLetters;

describe('a refused part of a request that is not atomic', () => {
  it('is a dead letter that says what is wrong, where, and what to do', async () => {
    const bad = runEnded('bad', { lastStep: -1 });
    const id = await refused(runEnded('good'), bad);
    expect(await deadLetterOf(id)).toMatchObject({
      id,
      state: 'parked',
      code: 'schema_violation',
      pointer: '/data/lastStep',
      value: '-1',
      explanation: 'At /data/lastStep (-1): must be >= 0. Fix the text and replay it, or discard it.',
      seen: 1,
      text: JSON.stringify(bad),
      lossy: false,
      history: [],
    });
  });

  it('is the same dead letter when it is sent again', async () => {
    const bad = runEnded('again', { lastStep: -1 });
    const id = await refused(bad);
    expect(await refused(runEnded('other'), bad, bad)).toBe(id);
    expect(await deadLetterOf(id)).toMatchObject({ seen: 3 });
  });

  it('is one dead letter where the body is not a batch', async () => {
    const type = 'application/cloudevents-batch+json';
    const reply = await server.send('{"not":"a batch"}', { type, query: '?atomic=false' });
    expect(reply.status).toBe(400);
    const { deadLetterId }: { deadLetterId: string } = JSON.parse(reply.text);
    expect(await deadLetterOf(deadLetterId)).toMatchObject({
      code: 'not_a_batch',
      text: '{"not":"a batch"}',
    });
    const stored = await replay(deadLetterId, JSON.stringify([runEnded('unbatched')]));
    expect(stored).toMatchObject({ state: 'replayed' });
  });

  it('is not parked where the whole request was refused, because its sender has it', async () => {
    const before = await counts();
    expect((await server.send(ndjson([runEnded('whole', { lastStep: -1 })]))).status).toBe(422);
    expect(await counts()).toEqual(before);
  });

  it('is counted by status and /ready, and is no readiness condition', async () => {
    await refused(runEnded('counted', { lastStep: -1 }));
    const { parked } = await counts();
    expect(parked).toBeGreaterThan(0);
    const ready = await fetch(`${server.url}/ready`);
    expect(ready.status).toBe(200);
    expect(await ready.json()).toMatchObject({ status: 'ready', deadLetters: parked });
  });

  it('survives a kill of the process', async () => {
    const id = await refused(runEnded('killed', { lastStep: -1 }));
    const before = await deadLetterOf(id);
    await server.end('SIGKILL');
    server = await startServer(directory);
    expect(await deadLetterOf(id)).toEqual(before);
  });
});

describe('a dead letter', () => {
  it('is sent again through the endpoint that refused it, with corrected text', async () => {
    const id = await refused(runEnded('fixable', { lastStep: -1 }));
    const replayed = await replay(id, JSON.stringify(runEnded('fixable')));
    expect(replayed).toMatchObject({
      state: 'replayed',
      position: await server.logEnd(),
      history: [{ actor: 'mara', action: 'replay', outcome: 'stored', fixed: true }],
    });
  });

  it('stays parked when it is refused again, and lists each attempt', async () => {
    const id = await refused(runEnded('stubborn', { lastStep: -1 }));
    await replay(id);
    expect(await replay(id, '{"torn":')).toMatchObject({
      state: 'parked',
      code: 'schema_violation',
      history: [
        { outcome: 'refused', fixed: false, reason: expect.stringContaining('schema_violation') },
        { outcome: 'refused', fixed: true, reason: expect.stringContaining('invalid_json') },
      ],
    });
  });

  it('is accepted unchanged when what it depended on has arrived', async () => {
    const event = { ...runEnded('early'), data: undefined };
    const data = JSON.stringify(runEnded('early')['data']);
    const { createHash } = await import('node:crypto');
    const digest = createHash('sha256').update(data).digest('hex');
    const id = await refused({ ...event, dataref: `urn:sha256:${digest}`, datadigest: `sha256:${digest}` });
    expect(await replay(id)).toMatchObject({ state: 'parked', code: 'unknown_blob' });
    const headers = { 'content-type': 'application/json' };
    await fetch(`${server.url}/v1/blobs/${digest}`, { method: 'PUT', headers, body: data });
    expect(await replay(id)).toMatchObject({ state: 'replayed' });
  });

  it('is settled once, and refuses a second settlement', async () => {
    const id = await refused(runEnded('settled', { lastStep: -1 }));
    await discard(id);
    expect(await deadLetterOf(id)).toMatchObject({
      state: 'discarded',
      text: null,
      history: [{ actor: 'mara', action: 'discard', outcome: 'discarded', reason: 'a test of ours' }],
    });
    await expect(replay(id)).rejects.toThrow('discarded already');
    await expect(discard('0'.repeat(32))).rejects.toThrow('there is no dead letter');
  });

  it('is listed by state and by code, page by page', async () => {
    type Page = {
      deadLetters: { nodes: DeadLetter[]; pageInfo: { endCursor: string | null }; totalCount: number };
    };
    const page = async (after: string | null) =>
      (
        await server.ask<Page>(
          'query ($after: String) { deadLetters(state: parked, code: "schema_violation", first: 2, after: $after) { nodes { id state } pageInfo { endCursor } totalCount } }',
          { after },
        )
      ).deadLetters;
    const first = await page(null);
    expect(first.nodes).toHaveLength(2);
    const second = await page(first.pageInfo.endCursor);
    expect(second.nodes.map(({ id }) => id)).not.toContain(first.nodes[0]?.id);
    await expect(server.ask('{ deadLetters(first: 501) { totalCount } }')).rejects.toThrow(
      'ask for 1 to 500 nodes',
    );
  });
});

it('reports log, tables, disk and dead letters to Prometheus, under the names of the services', async () => {
  await server.caughtUp();
  const before = await metricsOf(server);
  await server.record(runEnded('counted'));
  await refused(runEnded('refused', { lastStep: -1 }));
  await server.caughtUp();
  const after = await metricsOf(server);
  const rose = (sample: string) => Number(after.get(sample)) - Number(before.get(sample) ?? 0);
  expect(rose('tributary_log_events')).toBe(1);
  expect(rose('tributary_events_accepted_total{protocol="cloudevents"}')).toBe(1);
  expect(rose('tributary_events_refused_total{protocol="cloudevents",code="schema_violation"}')).toBe(1);
  expect(rose('tributary_append_seconds_count')).toBe(1);
  expect(rose('tributary_insert_rows_total{table="training_run_end"}')).toBe(1);
  expect(rose('tributary_dead_letters_parked{code="schema_violation"}')).toBe(1);
  expect(rose('tributary_dead_letters_total{code="schema_violation"}')).toBe(1);
  expect(after.get('tributary_projector_lag_events{partition="0"}')).toBe('0');
  expect(after.get('tributary_staleness_seconds')).toBe('0');
  expect(after.get('tributary_disk_state{state="ok"}')).toBe('1');
  expect(Number(after.get('tributary_disk_free_bytes'))).toBeGreaterThan(0);
  expect([...after.keys()].filter((name) => name.startsWith('tributary_condition'))).toEqual([]);
});

/** The samples that a server reports, by name and labels. */
async function metricsOf({ url }: ServerUnderTest): Promise<ReadonlyMap<string, string>> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return new Map(
    Array.from(text.matchAll(/^([^#\s].*) (\S+)$/gm), ([, name = '', value = '']) => [name, value]),
  );
}
