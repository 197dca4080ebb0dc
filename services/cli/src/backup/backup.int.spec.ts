import { createHash } from 'node:crypto';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBlobs, removeBlob } from '@tributary/blobs';
import { openLmdbLog } from '@tributary/event-log';
import { START, systemClock } from '@tributary/kernel';
import { bundle, smallDisk } from '@tributary/test-processes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backUp } from './back-up.ts';
import type { Manifest } from './manifest.ts';
import { restoreBackup } from './restore-backup.ts';

const root = mkdtempSync(join(tmpdir(), 'tributary-backup-'));
const data = join(root, 'data');
const kept = join(root, 'kept');
const acknowledged = new Map<string, number>();
let writer: ChildProcess;
let count = 0;

const newPath = (): string => join(root, `${(count += 1)}`);
const nothing = (): void => undefined;
const common = {
  version: '0.1.0',
  clock: systemClock,
  step: nothing,
  warn: nothing,
  signal: new AbortController().signal,
};

const back = (target: string, more: object = {}): Promise<Manifest> =>
  backUp({ ...common, data, target, acceptMissing: false, ...more });
const restore = (backup: string, to: string, more: object = {}): Promise<Manifest> =>
  restoreBackup({ ...common, backup, data: to, ...more });

/** Ids of all events of a directory, with what is wrong with it. */
async function contentOf(directory: string) {
  const log = await openLmdbLog({ directory: join(directory, 'log') });
  const blobs = openBlobs(join(directory, 'blobs'));
  const events = await log.read({ after: START, limit: 1_000_000, maxBytes: 1 << 30 });
  const texts = events.map(({ bytes }) => Buffer.from(bytes).toString('utf8'));
  const wanted = texts.flatMap((text) => /"datadigest":"sha256:(\w+)"/.exec(text)?.[1] ?? []);
  const missing = wanted.filter((digest) => !blobs.has(digest));
  const verified = await log.verify();
  await log.close();
  return { ids: new Set(events.map(({ id }) => id)), wanted, missing, ok: verified.ok, head: log.head() };
}

beforeAll(async () => {
  const module = await bundle(new URL('write-until-killed.crash.ts', import.meta.url));
  writer = spawn(process.execPath, [module, data], { stdio: ['ignore', 'pipe', 'inherit'] });
  let rest = '';
  await new Promise<void>((resolve) => {
    writer.stdout?.setEncoding('utf8').on('data', (text: string) => {
      const lines = `${rest}${text}`.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) acknowledged.set(line.split(' ')[0] ?? '', Number(line.split(' ')[1]));
      if (acknowledged.size >= 30) resolve();
    });
  });
});
afterAll(() => {
  writer.kill('SIGKILL');
  rmSync(root, { recursive: true, force: true });
});

describe('a backup of a directory that a process writes to', () => {
  it('has everything that was acknowledged before it began, and nothing half', async () => {
    for (let round = 0; round < 3; round += 1) {
      const before = [...acknowledged.keys()];
      const [target, restored] = [newPath(), newPath()];
      const manifest = await back(target);
      await restore(target, restored);
      const found = await contentOf(restored);
      expect(before.filter((id) => !found.ids.has(id))).toEqual([]);
      expect(found).toMatchObject({ ok: true, missing: [], head: manifest.position });
      expect(found.ids.size).toBe(manifest.events);
      expect(Number(manifest.position)).toBe(manifest.events);
      /* The log of the copy has no gaps: of what was acknowledged meanwhile it has the beginning. */
      const covered = [...acknowledged].filter(([, position]) => position <= manifest.events);
      expect(covered.filter(([id]) => !found.ids.has(id))).toEqual([]);
    }
  });

  it('is made beside a writer that goes on', async () => {
    await back(kept);
    const before = acknowledged.size;
    await expect.poll(() => acknowledged.size).toBeGreaterThan(before);
    const ended = once(writer, 'exit');
    writer.kill('SIGKILL');
    await ended;
  });

  it('is not written over anything', async () => {
    await expect(back(kept)).rejects.toMatchObject({ code: 'target_exists' });
    await expect(restore(kept, data)).rejects.toMatchObject({ code: 'target_exists' });
    await expect(back(newPath(), { data: root })).rejects.toMatchObject({ code: 'no_log' });
    const [file, link] = [newPath(), newPath()];
    writeFileSync(file, 'mine');
    symlinkSync(root, link);
    for (const target of [file, link])
      await expect(back(target)).rejects.toMatchObject({ code: 'target_exists' });
    await expect(restore(kept, file)).rejects.toMatchObject({ code: 'target_exists' });
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  it('is read by its owner alone, and so is what is restored from it', async () => {
    const to = newPath();
    await restore(kept, to);
    for (const folder of [kept, to])
      for (const path of ['', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })])
        expect([path, statSync(join(folder, path)).mode & 0o077]).toEqual([path, 0]);
  });

  it('holds no lock, no address of a server and no tables', () => {
    expect(
      readdirSync(kept, { recursive: true })
        .map(String)
        .filter((path) => !path.startsWith('blobs'))
        .toSorted(),
    ).toEqual([
      'SHA256SUMS',
      'backup.json',
      'dead-letters',
      'dead-letters/log-id',
      expect.stringMatching(/^dead-letters\/log-id\/./),
      'log',
      'log/data.mdb',
    ]);
  });
});

/** Each damage changes one file of a backup; the refusal names it. */
const DAMAGES: Record<string, readonly [file: RegExp, damage: (path: string) => void]> = {
  'a log that is cut': [/log\/data\.mdb$/, (path) => truncateSync(path, 8_192)],
  'a log with another byte': [/log\/data\.mdb$/, flipped],
  'a blob that is cut': [/blobs\/..\/\w{64}$/, (path) => truncateSync(path, 3)],
  'a blob that is gone': [/blobs\/..\/\w{64}$/, (path) => rmSync(path)],
  'another manifest': [/backup\.json$/, (path) => replaceIn(path, '"events": ', '"events": 1')],
  'a manifest that is cut': [/backup\.json$/, (path) => truncateSync(path, 30)],
  'a digest that is gone': [/SHA256SUMS$/, (path) => replaceIn(path, /^.*blobs\/..\/.*\n/m, '')],
  'digests that end early': [/SHA256SUMS$/, (path) => truncateSync(path, 100)],
  'a name that leads out': [/SHA256SUMS$/, (path) => appendFileSync(path, `${'0'.repeat(64)}  ../../etc\n`)],
};

function flipped(path: string): void {
  const bytes = readFileSync(path);
  const at = Math.floor(bytes.length / 2);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}

const replaceIn = (path: string, from: string | RegExp, to: string): void =>
  writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));

describe('a restore', () => {
  it.each(Object.entries(DAMAGES))('refuses %s, names it and leaves nothing', async (_, [file, damage]) => {
    const [copy, to] = [newPath(), newPath()];
    cpSync(kept, copy, { recursive: true });
    const path =
      readdirSync(copy, { recursive: true })
        .map(String)
        .find((name) => file.test(name)) ?? '';
    damage(join(copy, path));
    await expect(restore(copy, to)).rejects.toMatchObject({
      code: 'backup_damaged',
      message: expect.stringMatching(file.source.replace('$', '')),
    });
    expect(existsSync(to)).toBe(false);
  });

  it('refuses what is no backup, and one of a later version', async () => {
    await expect(restore(root, newPath())).rejects.toMatchObject({ code: 'no_backup' });
    await expect(restore(kept, newPath(), { version: '0.0.9' })).rejects.toMatchObject({
      code: 'backup_newer',
    });
    const copy = newPath();
    cpSync(kept, copy, { recursive: true });
    replaceIn(join(copy, 'backup.json'), '"format": 2', '"format": 3');
    await expect(restore(copy, newPath())).rejects.toMatchObject({ code: 'backup_newer' });
  });

  it('reads a backup of the first format, which had no notes of removed content', async () => {
    const copy = newPath();
    cpSync(kept, copy, { recursive: true });
    const path = join(copy, 'backup.json');
    const digest = () => createHash('sha256').update(readFileSync(path)).digest('hex');
    const before = digest();
    replaceIn(path, '"format": 2', '"format": 1');
    replaceIn(join(copy, 'SHA256SUMS'), before, digest());
    await restore(copy, newPath());
  });

  it('refuses a backup that is older than the witness saw, before anything is copied', async () => {
    const [witness, to] = [newPath(), newPath()];
    const { logId, position } = JSON.parse(readFileSync(join(kept, 'backup.json'), 'utf8'));
    const seen = '2026-12-01T00:00:00.000000Z';
    const keep = (until: number): void =>
      writeFileSync(
        witness,
        JSON.stringify({
          format: 1,
          logId,
          position: `${until}`,
          recordTime: seen,
          seen,
        }),
      );
    keep(Number(position) + 1);
    await expect(restore(kept, to, { witness })).rejects.toMatchObject({
      code: 'older_copy',
      message: expect.stringContaining(`mv '${witness}' '${witness}.before'`),
    });
    expect(existsSync(to)).toBe(false);
    keep(Number(position));
    await restore(kept, to, { witness });
    rmSync(witness);
    await restore(kept, newPath(), { witness });
  });

  it('warns of a witness that cannot be read, and restores as a server would start', async () => {
    const witness = newPath();
    writeFileSync(witness, '{');
    const warnings: string[] = [];
    await restore(kept, newPath(), { witness, warn: (text: string) => void warnings.push(text) });
    expect(warnings).toEqual([expect.stringContaining('it is no witness, or a part of one')]);
  });

  it('starts again where one was killed, and touches nothing else', async () => {
    const to = newPath();
    mkdirSync(join(to, 'unfinished-restore/log'), { recursive: true });
    mkdirSync(join(to, 'blobs/00'), { recursive: true });
    await restore(kept, to);
    expect(readdirSync(to).toSorted()).toEqual(['blobs', 'dead-letters', 'log']);
    const other = newPath();
    mkdirSync(other);
    writeFileSync(join(other, 'thesis.txt'), 'mine');
    await expect(restore(kept, other)).rejects.toMatchObject({ code: 'target_exists' });
    expect(readdirSync(other)).toEqual(['thesis.txt']);
  });

  it('makes a directory of a disk of its own', async () => {
    const to = newPath();
    mkdirSync(join(to, 'lost+found'), { recursive: true });
    await restore(kept, to);
    expect(readdirSync(to).toSorted()).toEqual(['blobs', 'dead-letters', 'log', 'lost+found']);
  });

  it('leaves alone what another restore into the same directory has completed', async () => {
    const to = newPath();
    const other = newPath();
    await restore(kept, other);
    const step = () => {
      rmSync(to, { recursive: true });
      cpSync(other, to, { recursive: true });
    };
    await expect(restore(kept, to, { step })).rejects.toMatchObject({
      code: expect.stringMatching(/^(ENOENT|ENOTEMPTY)$/),
    });
    expect(await contentOf(to)).toMatchObject({ ok: true, missing: [] });
  });

  it('ends when it is told to, and leaves nothing', async () => {
    const to = newPath();
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(restore(kept, to, { signal })).rejects.toThrow('enough');
    await expect(back(to, { signal })).rejects.toThrow('enough');
    expect(readdirSync(root).filter((name) => name.startsWith(to))).toEqual([]);
  });
});

it('refuses to back up without a blob that an event refers to, unless it is told to', async () => {
  const damaged = newPath();
  cpSync(data, damaged, { recursive: true });
  const { wanted } = await contentOf(damaged);
  const [first = '', second = ''] = readdirSync(join(damaged, 'blobs'), { recursive: true })
    .map(String)
    .filter((name) => wanted.some((digest) => name.endsWith(digest)));
  rmSync(join(damaged, 'blobs', first));
  writeFileSync(join(damaged, 'blobs', second), 'other');
  const target = newPath();
  await expect(back(target, { data: damaged })).rejects.toMatchObject({
    code: 'backup_would_lose',
    message: expect.stringContaining('2 blobs'),
  });
  expect(readdirSync(root).filter((name) => name.includes('unfinished'))).toEqual([]);
  const manifest = await back(target, { data: damaged, acceptMissing: true });
  expect(manifest.missingBlobs).toBe(2);
  const to = newPath();
  await restore(target, to);
  expect((await contentOf(to)).missing).toHaveLength(2);
});

it('keeps what says that content was removed for good, which is not stored again after a restore', async () => {
  const scrubbed = newPath();
  cpSync(data, scrubbed, { recursive: true });
  const content = Buffer.from('a token');
  const { sha256 } = await openBlobs(join(scrubbed, 'blobs')).put(content);
  removeBlob(join(scrubbed, 'blobs'), sha256, 'scrubbed: a token');
  const [target, to] = [newPath(), newPath()];
  const manifest = await back(target, { data: scrubbed });
  expect(manifest.blobs).toBe((await back(newPath())).blobs);
  await restore(target, to);
  const blobs = openBlobs(join(to, 'blobs'));
  expect(blobs.removed(sha256)).toBe('scrubbed: a token');
  await expect(blobs.put(content)).rejects.toMatchObject({ code: 'blob_removed' });
  truncateSync(join(target, 'blobs/removed', `${sha256}.txt`), 3);
  await expect(restore(target, newPath())).rejects.toMatchObject({
    code: 'backup_damaged',
    message: expect.stringContaining('blobs/removed/'),
  });
});

it('refuses a directory without a folder that its log knows', async () => {
  const without = newPath();
  cpSync(data, without, { recursive: true });
  rmSync(join(without, 'dead-letters'), { recursive: true });
  await expect(back(newPath(), { data: without })).rejects.toMatchObject({ code: 'backup_refused' });
});

const disk = smallDisk(1);
afterAll(() => disk?.remove());

describe.skipIf(!disk)('a disk without room (needs the right to mount one)', () => {
  it('keeps nothing of a backup and nothing of a restore', async () => {
    const target = join(disk?.directory ?? '', 'backup');
    disk?.fill(100_000);
    const left = readdirSync(disk?.directory ?? '');
    await expect(back(target)).rejects.toMatchObject({ code: 'disk_full' });
    await expect(restore(kept, target)).rejects.toMatchObject({ code: 'disk_full' });
    expect(readdirSync(disk?.directory ?? '')).toEqual(left);
  });
});
