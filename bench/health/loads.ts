import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { fact, ndjson } from '../../services/standalone/src/server-under-test.fixture.ts';
import type { ServerUnderTest } from '../../services/standalone/src/server-under-test.fixture.ts';
import { bombs, deepBodies, manyConnections, silentClients, slowReaders } from './attacks.ts';
import { facetsOf, gauges, items, mebibytes, observed, spans } from './bodies.ts';

/** What a client sends again and again. */
export type Load = {
  readonly title: string;
  readonly send: (server: ServerUnderTest) => Promise<unknown>;
  /** Clients that send it, where not as many as others have. */
  readonly clients?: number;
  /** Whether it records facts, which the tables take afterwards. */
  readonly records?: boolean;
};

const LAB = new Uint8Array(readFileSync(join(import.meta.dirname, '../../examples/lab/log.ndjson.gz')));
const SCORES = 10_000;
const BATCH = 5_000;

const score = (step: number) =>
  fact('evaluation.score.recorded', {
    runId: 'many',
    step,
    capability: 'code',
    benchmark: 'humaneval',
    metric: 'pass@1',
    value: step / SCORES,
    unit: 'share',
    higherIsBetter: true,
    harness: { name: 'bench', version: '1' },
    method: 'measured',
  });

/** Records the shipped experiment and 10,000 scores of one run, and waits until the tables hold them. */
export async function record(server: ServerUnderTest): Promise<void> {
  await accepted(server.send(LAB, { encoding: 'gzip', query: '?atomic=false' }));
  for (let first = 0; first < SCORES; first += BATCH)
    await accepted(server.send(ndjson(Array.from({ length: BATCH }, (_, step) => score(first + step)))));
  await server.caughtUp();
}

const BUSY: readonly number[] = [429, 503];

/** Requests beyond what the server can hold, or read in time, are refused, which is an answer too. */
async function accepted(reply: ReturnType<ServerUnderTest['send']>, ...others: number[]): Promise<void> {
  const { status, text } = await reply;
  if (![201, ...BUSY, ...others].includes(status)) throw new Error(`${status}: ${text.slice(0, 500)}`);
}

/** Sends events compressed. */
const batch = async (server: ServerUnderTest, body: string, more: { type?: string } = {}) =>
  accepted(server.send(await zipped(body, { level: 1 }), { encoding: 'gzip', ...more }));

const ask = (query: string) => async (server: ServerUnderTest) => {
  const text = await server.askText(query);
  if (text.startsWith('{"errors"')) throw new Error(text.slice(0, 500));
};

const zipped = promisify(gzip);

/** Posts a JSON body to a route of another protocol. Bodies beyond what may be sent as they are, are compressed. */
const post =
  (path: string, body: () => string) =>
  async ({ url }: ServerUnderTest) => {
    const content = body();
    const isLong = content.length > mebibytes(3);
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(isLong && { 'content-encoding': 'gzip' }) },
      body: isLong ? new Uint8Array(await zipped(content, { level: 1 })) : content,
    });
    const text = await response.text();
    if (!response.ok && !BUSY.includes(response.status))
      throw new Error(`${response.status}: ${text.slice(0, 500)}`);
  };

const FIELDS =
  'run checkpoint step capability benchmark metric split metricVersion shots filter taskVersion taskHash value stderr items unit higherIsBetter harness method evidence';

let made = 0;
const ended = (more: object = {}) => {
  made += 1;
  return fact('training.run.ended', {
    runId: `run-${made}`,
    attempt: 1,
    status: 'completed',
    lastStep: 1,
    ...more,
  });
};

/** New events, each of a stream of its own. */
const events = (count: number, more: object = {}) => Array.from({ length: count }, () => ended(more));

const CLOUDEVENTS = { type: 'application/cloudevents-batch+json' };

/** Questions that merge into one answer, after the validation of graphql has compared them in pairs. */
const twenty = `{ ${'runs { nodes { id status lastStep lastLoss } totalCount } '.repeat(20)} }`;

const LONG_LIST = `{ scores(run: "many", first: 10000) { nodes { ${FIELDS} } } }`;

/** Questions that ask for as much as the limits let pass: long lists, scans, estimates and patterns that hardly match. */
const ADVERSARIAL = [
  ask(twenty),
  ask(LONG_LIST),
  ask('{ runs(first: 1000) { nodes { id status lastStep lastLoss } totalCount } }'),
  ask(
    '{ attribution(experiment: "lab", capabilities: ["math_text"], slices: ["code"], displacement: "proportional") { ... on Attribution { effects { effect } } } }',
  ),
  post('/api/2.0/mlflow/runs/search', () =>
    JSON.stringify({ experiment_ids: ['0'], filter: `tags.x LIKE '${'%a'.repeat(200)}b'` }),
  ),
];

const AT_ONCE = 50;

/** 50 such questions at once; those for which there is no place are refused. */
const adversarial = (server: ServerUnderTest) =>
  Promise.allSettled(
    Array.from({ length: AT_ONCE }, (_, at) => ADVERSARIAL[at % ADVERSARIAL.length]?.(server)),
  );

/** One event is refused for its schema, so each becomes a dead letter. */
const refused = () => ndjson(events(BATCH, { status: 'fine' }));

export const NOTHING: Load = { title: 'nothing', clients: 1, send: () => pause(50) };

export const loads: readonly Load[] = [
  {
    title: 'lists of 10,000 scores',
    send: ask(LONG_LIST),
  },
  {
    title: 'batches of 5,000 events',
    records: true,
    send: (server) => accepted(server.send(ndjson(events(BATCH)))),
  },
  {
    title: 'batches of 5,000 events and 7 MiB',
    records: true,
    send: (server) =>
      batch(server, JSON.stringify(events(BATCH, { reason: 'x'.repeat(1_250) })), CLOUDEVENTS),
  },
  {
    title: 'events of 7 MiB',
    records: true,
    send: (server) => batch(server, ndjson([observed((made += 1), mebibytes(7))])),
  },
  {
    title: 'telemetry of 6 MiB',
    records: true,
    send: (server) => batch(server, ndjson(Array.from({ length: 6 }, () => items((made += 1))))),
  },
  {
    title: 'OpenLineage events with 12,000 columns',
    records: true,
    send: post('/api/v1/lineage', () => facetsOf((made += 1), 12_000)),
  },
  {
    title: 'OpenLineage events of 30 MiB',
    records: true,
    send: post('/api/v1/lineage', () => facetsOf((made += 1), 550_000)),
  },
  {
    title: 'OTLP metrics of 7 MiB',
    records: true,
    send: post('/v1/metrics', () => gauges((made += 1), mebibytes(7))),
  },
  {
    title: 'OTLP spans of 7 MiB',
    records: true,
    send: post('/v1/traces', () => spans((made += 1), mebibytes(7))),
  },
  {
    title: 'floods of 5,000 dead letters',
    send: (server) => accepted(server.send(refused(), { query: '?atomic=false' }), 422),
  },
  {
    title: 'batches of numbers',
    send: (server) =>
      accepted(
        server.send(`[${'1,'.repeat(mebibytes(3.5) / 2)}1]`, { ...CLOUDEVENTS, query: '?atomic=false' }),
        413,
      ),
  },
  {
    title: 'attributions of one slice',
    send: ask(
      '{ attribution(experiment: "lab", capabilities: ["math_text"], slices: ["code"], displacement: "proportional") { ... on Attribution { effects { effect } } } }',
    ),
  },
  { title: '20 questions in one request', send: ask(twenty) },
  { title: '50 adversarial questions at once', clients: 1, send: adversarial },
  { title: '50 silent clients', clients: 1, send: silentClients },
  {
    title: '50 clients that do not read their lists',
    clients: 1,
    send: (server) => slowReaders(server, LONG_LIST),
  },
  { title: 'gzip that inflates a thousandfold', send: bombs },
  { title: 'bodies 500,000 levels deep', send: deepBodies },
  { title: '200 connections at once', clients: 1, send: manyConnections },
];
