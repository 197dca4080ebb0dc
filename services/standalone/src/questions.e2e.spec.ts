import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { removeDirectory, startServer, temporaryDirectory } from './server-under-test.fixture.ts';
import type { ServerUnderTest } from './server-under-test.fixture.ts';

const LAB = readFileSync(join(import.meta.dirname, '../../../examples/lab/log.ndjson.gz'));
const directory = temporaryDirectory();
let server: ServerUnderTest;

beforeAll(async () => {
  server = await startServer(directory, {
    TRIBUTARY_QUESTION_TIMEOUT_MS: '100',
    TRIBUTARY_GRAPHQL_DEPTH: '6',
    TRIBUTARY_ATTRIBUTIONS_WAITING: '3',
  });
  const sent = await server.send(new Uint8Array(LAB), { encoding: 'gzip', query: '?atomic=false' });
  if (sent.status !== 201) throw new Error(`${sent.status}: ${sent.text.slice(0, 300)}`);
});
afterAll(async () => {
  await server.end('SIGTERM');
  removeDirectory(directory);
});

const EVERYTHING = '{ attribution(experiment: "lab", displacement: "proportional") { __typename } }';

async function metric(name: string): Promise<number> {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  const line = text.split('\n').find((one) => one.startsWith(`${name} `));
  return Number(line?.slice(name.length));
}

it('lists the limits that it was configured with', async () => {
  const limits: unknown = await (await fetch(`${server.url}/v1/limits`)).json();
  expect(limits).toMatchObject({
    graphql: { depth: 6, cost: 1_000_000 },
    answering: { timeout: 100, attributions: 4, attributionsWaiting: 3 },
  });
});

it('refuses what asks for too much, and counts it', async () => {
  const refused = JSON.parse(
    await server.askText('{ __schema { types { fields { type { ofType { ofType { name } } } } } } }'),
  );
  expect(refused).toMatchObject({ errors: [{ extensions: { limit: 'depth', value: 6, found: 7 } }] });
  expect(await metric('tributary_requests_refused_total{limit="depth"}')).toBe(1);
});

it('ends a question at its deadline, with its estimates', async () => {
  const code = async (): Promise<unknown> =>
    JSON.parse(await server.askText(EVERYTHING)).errors?.[0]?.extensions?.code;
  await expect.poll(code, { timeout: 60_000 }).toBe('question_overdue');
  expect(await metric('tributary_questions_ended_total{ending="overdue"}')).toBeGreaterThan(0);
  await expect.poll(() => metric('tributary_attributions{state="running"}')).toBe(0);
  await expect.poll(() => metric('tributary_questions_running')).toBe(0);
});

it('counts a client that leaves before its answer, among those that try', async () => {
  const left = () => metric('tributary_questions_ended_total{ending="client_left"}');
  await expect
    .poll(async () => {
      const leaving = request(`${server.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
      });
      leaving.on('error', () => undefined);
      leaving.end(JSON.stringify({ query: EVERYTHING }));
      setTimeout(() => leaving.destroy(), 30);
      return left();
    })
    .toBeGreaterThan(0);
});
