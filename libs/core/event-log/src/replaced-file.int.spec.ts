import { copyFileSync, cpSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { LocalLog } from './lmdb-log.ts';
import { openLmdbLog } from './lmdb-log.ts';
import { anEvent } from './log-under-test.fixture.ts';

const REPLACED = { code: 'log_replaced', retryable: false };

let root = '';
let log: LocalLog;
const path = (...names: readonly string[]): string => join(root, 'log', ...names);
const file = (): string => path('data.mdb');
const append = (id: string) => log.append([anEvent({ id })], { atomic: true });

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'replaced-'));
  log = await openLmdbLog({ directory: path() });
  await append('kept');
});
afterEach(async () => {
  await log.close();
  rmSync(root, { recursive: true });
});

/** The file as it was, under another name and then in its place, as rsync puts it. */
function restore(): void {
  copyFileSync(file(), path('.data.mdb.new'));
  renameSync(path('.data.mdb.new'), file());
}

function exchangeDirectory(): void {
  renameSync(path(), join(root, 'old'));
  cpSync(join(root, 'old'), path(), { recursive: true });
}

it.each([
  ['deleted', () => rmSync(file())],
  ['replaced by a copy', restore],
  ['moved away with its directory, and a copy is there', exchangeDirectory],
  ['deleted with its directory', () => rmSync(path(), { recursive: true })],
])('takes nothing once its file is %s, and says so before anybody writes', async (_how, replace) => {
  expect(log.replaced()).toBeUndefined();
  replace();
  expect([log.replaced(), log.fault()]).toMatchObject([REPLACED, undefined]);
  await expect(append('lost')).rejects.toMatchObject(REPLACED);
  await expect(log.cursors.set('tables', { position: log.head() })).rejects.toMatchObject(REPLACED);
  expect(log.fault()).toMatchObject(REPLACED);
  expect(await log.find('trainer', 'lost')).toBeUndefined();
});

it('goes on where its file is back before anybody writes, and has everything after that', async () => {
  renameSync(file(), path('aside'));
  expect(log.replaced()).toMatchObject(REPLACED);
  renameSync(path('aside'), file());
  expect(log.replaced()).toBeUndefined();
  expect(await append('later')).toMatchObject({ stored: 1 });
  await log.close();
  log = await openLmdbLog({ directory: path() });
  expect(await log.verify()).toMatchObject({ ok: true, events: 2 });
});
