import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { madeEvent } from '@tributary/capture';
import type { ServedProtocol } from '@tributary/test-endpoint';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusal, serveTracker, trackerClient } from '../mlflow.fixture.ts';

let served: ServedProtocol;
beforeAll(async () => {
  served = await serveTracker();
});
afterAll(() => served.close());

const { ask, call, createExperiment, createModel, createRun, getRun } = trackerClient(() => served.url);

const FILES = 'api/2.0/mlflow-artifacts';

/** The address of a file below an artifact_uri, as a client makes it. */
const addressOf = (root: string, path: string): string =>
  `${served.url}/${FILES}/artifacts/${root.replace(/^mlflow-artifacts:\/*/, '')}/${path.split('/').map(encodeURIComponent).join('/')}`;

async function send(method: string, address: string, body?: string | Buffer) {
  const response = await fetch(address, {
    method,
    ...(body === undefined ? {} : { body, headers: { 'content-type': 'text/html' } }),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

const put = (root: string, path: string, body: string | Buffer) => send('PUT', addressOf(root, path), body);
const get = (root: string, path: string) => send('GET', addressOf(root, path));
const rootOf = async (run_id: string): Promise<string> => (await getRun(run_id)).info.artifact_uri;
const newRoot = async (): Promise<string> => rootOf(await createRun('0'));

async function listed(path: string) {
  const response = await fetch(`${served.url}/${FILES}/artifacts?path=${encodeURIComponent(path)}`);
  return { status: response.status, answer: JSON.parse(await response.text()) };
}
const below = (root: string, path = ''): string =>
  `${root.replace(/^mlflow-artifacts:\/*/, '')}${path === '' ? '' : `/${path}`}`;

describe('a file of a run', () => {
  it('is a fact with its digest, and its bytes are a blob', async () => {
    const run_id = await createRun('0');
    const root = await rootOf(run_id);
    expect(await put(root, 'plots/loss.html', '<b>4</b>')).toMatchObject({ status: 200, text: '{}' });
    const digest = createHash('sha256').update('<b>4</b>').digest('hex');
    expect((await served.events()).at(-1)).toMatchObject({
      type: 'training.artifact.recorded',
      data: { ownerKind: 'run', ownerId: run_id, path: 'plots/loss.html', digest, bytes: 8 },
    });
    expect(String(await served.blobs.read(digest))).toBe('<b>4</b>');
  });

  it('comes back as it was sent, and no browser shows or runs it', async () => {
    const root = await newRoot();
    const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, at) => at % 251));
    await put(root, `näme "x'(1).html`, bytes);
    const { status, headers } = await get(root, `näme "x'(1).html`);
    expect(status).toBe(200);
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename*=UTF-8''n%C3%A4me%20%22x%27%281%29.html`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    });
    const again = await fetch(addressOf(root, `näme "x'(1).html`));
    expect(Buffer.from(await again.arrayBuffer()).equals(bytes)).toBe(true);
  });

  it('is stored once however often it is sent, and another content takes its place', async () => {
    const root = await newRoot();
    await put(root, 'a.txt', 'one');
    const before = (await served.events()).length;
    await put(root, 'a.txt', 'one');
    expect((await served.events()).length).toBe(before);
    await put(root, 'a.txt', 'two');
    await put(root, 'a.txt', 'one');
    expect((await get(root, 'a.txt')).text).toBe('one');
    expect((await served.events()).length).toBe(before + 2);
  });

  it('may be empty', async () => {
    const root = await newRoot();
    expect(await put(root, 'empty', '')).toMatchObject({ status: 200 });
    expect(await get(root, 'empty')).toMatchObject({ status: 200, text: '' });
  });

  it('is found by the id of the run too, where the links of MLflow look for it', async () => {
    const run_id = await createRun('0');
    await put(await rootOf(run_id), 'dir/a.txt', 'one');
    for (const path of ['get-artifact', 'ajax-api/2.0/mlflow/get-artifact']) {
      const response = await fetch(`${served.url}/${path}?run_uuid=${run_id}&path=dir/a.txt`);
      expect(response.headers.get('content-disposition')).toMatch(/^attachment/);
      expect(await response.text()).toBe('one');
    }
  });
});

describe('a list of files', () => {
  it('has the files and folders directly in a folder', async () => {
    const run_id = await createRun('0');
    const root = await rootOf(run_id);
    for (const path of ['b.txt', 'dir/c.txt', 'dir/sub/d.txt', 'dir2/e.txt']) await put(root, path, path);
    expect((await listed(below(root))).answer).toEqual({
      files: [
        { path: 'b.txt', is_dir: false, file_size: 5 },
        { path: 'dir', is_dir: true },
        { path: 'dir2', is_dir: true },
      ],
    });
    expect(await ask(`artifacts/list?run_id=${run_id}&path=dir`)).toEqual({
      root_uri: root,
      files: [
        { path: 'dir/c.txt', is_dir: false, file_size: 9 },
        { path: 'dir/sub', is_dir: true },
      ],
    });
    expect(await ask(`artifacts/list?run_id=${run_id}&path=b.txt`)).toMatchObject({ files: [] });
  });

  it('has pages', async () => {
    const run_id = await createRun('0');
    const root = await rootOf(run_id);
    for (const path of ['a', 'b', 'c']) await put(root, path, path);
    const first = await ask(`artifacts/list?run_id=${run_id}&max_results=2`);
    expect(first.files).toHaveLength(2);
    const token = encodeURIComponent(first.next_page_token);
    const second = await ask(`artifacts/list?run_id=${run_id}&max_results=2&page_token=${token}`);
    expect(second).toEqual({ root_uri: root, files: [{ path: 'c', is_dir: false, file_size: 1 }] });
  });

  it('equals what was put and removed, whatever the paths are', async () => {
    const part = fc.constantFrom('a', 'b', 'a b', 'ä%2F', '日本', 'artifacts', 'models', '#x', 'a+b');
    const path = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
    const step = fc.record({ path, remove: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
        const root = await newRoot();
        const files = new Set<string>();
        for (const { path: one, remove } of steps) {
          if (remove) {
            await send('DELETE', addressOf(root, one));
            const gone = [...files].filter((file) => file === one || file.startsWith(`${one}/`));
            gone.forEach((file) => files.delete(file));
          } else {
            await put(root, one, one);
            files.add(one);
          }
        }
        const names = new Set([...files].map((file) => file.split('/')[0]));
        const found: { path: string }[] = (await listed(below(root))).answer.files;
        expect(new Set(found.map((file) => file.path))).toEqual(names);
        for (const file of files) expect((await get(root, file)).text).toBe(file);
      }),
      { seed: 11, numRuns: 15 },
    );
  });
});

describe('facts of another sender count too', () => {
  const record = (type: 'training.artifact.recorded' | 'training.artifact.removed', data: Stated) =>
    served.log.append([madeEvent('urn:test', [type, data], { type, data } as never)], { atomic: true });
  type Stated = { ownerKind: 'run'; ownerId: string; path: string; digest?: string; bytes?: number };

  it('a file that was recorded after its removal is removed by one more fact', async () => {
    const run_id = await createRun('0');
    const root = await rootOf(run_id);
    await put(root, 'd/a', 'one');
    const digest = createHash('sha256').update('one').digest('hex');
    await send('DELETE', addressOf(root, 'd'));
    const path = 'd/a';
    await record('training.artifact.recorded', { ownerKind: 'run', ownerId: run_id, path, digest, bytes: 3 });
    expect(await get(root, path)).toMatchObject({ status: 200, text: 'one' });
    const before = (await served.events()).length;
    expect(await send('DELETE', addressOf(root, 'd'))).toMatchObject({ status: 200 });
    expect((await served.events()).length).toBe(before + 1);
    expect(await get(root, path)).toMatchObject({ status: 404 });
    expect(await send('DELETE', addressOf(root, 'd'))).toMatchObject({ status: 200 });
    expect((await served.events()).length).toBe(before + 1);
  });

  it('a file that they have removed is stored when it is sent again', async () => {
    const run_id = await createRun('0');
    const root = await rootOf(run_id);
    await put(root, 'a', 'one');
    await record('training.artifact.removed', { ownerKind: 'run', ownerId: run_id, path: 'a' });
    expect(await get(root, 'a')).toMatchObject({ status: 404 });
    expect(await put(root, 'a', 'one')).toMatchObject({ status: 200 });
    expect(await get(root, 'a')).toMatchObject({ status: 200, text: 'one' });
  });

  it('a path that no client could keep in its folder is in no list, and is removed with the others', async () => {
    const run_id = await createRun('0');
    const root = await rootOf(run_id);
    const digest = 'a'.repeat(64);
    for (const path of ['../../x', '..', '/x', 'd//x', 'd/./x', 'd/', 'd\\x', 'd/\u0085x', 'd/..x', '.x/y..'])
      await record('training.artifact.recorded', {
        ownerKind: 'run',
        ownerId: run_id,
        path,
        digest,
        bytes: 1,
      });
    const namesIn = async (folder: string) =>
      (await ask(`artifacts/list?run_id=${run_id}&path=${folder}`)).files.map(
        ({ path }: { path: string }) => path,
      );
    expect(await namesIn('')).toEqual(['.x', 'd']);
    expect(await namesIn('d')).toEqual(['d/..x']);
    expect(await send('DELETE', addressOf(root, '').replace(/\/$/, ''))).toMatchObject({ status: 200 });
    expect(
      (await served.events()).filter(({ type }) => type === 'training.artifact.removed').length,
    ).toBeGreaterThan(9);
  });
});

describe('the place of a file', () => {
  it('is a model that was logged', async () => {
    const model_id = await createModel({ experiment_id: '0', name: 'm' });
    const root = `mlflow-artifacts:/0/models/${model_id}/artifacts`;
    await put(root, 'MLmodel', 'flavors: {}');
    expect((await served.events()).at(-1)).toMatchObject({
      data: { ownerKind: 'model', ownerId: model_id, path: 'MLmodel' },
    });
    expect(await ask(`logged-models/${model_id}/artifacts/directories`)).toEqual({
      root_uri: root,
      files: [{ path: 'MLmodel', is_dir: false, file_size: 11 }],
    });
  });

  it('is the location that the experiment was given', async () => {
    const artifact_location = 'mlflow-artifacts:/artifacts/of/team';
    const run_id = await createRun(await createExperiment('located', { artifact_location }));
    const root = await rootOf(run_id);
    expect(root).toBe(`mlflow-artifacts:/artifacts/of/team/${run_id}/artifacts`);
    await put(root, 'artifacts/a', 'x');
    expect((await get(root, 'artifacts/a')).text).toBe('x');
    expect(await put(`mlflow-artifacts:/0/${run_id}/artifacts`, 'a', 'x')).toMatchObject({ status: 404 });
  });

  it('is a run that was recorded as a fact, whose id has slashes', async () => {
    const runId = 'exp-a/checkpoint-500';
    const data = { runId, attempt: 1, model: { name: 'm' }, config: {}, seeds: {} };
    const started = madeEvent('urn:test', [runId], { type: 'training.run.started', data });
    await served.log.append([started], { atomic: true });
    await put(`mlflow-artifacts:/0/${runId}/artifacts`, 'a', 'x');
    expect(await ask(`artifacts/list?run_id=${runId}`)).toMatchObject({ files: [{ path: 'a' }] });
  });
});

describe('a refusal', () => {
  it.each([
    ['an unknown run', '0/nothing/artifacts/a', 404, 'RESOURCE_DOES_NOT_EXIST'],
    ['no run', 'a', 404, 'RESOURCE_DOES_NOT_EXIST'],
    ['a path that leaves the folder', '0/R/artifacts/%2e%2e/a', 400, 'INVALID_PARAMETER_VALUE'],
    ['an encoded slash that leaves it', '0/R/artifacts/a%2f..%2fb', 400, 'INVALID_PARAMETER_VALUE'],
    ['a backslash', '0/R/artifacts/a%5cb', 400, 'INVALID_PARAMETER_VALUE'],
    ['a control character', '0/R/artifacts/a%0ab', 400, 'INVALID_PARAMETER_VALUE'],
    ['no file', '0/R/artifacts/', 400, 'INVALID_PARAMETER_VALUE'],
    ['a path that is too long', `0/R/artifacts/${'x'.repeat(1025)}`, 400, 'INVALID_PARAMETER_VALUE'],
  ])('of %s is in the form of the API', async (_what, path, status, error_code) => {
    const run_id = await createRun('0');
    const { port, hostname } = new URL(served.url);
    /* Fetch would resolve `..` itself. */
    const answer = await new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
      const sent = request(
        { hostname, port, method: 'PUT', path: `/${FILES}/artifacts/${path.replace('R', run_id)}` },
        (response) => {
          let text = '';
          response.on('data', (chunk) => (text += String(chunk)));
          response.on('end', () => resolve({ status: response.statusCode, text }));
        },
      );
      sent.on('error', reject);
      sent.end('x');
    });
    expect([answer.status, JSON.parse(answer.text)]).toEqual([
      status,
      { error_code, message: expect.stringMatching(/./) },
    ]);
  });

  it('of a file for a deleted run says so, and what it has can be read on', async () => {
    const run_id = await createRun('0');
    const root = await rootOf(run_id);
    await put(root, 'a', 'x');
    await ask('runs/delete', { run_id });
    const { status, text } = await put(root, 'b', 'x');
    expect([status, JSON.parse(text)]).toEqual([
      400,
      { error_code: 'INVALID_PARAMETER_VALUE', message: expect.stringMatching(/is deleted/) },
    ]);
    expect((await get(root, 'a')).text).toBe('x');
  });

  it('of an unknown file is 404', async () => {
    const { status, text } = await get(await newRoot(), 'nothing');
    expect([status, JSON.parse(text).error_code]).toEqual([404, 'RESOURCE_DOES_NOT_EXIST']);
  });

  it('of an upload in parts begins as clients expect, so that they send the file whole', async () => {
    const response = await fetch(`${served.url}/${FILES}/mpu/create/0/r/artifacts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect([response.status, await response.json()]).toEqual([
      501,
      {
        error_code: 'NOT_IMPLEMENTED',
        message: expect.stringMatching(
          /^Multipart upload is not supported for the current artifact repository/,
        ),
      },
    ]);
  });

  it('of traces says what to do', async () => {
    for (const path of ['traces', 'traces/search']) {
      expect(await call(path, {})).toMatchObject(
        refusal(501, 'NOT_IMPLEMENTED', /stores no traces.*tracing\.disable/),
      );
      const later = await fetch(`${served.url}/api/3.0/mlflow/${path}`, { method: 'POST' });
      expect(later.status).toBe(501);
    }
    expect((await fetch(`${served.url}/api/3.0/mlflow/server-info`)).status).toBe(404);
  });
});
