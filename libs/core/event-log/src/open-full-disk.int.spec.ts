import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle, smallDisk } from '@tributary/test-processes';
import { open } from 'lmdb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLmdbLog } from './lmdb-log.ts';
import { anEvent } from './log-under-test.fixture.ts';

const root = mkdtempSync(join(tmpdir(), 'open-full-disk-'));
const disk = smallDisk(4);
const EVENTS = 5;
const PAGE = 4096;
/** LMDB makes a log of eleven pages. */
const ROOMS = [...Array.from({ length: 14 }, (_, pages) => pages * PAGE), 2_000_000];
let module = '';

beforeAll(async () => {
  module = await bundle(new URL('open.crash.ts', import.meta.url));
  const log = await openLmdbLog({ directory: join(root, 'log') });
  const events = Array.from({ length: EVENTS }, (_, n) => anEvent({ id: `event ${n}` }));
  await log.append(events, { atomic: true });
  await log.close();
});
afterAll(() => {
  disk?.remove();
  rmSync(root, { recursive: true });
});

/** What becomes of a process that opens a log where so many bytes are free: what it says, or the signal that ended it. */
function opened(free: number, prepare: (directory: string) => Promise<void> | void): Promise<string> {
  return onEmptyDisk(async (directory) => {
    await prepare(directory);
    disk?.fill(free);
    const { stdout, signal } = spawnSync(process.execPath, [module, directory], { encoding: 'utf8' });
    disk?.makeRoom();
    const again = await openLmdbLog({ directory });
    expect(await again.verify()).toMatchObject({ ok: true });
    await again.close();
    return signal ?? stdout.trim();
  });
}

async function onEmptyDisk<Result>(work: (directory: string) => Promise<Result>): Promise<Result> {
  const directory = join(disk?.directory ?? '', 'log');
  try {
    return await work(directory);
  } finally {
    disk?.makeRoom();
    rmSync(directory, { recursive: true, force: true });
  }
}

const copied = (directory: string): void => cpSync(join(root, 'log'), directory, { recursive: true });

function withoutLock(directory: string): void {
  copied(directory);
  rmSync(join(directory, 'lock.mdb'));
}

/** As an earlier version left it, which did not count commits. */
async function withoutCommits(directory: string): Promise<void> {
  copied(directory);
  const environment = open<Buffer, Buffer>({ path: directory, noSubdir: false, maxDbs: 8 });
  const commits = environment.openDB('commits', {
    encoding: 'binary',
    keyEncoding: 'binary',
    useVersions: true,
  });
  await commits.drop();
  await environment.close();
}

describe.skipIf(!disk)(
  'opening a log where the disk has less and less room (needs the right to mount one)',
  () => {
    it.each([
      ['a new log', () => undefined, '0 events'],
      ['a log without its lock file, as a restore leaves it', withoutLock, `${EVENTS} events`],
      ['a log of a version without a count of commits', withoutCommits, `${EVENTS} events`],
    ])(
      'law: %s is refused as without room, or opened, and opens once there is room',
      async (_, prepare, whole) => {
        const outcomes = new Set<string>();
        for (const free of ROOMS) outcomes.add(await opened(free, prepare));
        expect(outcomes).toEqual(new Set(['disk_full', ...(prepare === withoutLock ? [whole] : [])]));
        expect(await opened(3_000_000, prepare)).toBe(whole);
      },
    );

    it('opens a complete log where there is room for the mark of its writer alone', async () => {
      expect(await opened(0, copied)).toBe('disk_full');
      expect(await opened(PAGE, copied)).toBe(`${EVENTS} events`);
    });
  },
);
