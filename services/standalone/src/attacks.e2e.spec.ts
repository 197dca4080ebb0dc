import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { removeDirectory, startServer, temporaryDirectory } from './server-under-test.fixture.ts';
import type { ServerUnderTest } from './server-under-test.fixture.ts';

const LAB = readFileSync(join(import.meta.dirname, '../../../examples/lab/log.ndjson.gz'));
const BATCH = 'application/cloudevents-batch+json';
const directory = temporaryDirectory();
let server: ServerUnderTest;

/* The standard limits, and a heap that each of these requests has filled once. */
beforeAll(async () => {
  server = await startServer(directory, { NODE_OPTIONS: '--max-old-space-size=512' });
  const sent = await server.send(new Uint8Array(LAB), { encoding: 'gzip', query: '?atomic=false' });
  if (sent.status !== 201) throw new Error(`${sent.status}: ${sent.text.slice(0, 300)}`);
});
afterAll(async () => {
  await server.end('SIGTERM');
  removeDirectory(directory);
});

const aliases = (count: number, question: string): string =>
  `{ ${Array.from({ length: count }, (_, at) => `a${at}: ${question}`).join(' ')} }`;

const SCORES = 'scores(first: 10000) { nodes { run step capability benchmark metric value unit } }';
const ATTRIBUTION = 'attribution(experiment: "lab", displacement: "proportional") { __typename }';

/** Statuses of `/health` from now on until the work is done. */
async function healthDuring(work: Promise<unknown>): Promise<readonly number[]> {
  const statuses: number[] = [];
  let isDone = false;
  const done = work.finally(() => (isDone = true));
  do statuses.push((await fetch(`${server.url}/health`)).status);
  while (!isDone);
  await done;
  return statuses;
}

const met = async (query: string): Promise<unknown> =>
  JSON.parse(await server.askText(query)).errors?.[0]?.extensions?.limit;

const kept = async (): Promise<unknown> =>
  ((await (await fetch(`${server.url}/ready`)).json()) as { deadLetters?: unknown }).deadLetters;

it.each([
  ['a batch', `[${'1,'.repeat(199_999)}1]`, BATCH],
  ['lines', '1\n'.repeat(200_000), 'application/x-ndjson'],
])(
  '200,000 numbers in %s are one refusal and no dead letter, and others are served',
  async (_what, body, type) => {
    const before = await kept();
    const attack = Promise.all(
      Array.from({ length: 5 }, () => server.send(body, { type, query: '?atomic=false' })),
    );
    const statuses = await healthDuring(attack);
    for (const { status, text } of await attack) {
      expect(status).toBe(413);
      expect(JSON.parse(text)).toMatchObject({ limit: 'batchEvents', value: 5_000 });
    }
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(await kept()).toEqual(before);
  },
);

it.each([
  ['20 aliases of scores', aliases(20, SCORES), ['cost']],
  ['20 aliases of attribution', aliases(20, ATTRIBUTION), ['cost']],
  ['300 aliases', aliases(300, 'status { lag }'), ['rootFields', 'tokens', 'aliases']],
  [
    '300 aliases below one question',
    `{ status { log { ${Array.from({ length: 300 }, (_, at) => `a${at}: time`).join(' ')} } } }`,
    ['aliases'],
  ],
])('%s are refused before anything of them runs, and others are served', async (_what, query, limits) => {
  const attack = Promise.all(Array.from({ length: 5 }, () => met(query)));
  const statuses = await healthDuring(attack);
  for (const limit of await attack) expect(limits).toContain(limit);
  expect(new Set(statuses)).toEqual(new Set([200]));
});

it('as many estimates and lists as a request may ask for are answered beside each other, and others are served', async () => {
  const asked = Promise.all([
    server.askText(aliases(4, ATTRIBUTION)),
    server.askText(aliases(4, SCORES)),
    server.askText(aliases(4, ATTRIBUTION)),
  ]);
  const statuses = await healthDuring(asked);
  for (const text of await asked) expect(JSON.parse(text).errors).toBeUndefined();
  expect(new Set(statuses)).toEqual(new Set([200]));
  expect((await server.send('', { type: BATCH })).status).toBe(400);
});
