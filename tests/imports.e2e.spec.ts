import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer } from '../services/standalone/src/server-under-test.fixture.ts';
import type { ServerUnderTest } from '../services/standalone/src/server-under-test.fixture.ts';

const main = join(import.meta.dirname, '../dist/cli.js');
const answers = join(import.meta.dirname, '../schemas/answers');
const samples = join(import.meta.dirname, '../examples/samples');
const folder = mkdtempSync(join(tmpdir(), 'tributary-imports-'));
let server: ServerUnderTest;

function tributary(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const given = [main, ...words, '--quiet', '--url', server.url];
  return new Promise((resolve) => {
    execFile(process.execPath, given, { maxBuffer: 1 << 26 }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : Number(error !== null), out, err });
    });
  });
}

/** The JSON that a command prints, checked against its schema. */
async function answer(schema: string, ...words: string[]) {
  const { out, err } = await tributary(...words, '--json');
  const value: Record<string, unknown> = JSON.parse(out || JSON.stringify(err));
  const check = new Ajv2020({ strict: true, allowUnionTypes: true });
  const valid = check.compile(JSON.parse(readFileSync(join(answers, `${schema}.json`), 'utf8')));
  expect(valid(value) ? undefined : { errors: valid.errors, value }).toBeUndefined();
  return value;
}

type Listed = {
  readonly id: string;
  readonly state: string;
  readonly stored: number;
  readonly repeated: number;
};

const listed = async (): Promise<readonly Listed[]> =>
  Object(await answer('imports', 'imports')).imports as readonly Listed[];

const IMPORTS = '{ imports { nodes { id state stored } } }';

/** The last import, of a server that is asked at once. */
const lastImport = async (): Promise<Listed | undefined> =>
  (await server.ask<{ imports: { nodes: Listed[] } }>(IMPORTS)).imports.nodes.at(-1);

/** Resolves when the log does not grow: a request goes on when its client has died. */
async function quiet(): Promise<void> {
  let last = '';
  const grows = async (): Promise<boolean> => last !== (last = await server.logEnd());
  await expect.poll(grows, { interval: 1000 }).toBe(false);
}

/** What the lists name, without the position that they are as of. */
const entitiesNow = (): Promise<unknown> => {
  const named = (kind: string): string => `${kind}: entities(kind: ${kind}, first: 1000) {
    nodes { key name registered details { key value } } totalCount }`;
  return server.ask(`{ ${['run', 'checkpoint', 'snapshot', 'experiment'].map(named).join(' ')} }`);
};

describe.skipIf(!existsSync(main))('imports (needs a build)', () => {
  beforeAll(async () => {
    server = await startServer(join(folder, 'data'));
  });
  afterAll(async () => {
    await server.end('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  });

  it('are listed with what they added, withdrawn, and there again after another import', async () => {
    const first = await answer('import', 'import', join(samples, 'megatron/restarted.txt'), '--name', 'gpt');
    const kept = await entitiesNow();
    const second = await answer('import', 'import', join(samples, 'hf-trainer'));
    const both = await entitiesNow();
    expect(both).not.toEqual(kept);
    expect(await listed()).toMatchObject([
      { id: first['importId'], state: 'finished', stored: 7, repeated: 0 },
      { id: second['importId'], state: 'finished', stored: 6, repeated: 0, refused: 0, notLookedAt: 2 },
    ]);
    const id = String(second['importId']);
    const planned = await answer('undo', 'import', '--undo', id, '--dry-run');
    expect(planned).toMatchObject({
      dryRun: true,
      import: { stored: 6 },
      entities: [
        { kind: 'checkpoint', count: 2 },
        { kind: 'run', count: 1 },
      ],
    });
    expect(await entitiesNow()).toEqual(both);
    expect(await answer('undo', 'import', '--undo', id, '--reason', 'templates')).toMatchObject({
      dryRun: false,
    });
    expect(await entitiesNow()).toEqual(kept);
    const again = await tributary('import', '--undo', id);
    expect(again).toMatchObject({ code: 1 });
    expect(again.err).toContain('templates');
    expect((await tributary('import', '--undo', 'nobody')).err).toContain('nobody');

    const third = await answer('import', 'import', join(samples, 'hf-trainer'));
    expect(third).toMatchObject({ appended: 0, duplicates: 6 });
    expect(JSON.stringify(await entitiesNow())).toContain('hf-trainer@');
    expect(await listed()).toMatchObject([
      {},
      { state: 'withdrawn', withdrawal: { reason: 'templates' } },
      { state: 'finished', stored: 0, repeated: 6 },
    ]);
    await answer('undo', 'import', '--undo', String(third['importId']));
    expect(await entitiesNow()).toEqual(kept);
  });

  it('that are stopped half-way are unfinished, and withdrawn whole', async () => {
    const before = await entitiesNow();
    const path = join(folder, 'many.ndjson');
    const event = (index: number) => ({
      specversion: '1.0',
      id: `many-${index}`,
      source: '/many',
      type: 'training.run.started',
      data: { runId: `many-${index}`, attempt: 1, model: { name: 'm' }, config: {}, seeds: {} },
    });
    const lines = Array.from({ length: 100_000 }, (_, index) => JSON.stringify(event(index)));
    writeFileSync(path, `${lines.join('\n')}\n`);
    const importing = spawn(process.execPath, [main, 'import', path, '--url', server.url], {
      stdio: 'ignore',
    });
    const ended = once(importing, 'exit');
    await expect.poll(lastImport, { interval: 20 }).toMatchObject({ state: 'unfinished' });
    await expect.poll(async () => (await lastImport())?.stored, { interval: 20 }).toBeGreaterThan(1000);
    importing.kill('SIGKILL');
    await ended;
    await quiet();
    const stopped = await lastImport();
    expect(stopped?.state).toBe('unfinished');
    await answer('undo', 'import', '--undo', stopped?.id ?? '');
    expect(await entitiesNow()).toEqual(before);
  });

  it('of configurations plan runs, once however often they are read, until they are withdrawn', async () => {
    const configs = join(samples, 'run-configs');
    const first = await answer('import', 'import', configs);
    const again = await answer('import', 'import', join(configs, 'nemo.yaml'));
    expect([first, again]).toMatchObject([{ appended: 8 }, { appended: 0, duplicates: 2 }]);
    const planned = async () =>
      (await tributary('list', 'runs', '--where', 'status=planned')).out.match(/^urn:\S+/gm) ?? [];
    const [neox = '', lingua = '', ...others] = await planned();
    expect([neox, lingua, ...others].map((id) => id.replace(/@.*/, ''))).toEqual([
      'urn:gpt-neox:run:gpt-neox',
      'urn:lingua:run:tiny-lingua',
      'urn:nanotron:run:tiny-nanotron',
      'urn:nemo:run:tiny-nemo',
    ]);
    expect((await tributary('run', neox)).out).toContain('no attempt is recorded');
    expect((await tributary('diff', neox, lingua)).out).toMatch(/^\/seeds\/init +7 +42 +\+35$/m);
    await answer('undo', 'import', '--undo', String(first['importId']));
    expect(await planned()).toEqual([neox, lingua, ...others].filter((id) => id.startsWith('urn:nemo')));
    await answer('undo', 'import', '--undo', String(again['importId']));
    expect(await planned()).toEqual([]);
  });
});
