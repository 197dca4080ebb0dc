import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { randomFrom } from '@tributary/fixtures';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { startEmbedded } from './embedded.ts';
import type { EmbeddedServer } from './embedded.ts';
import { verifyDirectory } from './verify/verify-directory.ts';

const NEW_LINE = 0x0a;
const random = randomFrom(20_261_201);
const COUNTS = '{ runs { totalCount complete } run(id: "run-1") { status complete lastStep } }';

/** The engine writes a definition at once; what is left of it ends within a line, or there is nothing left. */
function lengthOf(path: string): number {
  const text = readFileSync(path);
  const length = random.below(text.length);
  return text[length - 1] === NEW_LINE ? 0 : length;
}

const definitions = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => (name.endsWith('.sql') ? [join(folder, name)] : []));

const some = (paths: readonly string[], count: number): string[] =>
  Array.from({ length: count }, () => paths[random.below(paths.length)] ?? '');

const CHOICES = {
  'of one table': (paths: readonly string[]) => some(paths, 1),
  'of another one': (paths: readonly string[]) => some(paths, 1),
  'of several tables': (paths: readonly string[]) => some(paths, 8),
  'of many tables': (paths: readonly string[]) => some(paths, 40),
  'of the database': (paths: readonly string[]) => paths.slice(0, 1),
  'of everything': (paths: readonly string[]) => [...paths],
};

/** The law of definitions that were cut, for some choices of them. */
export function cutDefinitions(names: readonly (keyof typeof CHOICES)[]): void {
  const directory = mkdtempSync(join(tmpdir(), 'tributary-cut-'));
  const tables = join(directory, 'tables');
  afterAll(() => rmSync(directory, { recursive: true }));

  let server: EmbeddedServer;
  afterEach(() => server.close());

  async function start(): Promise<void> {
    server = await startEmbedded({ directory, host: '127.0.0.1', port: 0 });
  }

  async function ask(query: string): Promise<unknown> {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ query });
    const response = await fetch(`${server.url}/graphql`, { method: 'POST', headers, body });
    return ((await response.json()) as { data: unknown }).data;
  }

  async function post(type: string, data: object): Promise<void> {
    const event = {
      specversion: '1.0',
      id: `${type}-${JSON.stringify(data)}`,
      source: 'urn:test',
      type,
      data,
    };
    const headers = { 'content-type': 'application/cloudevents+json' };
    const response = await fetch(`${server.url}/v1/events`, {
      method: 'POST',
      headers,
      body: JSON.stringify(event),
    });
    expect(response.status).toBe(201);
  }

  /** Every definition of the tables: of the database, of its tables and views, and of functions. */
  const all = (): string[] => [
    ...definitions(join(tables, 'metadata')),
    ...definitions(join(tables, 'metadata/tributary')),
    ...definitions(join(tables, 'user_defined')),
  ];

  beforeAll(async () => {
    await start();
    for (let run = 0; run < 5; run += 1) {
      const runId = `run-${run}`;
      await post('training.run.started', { runId, attempt: 1, model: { name: 'm' }, config: {}, seeds: {} });
      await post('training.run.ended', { runId, attempt: 1, status: 'completed', lastStep: 9 });
    }
    await vi.waitUntil(
      async () => JSON.stringify(await ask(COUNTS)).includes('"totalCount":5,"complete":true'),
      {
        timeout: 20_000,
      },
    );
    await server.close();
  });

  it.each(names)(
    'law: a definition %s that was cut anywhere is made again, and the tables are filled again',
    async (name) => {
      const cut = [...new Set(CHOICES[name](all()))];
      for (const path of cut) truncateSync(path, lengthOf(path));
      expect(await verifyDirectory(directory, 16, () => undefined)).toMatchObject({
        ok: false,
        divergence: expect.stringContaining('is cut short'),
      });
      await start();
      for (const path of cut) expect(server.warnings[0]).toContain(basename(path));
      await expect
        .poll(() => ask(COUNTS))
        .toEqual({
          runs: { totalCount: 5, complete: true },
          run: { status: 'completed', complete: true, lastStep: 9 },
        });
      expect(await ask('mutation { rebuild { equal } }')).toEqual({ rebuild: { equal: true } });
      await server.close();
      expect(await verifyDirectory(directory, 16, () => undefined)).toMatchObject({ ok: true });
      await start();
      expect(server.warnings).toEqual([]);
    },
  );
}
