import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CONTENT_CEILINGS, LIMIT_KEYS, LIMIT_NAMES } from '@tributary/capture';
import { startEmbedded } from '@tributary/embedded';
import type { EmbeddedServer } from '@tributary/embedded';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Controller, Get, Param } from '@nestjs/common';
import { serve } from '@tributary/http';
import type { Serving } from '@tributary/http';
import { Fault } from '@tributary/kernel';
import { readConfig, settings } from '../services/standalone/src/config.ts';
import { LIMITS } from './limits.fixture.ts';
import type { LimitRow, Sent } from './limits.fixture.ts';

const directory = mkdtempSync(join(tmpdir(), 'limits-'));
afterAll(() => rmSync(directory, { recursive: true }));

const keyOf = (limit: string): string => new Map<string, string>(Object.entries(LIMIT_KEYS)).get(limit) ?? '';

/** Starts the server with these values, as its process does from its environment. */
function startWith(rows: readonly LimitRow[]): Promise<EmbeddedServer> {
  const values = rows.map(({ limit, tried }) => [keyOf(limit), 'value' in tried ? String(tried.value) : '']);
  const env = Object.fromEntries([...values, ['PORT', '0'], ['TRIBUTARY_DATA', directory]]);
  return startEmbedded(readConfig(env));
}

const send = (url: string, { method = 'POST', path, type, body, isGzip }: Sent) =>
  fetch(`${url}${path}`, {
    method,
    headers: { 'content-type': type, ...(isGzip && { 'content-encoding': 'gzip' }) },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });

async function countOf(url: string, limit: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const sample = new RegExp(`^tributary_requests_refused_total\\{limit="${limit}"\\} (\\d+)$`, 'm').exec(
    text,
  );
  return Number(sample?.[1]);
}

/** Where the files of a new run are. */
async function artifactsOf(url: string): Promise<string> {
  const response = await fetch(`${url}/api/2.0/mlflow/runs/create`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ experiment_id: '0' }),
  });
  const { run } = JSON.parse(await response.text());
  return `/api/2.0/mlflow-artifacts/artifacts/${run.info.artifact_uri.replace('mlflow-artifacts:/', '')}`;
}

const isTried = ({ tried }: LimitRow): boolean => 'within' in tried;

describe('a limit', () => {
  const rows = LIMITS.filter(isTried);
  let server: EmbeddedServer;
  let artifacts = '';
  beforeAll(async () => {
    server = await startWith(rows);
    artifacts = await artifactsOf(server.url);
  });
  afterAll(() => server.close());

  it('is counted from the start', async () => {
    for (const limit of LIMIT_NAMES) expect([limit, await countOf(server.url, limit)]).toEqual([limit, 0]);
  });

  it.each(rows)('$limit is kept by what has as much, and refuses one more', async (row) => {
    const { limit, status, code, retry, tried } = row;
    if (!('within' in tried)) return;
    const { url } = server;
    const key = keyOf(limit);
    const accepted = await send(url, tried.within(artifacts));
    expect([accepted.status, await accepted.text()]).toEqual([
      expect.toBeOneOf([200, 201]),
      expect.not.stringContaining('TRIBUTARY_'),
    ]);
    const refused = await send(url, tried.beyond(artifacts));
    const text = await refused.text();
    expect([refused.status, text]).toEqual([status, expect.stringContaining(key)]);
    expect(refused.headers.has('retry-after')).toBe(retry);
    const answer = JSON.parse(text);
    /* MLflow's form has no place for more than the text. */
    const { message = '', error_code: mlflowCode } = answer;
    const form = { code: mlflowCode, limit, value: Number(/\d+/.exec(message)?.[0]), key, retryable: false };
    const shown = mlflowCode === undefined ? (answer.errors?.[0]?.extensions ?? answer) : form;
    expect(shown).toMatchObject({ code, limit, value: tried.value, key, retryable: retry });
    await expect.poll(() => countOf(url, limit)).toBe(1);
  });
});

const atOnce = LIMITS.flatMap(({ tried, ...row }) => ('met' in tried ? [{ ...row, ...tried }] : []));

it.each(atOnce)(
  '$limit refuses what meets it on a server that has a small one, and counts it once',
  async ({ limit, status, code, retry, value, env = {}, met }) => {
    const key = keyOf(limit);
    const own = { PORT: '0', TRIBUTARY_DATA: mkdtempSync(join(directory, 'own-')), [key]: String(value) };
    const server = await startEmbedded(readConfig({ ...env, ...own }));
    try {
      const refused = await met(server.url);
      expect([refused.status, refused.retryAfter !== null]).toEqual([status, retry]);
      const answer = JSON.parse(refused.text);
      const shown = answer.errors?.[0]?.extensions ?? answer;
      expect(shown).toMatchObject({ code, limit, value, key, retryable: retry });
      expect(refused.text).toContain(`set ${key}`);
      await expect.poll(() => countOf(server.url, limit)).toBe(1);
    } finally {
      await server.close();
    }
  },
);

const elsewhere = LIMITS.flatMap(({ tried, ...row }) => ('title' in tried ? [{ ...row, ...tried }] : []));

it.each(elsewhere)('$limit is met by a test of that name', ({ limit, code, file, title }) => {
  const test = readFileSync(join(import.meta.dirname, '..', file), 'utf8');
  expect([`'${title}'`, limit, code].filter((text) => !test.includes(text))).toEqual([]);
});

describe('a fault of the engine, of estimators or of threads', () => {
  const thrown = new Map<string, Fault>();
  const counted: string[] = [];
  /* Only services compile decorators, so they are called here. */
  class Faulty {
    fault(limit: string) {
      throw thrown.get(limit) ?? new Error(limit);
    }
  }
  Controller()(Faulty);
  Param('limit')(Faulty.prototype, 'fault', 0);
  const method = Object.getOwnPropertyDescriptor(Faulty.prototype, 'fault');
  if (method) Get('faults/:limit')(Faulty.prototype, 'fault', method);
  let serving: Serving;
  beforeAll(async () => {
    const module = { module: class FaultyModule {}, controllers: [Faulty] };
    const refused = (limit: string) => counted.push(limit);
    serving = await serve(module, { host: '127.0.0.1', port: 0 }, { refused });
  });
  afterAll(() => serving.stop());

  it.each(elsewhere)('by $limit is answered as its row says, and counted once', async (row) => {
    const { limit, code, status, retry } = row;
    const met = { limit, value: 7, key: keyOf(limit) };
    thrown.set(limit, new Fault(code, 'the sentence', { retryable: retry, met }));
    counted.length = 0;
    const response = await fetch(`${serving.url}/faults/${limit}`);
    expect([response.status, response.headers.has('retry-after')]).toEqual([status, retry]);
    expect(await response.json()).toMatchObject({ code, ...met, retryable: retry });
    await expect.poll(() => counted).toEqual([limit]);
  });
});

/** Variables of one process that no refusal of a request names. */
const NO_LIMITS: ReadonlySet<string> = new Set([
  'HOST',
  'PORT',
  'METRICS_PORT',
  'TRIBUTARY_ALLOWED_HOSTS',
  'TRIBUTARY_AUTH',
  'TRIBUTARY_API_KEYS_FILE',
  'TRIBUTARY_DATA',
  'TRIBUTARY_UMASK',
  'TRIBUTARY_WITNESS',
  'TRIBUTARY_INTROSPECTION',
  'TRIBUTARY_FAULT_GRACE_MS',
  /* The number that works at once; further ones wait, and `attributionsWaiting` refuses. */
  'TRIBUTARY_ATTRIBUTIONS',
  /* Deadlines and watermarks, which the guide to operation lists with their codes. */
  'TRIBUTARY_TABLES_TIMEOUT_MS',
  'TRIBUTARY_REBUILD_TIMEOUT_MS',
  'TRIBUTARY_DISK_WARN_BYTES',
  'TRIBUTARY_DISK_REFUSE_BYTES',
]);

/** A value of each limit that is not its default, and almost surely no other one. */
const unusual = (limit: string, at: number): number => {
  const { default: standard = '0' } = settings.variables.find(({ name }) => name === keyOf(limit)) ?? {};
  return limit in CONTENT_CEILINGS ? Number(standard) - at - 1 : Number(standard) + 1_013 + at;
};

it('GET /v1/limits lists every limit and deadline as the process was configured', async () => {
  const values = LIMIT_NAMES.map((limit, at) => [keyOf(limit), unusual(limit, at)] as const);
  const deadlines = { tables: 31_002, rebuild: 31_003 };
  const env = Object.entries(deadlines).map(
    ([name, value]) => [`TRIBUTARY_${name.toUpperCase()}_TIMEOUT_MS`, value] as const,
  );
  const given = [...values, ...env].map(([key, value]) => [key, String(value)] as const);
  const elsewhere = mkdtempSync(join(directory, 'listed-'));
  const server = await startEmbedded(
    readConfig({ ...Object.fromEntries(given), PORT: '0', TRIBUTARY_DATA: elsewhere }),
  );
  const listed: unknown = await (await fetch(`${server.url}/v1/limits`)).json();
  await server.close();
  const numbers = new Set(numbersIn(listed));
  expect(values.filter(([, value]) => !numbers.has(value))).toEqual([]);
  const [request, question, query, estimate] = [
    'requestTimeout',
    'questionTimeout',
    'queryTimeout',
    'estimateTimeout',
  ].map((limit) => unusual(limit, LIMIT_NAMES.indexOf(limit)));
  expect(listed).toMatchObject({ deadlines: { ...deadlines, request, question, query, estimate } });
});

const numbersIn = (value: unknown): number[] => {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
};

it('every limit has a row, and every variable is a limit or listed as none', () => {
  expect(LIMITS.map(({ limit }) => limit).toSorted()).toEqual([...LIMIT_NAMES].toSorted());
  const known = new Set([...NO_LIMITS, ...LIMITS.map(({ limit }) => keyOf(limit))]);
  expect(settings.variables.map(({ name }) => name).filter((name) => !known.has(name))).toEqual([]);
});

const INTRODUCTION = `# Limits

What one request may be, ask and wait for, and how many are worked on at once. A refusal says which limit was met (\`limit\`), its
\`value\`, the variable that changes it (\`key\`), and whether the same request may be sent again (\`retryable\`, and
\`Retry-After\` where it may); \`tributary_requests_refused_total{limit}\` counts it. In the answers of GraphQL they are
among the extensions of the error; MLflow's and OpenTelemetry's protocols have no place for them, and the text of the
refusal names the value, and the variable where it may be higher. \`GET /v1/limits\` lists what a process was configured with, its deadlines too, and
[the configuration](configuration.md) which services read a variable. The other deadlines and full disks are in
[the guide to operation](operate.md).

Records that other producers write to a topic of Kafka are held to the standard limits by every process, whatever it is
configured with, because all of them must decide alike.

Files of gzip that \`tributary import\` reads may hold 500 times their bytes (\`TRIBUTARY_IMPORT_INFLATION_RATIO\` of the command), or 64 MiB
where that is more (4 GiB for files that are read row by row); a text has 511 MiB at most, which is fixed, because Node holds none that is longer. Documents that
\`tributary tag\` reads may hold 1,000 times their bytes beyond 64 MiB, which is fixed too: what is beyond says so, and is measured once it is
decompressed. The headers of a request have 16 KiB, which is what Node reads.

This page is generated from the rows that a test tries against the server: \`npx vitest run tests/limits.int.spec.ts -u\`.
`;

it('documents every limit (docs/guides/limits.md)', async () => {
  const variables = new Map(settings.variables.map((variable) => [variable.name, variable]));
  const lines = LIMITS.map(({ limit, status, code, retry }) => {
    const { default: standard, description } = variables.get(keyOf(limit)) ?? {};
    return `| \`${limit}\` | \`${keyOf(limit)}\` | ${standard} | ${status} \`${code}\` | ${retry ? 'yes' : 'no'} | ${description} |`;
  });
  const table = [
    '| limit | key | default | refusal | retry | bounds |',
    '| --- | --- | --- | --- | --- | --- |',
  ];
  await expect([INTRODUCTION, ...table, ...lines, ''].join('\n')).toMatchFileSnapshot(
    '../docs/guides/limits.md',
  );
});
