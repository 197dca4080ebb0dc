import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { Scope } from '@tributary/capture';
import { changeKeys, mintKey, readKeys } from '@tributary/http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmbedded } from './embedded.ts';
import type { EmbeddedServer } from './embedded.ts';

const directory = mkdtempSync(join(tmpdir(), 'tributary-access-'));
const keysFile = join(directory, 'api-keys.json');
let server: EmbeddedServer;
const lines: string[] = [];
let keys: Readonly<Record<'reader' | 'writer' | 'ada' | 'eve' | 'importer', string>>;

function newKey(name: string, ...scopes: Scope[]): string {
  const { key, kept } = mintKey({ name, scopes, created: new Date().toISOString() });
  changeKeys(keysFile, (all) => [...all, kept]);
  return key;
}

beforeAll(async () => {
  keys = {
    reader: newKey('reader', 'read'),
    writer: newKey('writer', 'write'),
    ada: newKey('ada', 'read', 'write', 'decide'),
    eve: newKey('eve', 'read', 'write', 'decide'),
    importer: newKey('importer', 'write', 'import'),
  };
  server = await startEmbedded({
    directory,
    host: '127.0.0.1',
    port: 0,
    auth: 'keys',
    writeLine: (line) => lines.push(line),
  });
});
afterAll(async () => {
  await server.close();
  rmSync(directory, { recursive: true });
});

type Sent = { readonly key?: string; readonly type?: string; readonly body?: string };
type Answer = { readonly status: number; readonly body: string; readonly challenge: string };

/** Sends a path as it is written, which `fetch` would normalise. */
async function send(method: string, path: string, { key, type, body }: Sent = {}): Promise<Answer> {
  const { hostname, port } = new URL(server.url);
  const headers = {
    ...(key !== undefined && { authorization: `Bearer ${key}` }),
    'content-type': type ?? 'application/json',
    'content-length': Buffer.byteLength(body ?? ''),
  };
  const sent = request({ hostname, port, method, path, headers });
  const response = new Promise<import('node:http').IncomingMessage>((resolve, reject) => {
    sent.once('response', resolve).once('error', reject);
  });
  sent.end(body);
  const answered = await response;
  return {
    status: answered.statusCode ?? 0,
    body: await text(answered),
    challenge: answered.headers['www-authenticate'] ?? '',
  };
}

const statusOf = async (...sent: Parameters<typeof send>) => (await send(...sent)).status;

const event = (type: string, data: object, id: string) =>
  JSON.stringify({ specversion: '1.0', id, source: 'urn:test', type, data });
const ended = (id: string) =>
  event('training.run.ended', { runId: id, attempt: 1, status: 'completed', lastStep: 1 }, id);
const NDJSON = 'application/x-ndjson';

const record = (key: string, body: string, query = '') =>
  send('POST', `/v1/events${query}`, { key, body, type: NDJSON });

type Reply<Data> = { readonly status: number; readonly data: Data; readonly errors: unknown };

const ask = async <Data = unknown>(key: string, query: string): Promise<Reply<Data>> => {
  const { status, body } = await send('POST', '/graphql', { key, body: JSON.stringify({ query }) });
  const { data, errors } = JSON.parse(body);
  return { status, data, errors };
};

describe('a server with keys', () => {
  it('answers health to everybody, and nothing else to a caller without a key', async () => {
    expect(await statusOf('GET', '/health')).toBe(200);
    expect(await statusOf('GET', '/ready')).toBe(200);
    for (const path of ['/metrics', '/v1/limits', '/graphql', '/nowhere', '/v1/blobs/0f'])
      expect([path, await statusOf('GET', path)]).toEqual([path, 401]);
    expect(await statusOf('POST', '/v1/events', { body: ended('x'), type: NDJSON })).toBe(401);
  });

  it.each([
    ['/v1/events', { code: 'credential_missing', status: 401 }],
    ['/api/v1/lineage', { code: 'credential_missing', status: 401 }],
    ['/api/2.0/mlflow/runs/create', { error_code: 'UNAUTHENTICATED', message: expect.any(String) }],
    ['/v1/traces', { code: 16, message: expect.any(String) }],
    ['/graphql', { errors: [{ message: expect.any(String), extensions: { code: 'credential_missing' } }] }],
  ])('refuses a caller without a key in the form of %s', async (path, form) => {
    const answer = await send('POST', path, { body: '{}' });
    expect(answer.status).toBe(401);
    expect(answer.challenge).toBe('Bearer realm="tributary"');
    expect(JSON.parse(answer.body)).toMatchObject(form);
  });

  it.each([
    ['/v1/events', { code: 'scope_missing', status: 403, scope: 'write' }],
    ['/api/v1/lineage', { code: 'scope_missing', status: 403 }],
    ['/api/2.0/mlflow/runs/create', { error_code: 'PERMISSION_DENIED', message: expect.any(String) }],
    ['/v1/traces', { code: 7, message: expect.any(String) }],
  ])('refuses a caller without the scope in the form of %s', async (path, form) => {
    const answer = await send('POST', path, { key: keys.reader, body: '{}' });
    expect(answer.status).toBe(403);
    expect(answer.challenge).toContain('error="insufficient_scope", scope="write"');
    expect(JSON.parse(answer.body)).toMatchObject(form);
  });

  it('lets each do what its scopes allow, and nothing more', async () => {
    const blob = `/v1/blobs/${'0f'.repeat(32)}`;
    const search = '/api/2.0/mlflow/experiments/search';
    const create = '/api/2.0/mlflow/experiments/create';
    const asked: [method: string, path: string, body: string, reader: number, writer: number][] = [
      ['GET', '/v1/limits', '', 200, 200],
      ['GET', '/metrics', '', 200, 403],
      ['HEAD', blob, '', 404, 404],
      ['GET', blob, '', 404, 403],
      ['POST', search, '{"max_results": 1}', 200, 403],
      ['GET', '/api/2.0/mlflow/experiments/get-by-name?experiment_name=none', '', 404, 403],
      ['POST', create, '{"name": "by the writer"}', 403, 200],
      ['POST', '/v1/traces', '{}', 403, 200],
      ['GET', '/nowhere', '', 404, 404],
    ];
    for (const [method, path, body, reader, writer] of asked)
      expect([
        path,
        await statusOf(method, path, { key: keys.reader, body }),
        await statusOf(method, path, { key: keys.writer, body }),
      ]).toEqual([path, reader, writer]);
    expect((await record(keys.reader, ended('refused'))).status).toBe(403);
    expect((await record(keys.writer, ended('accepted'))).status).toBe(201);
  });

  it('knows a route however its path is spelled', async () => {
    for (const path of ['/%761/events', '/v1/%65vents', '/v1/events?x=/health', '/v1/events#/health'])
      expect([
        path,
        await statusOf('POST', path, { key: keys.reader, body: ended('spelled'), type: NDJSON }),
      ]).toEqual([path, 403]);
    for (const path of ['//health', '/health/', '/health/../v1/limits', '/HEALTH', '/health%2f'])
      expect([path, await statusOf('GET', path)]).toEqual([path, 401]);
  });

  it('lets readers ask, and only those decide who may', async () => {
    const retract = 'mutation { retract(target: shard, id: "s-0", reason: "r") { __typename } }';
    expect(await ask(keys.reader, '{ status { version } }')).toMatchObject({ status: 200 });
    expect(await ask(keys.reader, retract)).toMatchObject({
      status: 403,
      errors: [{ extensions: { code: 'scope_missing' } }],
    });
    for (const query of ['{ status { version } }', '{ __schema { types { name } } }', retract])
      expect((await ask(keys.writer, query)).status).toBe(403);
    expect((await ask(keys.ada, retract)).data).toEqual({ retract: { __typename: 'Retracted' } });
  });
});

const PLAN = {
  unit: 'token_share',
  phases: [{ name: 'all', fromStep: 0, weights: [{ slice: 'web', weight: 1 }] }],
  rationale: 'because',
};
const plan = (mixtureId: string, decidedBy: string) =>
  event('mixture.plan.decided', { ...PLAN, mixtureId, decidedBy }, `decided-${mixtureId}-${decidedBy}`);
const approval = (mixtureId: string, approvedBy: string) =>
  event('mixture.plan.approved', { mixtureId, approvedBy }, `approved-${mixtureId}-${approvedBy}`);

describe('a decision', () => {
  const approve = (key: string, more = '') =>
    ask<{ approveMixture: unknown }>(
      key,
      `mutation { approveMixture(id: "m"${more}) { __typename ... on MixtureRefused { refusal } } }`,
    );

  it('is recorded in the name of who sends it, over events and over GraphQL', async () => {
    expect((await record(keys.ada, plan('m', 'ada'))).status).toBe(201);
    expect((await approve(keys.ada)).data.approveMixture).toEqual({
      __typename: 'MixtureRefused',
      refusal: 'approver_is_decider',
    });
    expect((await approve(keys.eve)).data.approveMixture).toEqual({ __typename: 'MixtureRecorded' });
    const { data: at } = await ask<{ status: { log: { position: string } } }>(
      keys.reader,
      '{ status { log { position } } }',
    );
    const question = `{ mixture(id: "m", asOf: "${at.status.log.position}") { decidedBy approvedBy } }`;
    const { data } = await ask(keys.reader, question);
    expect(data).toEqual({ mixture: { decidedBy: 'ada', approvedBy: 'eve' } });
  });

  it('in the name of somebody else is refused on every way, and nothing of it is recorded', async () => {
    const before = (await ask(keys.reader, '{ status { log { position } } }')).data;
    const mutations = [
      'approveMixture(id: "m", approvedBy: "ada") { __typename }',
      'supersedeMixture(id: "m", supersededBy: "n", reason: "r", actor: "ada") { __typename }',
      'retract(target: shard, id: "s", reason: "r", actor: "ada") { __typename }',
      'discardDeadLetter(id: "0198f0c1", reason: "r", actor: "ada") { id }',
      'replayDeadLetter(id: "0198f0c1", actor: "ada") { id }',
    ];
    for (const mutation of mutations)
      expect((await ask(keys.eve, `mutation { ${mutation} }`)).errors).toMatchObject([
        { extensions: { code: 'actor_mismatch' } },
      ]);
    for (const [key, body] of [
      [keys.eve, plan('n', 'ada')],
      [keys.eve, approval('m', 'ada')],
      [keys.writer, plan('n', 'writer')],
    ] as const)
      expect((await record(key, body)).status).toBe(403);
    const binary = { specversion: '1.0', id: 'b', source: 'urn:test', type: 'mixture.plan.approved' };
    const headers = Object.fromEntries(Object.entries(binary).map(([name, value]) => [`ce-${name}`, value]));
    const response = await fetch(`${server.url}/v1/events`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', authorization: `Bearer ${keys.eve}` },
      body: JSON.stringify({ mixtureId: 'm', approvedBy: 'ada' }),
    });
    expect(response.status).toBe(403);
    expect((await ask(keys.reader, '{ status { log { position } } }')).data).toEqual(before);
  });

  it('that was refused is a dead letter, which nobody can send again in that name but its owner', async () => {
    const refused = await record(keys.eve, `${approval('m', 'ada')}\n${ended('beside it')}`, '?atomic=false');
    expect(refused.status).toBe(207);
    const { deadLetterId } = JSON.parse(refused.body).receipts.find((item: object) => 'deadLetterId' in item);
    const replay = (key: string) =>
      ask<{ replayDeadLetter: { state: string } }>(
        key,
        `mutation { replayDeadLetter(id: "${deadLetterId}") { state code } }`,
      );
    expect((await replay(keys.eve)).data.replayDeadLetter).toEqual({
      state: 'parked',
      code: 'actor_mismatch',
    });
    expect((await replay(keys.ada)).data.replayDeadLetter.state).toBe('replayed');
  });

  it('of others is recorded by a key that may import', async () => {
    expect((await record(keys.importer, plan('imported', 'unknown'))).status).toBe(201);
    expect((await record(keys.importer, approval('imported', 'ada'))).status).toBe(201);
  });
});

describe('the owner of the directory', () => {
  const file = join(directory, 'server.json');

  it('finds a token that nobody else can read, and acts in its own name', async () => {
    const { token } = JSON.parse(readFileSync(file, 'utf8'));
    expect(token).toBe(server.token);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await ask(token, '{ status { version } }')).toMatchObject({ status: 200 });
    const by = `actor: ${JSON.stringify(userInfo().username)}`;
    const retract = (actor: string) =>
      ask(token, `mutation { retract(target: shard, id: "own", reason: "r", ${actor}) { __typename } }`);
    expect((await retract(by)).data).toEqual({ retract: { __typename: 'Retracted' } });
    expect((await retract('actor: "ada"')).errors).toMatchObject([
      { extensions: { code: 'actor_mismatch' } },
    ]);
  });
});

describe('a key that is revoked', () => {
  it('ends within a second, without a restart', async () => {
    const key = newKey('short', 'read');
    await expect.poll(() => statusOf('GET', '/v1/limits', { key })).toBe(200);
    changeKeys(keysFile, (all) => all.filter(({ name }) => name !== 'short'));
    await expect.poll(() => statusOf('GET', '/v1/limits', { key })).toBe(401);
    expect(readKeys(keysFile)).toHaveLength(5);
  });
});

describe('the record of who read what', () => {
  it('names the key and the questions, not what was written in them', async () => {
    lines.length = 0;
    await ask(
      keys.reader,
      'query Canary { runs(first: 1) { totalCount } ...More } fragment More on Query { status { directory } }',
    );
    await ask(keys.writer, '{ runs(first: 1) { totalCount } }');
    await send('GET', '/v1/limits', { key: keys.reader });
    await record(keys.writer, ended('recorded-nowhere'));
    await expect.poll(() => lines.length).toBe(2);
    const written = lines.map((line): Record<string, unknown> => JSON.parse(line));
    expect(written).toMatchObject([
      {
        event: 'access.read',
        caller: 'reader',
        route: '/graphql',
        operations: ['runs', 'status'],
        status: 200,
      },
      { event: 'access.read', caller: 'writer', route: '/graphql', status: 403 },
    ]);
    expect(lines.join('')).not.toContain('Canary');
    expect(lines.join('')).not.toContain(keys.reader);
  });
});

describe('a page', () => {
  const open = async (path: string, headers: Readonly<Record<string, string>>) => {
    const response = await fetch(server.url + path, { headers });
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      text: await response.text(),
    };
  };
  const accept = 'text/html,*/*;q=0.8';

  it('says how to authenticate, and nothing of what is recorded, to a browser without a key', async () => {
    for (const path of ['/', '/?run=r1', '/explore']) {
      const { status, type, text: shown } = await open(path, { accept });
      expect([status, type]).toEqual([401, 'text/html; charset=utf-8']);
      expect(shown).toMatch(/tributary keys create/);
      expect(shown).not.toMatch(/Recorded|Recent|position|script/);
    }
  });

  it('needs the scope read, and is nothing for programs', async () => {
    const as = (key: string) => ({ authorization: `Bearer ${key}` });
    expect(await open('/', { accept, ...as(keys.reader) })).toMatchObject({ status: 200 });
    expect((await open('/', { accept, ...as(keys.writer) })).status).toBe(403);
    expect((await open('/', {})).status).toBe(401);
    expect((await open('/', as(keys.writer))).status).toBe(404);
  });
});

describe('a file of MLflow', () => {
  const FILES = '/api/2.0/mlflow-artifacts/artifacts';

  it('is written with the scope write and read with read', async () => {
    for (const [method, path] of [
      ['PUT', `${FILES}/0/r/artifacts/a`],
      ['DELETE', `${FILES}/0/r/artifacts/a`],
      ['POST', '/api/2.0/mlflow/registered-models/create'],
    ] as const) {
      expect(await statusOf(method, path)).toBe(401);
      expect(await statusOf(method, path, { key: keys.reader })).toBe(403);
      expect([400, 404]).toContain(await statusOf(method, path, { key: keys.writer, body: '{}' }));
    }
    for (const path of [
      `${FILES}/0/r/artifacts/a`,
      `${FILES}?path=0/r/artifacts`,
      '/get-artifact?run_uuid=r&path=a',
      '/api/2.0/mlflow/artifacts/list?run_id=r',
      '/api/2.0/mlflow/registered-models/get?name=none',
    ]) {
      expect([path, await statusOf('GET', path)]).toEqual([path, 401]);
      expect([path, await statusOf('GET', path, { key: keys.writer })]).toEqual([path, 403]);
      expect([path, await statusOf('GET', path, { key: keys.reader })]).toEqual([path, 404]);
    }
    const latest = '/api/2.0/mlflow/registered-models/get-latest-versions';
    expect(await statusOf('POST', latest, { key: keys.reader, body: '{"name":"none"}' })).toBe(404);
  });
});
