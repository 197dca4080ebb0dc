import { createHash } from 'node:crypto';
import { runInNewContext } from 'node:vm';
import { Fault } from '@tributary/kernel';
import { buildSchema, parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGraphqlServer, fact } from '../graphql-server.fixture.ts';
import type { GraphqlServer } from '../graphql-server.fixture.ts';
import { readSchema } from '../schema.fixture.ts';
import { namedQuestions } from './named-questions.ts';

const HOSTILE = `<img src=x onerror=alert(1)>"'&\u202E`;
const HOSTILE_ID = 'a/b"><script>alert(1)</script>';

let server: GraphqlServer;
/** What every query of the tables ends with, while a test says so. */
let fault: Fault | undefined;
beforeAll(async () => {
  server = await startGraphqlServer({
    reader: (reader) => ({
      all: (query, params) => (fault ? Promise.reject(fault) : reader.all(query, params)),
    }),
  });
  const start = { attempt: 1, model: { name: 'm' }, config: {}, seeds: {} };
  await server.record(
    fact('training.run.started', { runId: 'r1', name: 'first', projectId: 'p1', ...start }),
    fact('training.run.annotated', { runId: 'r1', params: { lr: '3e-4' } }),
    fact('training.run.started', { runId: HOSTILE_ID, name: HOSTILE, projectId: HOSTILE, ...start }),
    fact('training.run.annotated', { runId: HOSTILE_ID, params: { [HOSTILE]: HOSTILE } }),
    fact('training.artifact.recorded', {
      ownerKind: 'run',
      ownerId: HOSTILE_ID,
      path: 'a&b"><svg onload=1>.txt',
      digest: 'a'.repeat(64),
      bytes: 7,
    }),
  );
  await server.caughtUp();
});
afterAll(() => server.remove());

const HTML = 'text/html,application/xhtml+xml,*/*;q=0.8';

async function open(path: string, accept = HTML) {
  const response = await fetch(server.url + path, { headers: { accept } });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

const digest = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const between = (text: string, from: string, to: string): string => text.split(from)[1]?.split(to)[0] ?? '';

describe('the page at /', () => {
  it('has the counts, the condition and the recent runs, and says what to do, in its markup', async () => {
    const { status, headers, text } = await open('/');
    expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    const cells = text.replaceAll(/<[^>]*>|\s+/g, ' ').replaceAll(/ +/g, ' ');
    expect(cells).toMatch(/events 5 runs 2 experiments 0 mixtures 0 snapshots 0 shards 0 /);
    expect(cells).toMatch(/Ready\./);
    expect(cells).toMatch(/As of position 5, complete/);
    expect(cells).toMatch(/first r1 running 20/);
    expect(text).toContain('href="/?run=r1"');
    expect(text).toContain('tributary search TEXT');
    expect(text).toContain('href="/explore"');
  });

  it.each(['/', '/?run=r1', '/explore'])('runs its own code alone, and loads nothing: %s', async (path) => {
    const { headers, text } = await open(path);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toBe(
      `default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; style-src ${digest(between(text, '<style>', '</style>'))}; script-src ${digest(between(text, '<script>', '</script>'))}; connect-src 'self'`,
    );
    expect(headers.get('cache-control')).toBe('no-store');
    const tags = (text.match(/<[^>]*>/g) ?? []).join('');
    expect(tags).not.toMatch(/\bsrc=|\son\w+=|style="|:\/\/|javascript:/);
    expect(between(text, '<style>', '</style>')).not.toMatch(/@import|url\(/);
  });

  it('escapes every name', async () => {
    for (const path of [
      '/',
      `/?run=${encodeURIComponent(HOSTILE_ID)}`,
      `/?project=${encodeURIComponent(HOSTILE)}`,
    ]) {
      const { status, text } = await open(path);
      expect(status).toBe(200);
      expect(text).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;\uFFFD');
      expect(text.match(/<script|<img|<svg|onload=1>|\u202E/g)).toEqual(['<script']);
    }
    const { text } = await open(`/?run=${encodeURIComponent('"><script>x</script>')}`);
    expect(text.match(/<script/g)).toHaveLength(1);
    expect(text).toContain('No event mentions run &quot;&gt;&lt;script&gt;');
  });

  it('shows a run with its parameters and files, whose links download them', async () => {
    const { text } = await open(`/?run=${encodeURIComponent(HOSTILE_ID)}`);
    const link = `/get-artifact?run_uuid=${encodeURIComponent(HOSTILE_ID)}&amp;path=a%26b%22%3E%3Csvg%20onload%3D1%3E.txt`;
    expect(text).toContain(`href="${link}"`);
    expect((await open('/?run=r1')).text.replaceAll(/<[^>]*>|\s+/g, ' ')).toMatch(/lr +3e-4/);
  });

  it('lists the runs of a project', async () => {
    const { text } = await open('/?project=p1');
    expect(text).toContain('/?run=r1');
    expect(text).not.toContain(encodeURIComponent(HOSTILE_ID));
  });

  it.each([
    ['#/experiments/0/runs/r1', '/?run=r1'],
    ['#/experiments/12/runs/a%2Fb%20c?tab=x', '/?run=a%2Fb%20c'],
    ['#/experiments/12', '/?project=12'],
    ['#/experiments/%', '/?project=%25'],
    ['#/models/lm', undefined],
    ['', undefined],
  ])('opens the link %s that clients of MLflow print', async (hash, expected) => {
    const script = between((await open('/')).text, '<script>', '</script>');
    const opened: string[] = [];
    runInNewContext(script, {
      location: { hash, replace: (to: string) => void opened.push(to) },
      decodeURIComponent,
      encodeURIComponent,
    });
    expect(opened).toEqual(expected === undefined ? [] : [expected]);
  });

  it('is nothing for programs', async () => {
    for (const path of ['/', '/explore']) {
      const { status, headers, text } = await open(path, 'application/json');
      expect([status, headers.get('content-type')]).toEqual([
        404,
        expect.stringMatching(/^application\/problem\+json/),
      ]);
      expect(JSON.parse(text)).toMatchObject({ status: 404, detail: `Cannot GET ${path}` });
    }
  });
});

describe('the explorer', () => {
  it('lists every question, with a query that is valid', async () => {
    const schema = readSchema();
    const questions = namedQuestions(schema);
    expect(questions.map(({ name }) => name).toSorted()).toEqual(
      Object.keys(schema.getQueryType()?.getFields() ?? {}).toSorted(),
    );
    for (const { name, question } of questions)
      expect([name, validate(schema, parse(question.query))]).toEqual([name, []]);
    const { text } = await open('/explore');
    for (const { name } of questions) expect(text).toContain(`>${name}</a>`);
  });

  it('has a query also for what has no fields without arguments, and for unions', () => {
    const schema = buildSchema(
      'type Query { a(id: ID!): A b: U }\n type A { c(x: Int!): Int }\n type B { d: Int }\n union U = A | B',
    );
    for (const { question } of namedQuestions(schema))
      expect(validate(schema, parse(question.query))).toEqual([]);
  });
});

it('says that the tables cannot be asked, and shows what is known without them', async () => {
  fault = new Fault('engine_busy', 'the engine is busy');
  const { status, text } = await open('/');
  fault = undefined;
  expect([status, text.includes('The tables cannot be asked now: the engine is busy')]).toEqual([200, true]);
});
