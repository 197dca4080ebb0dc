import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { open } from 'lmdb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { damageOf, lmdbFileDamage } from './lmdb-file.ts';
import { openLmdbLog } from './lmdb-log.ts';
import { anEvent } from './log-under-test.fixture.ts';

const PAGE = 4096;
const EVENTS = 40;

let directory = '';
let file = '';
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'lmdb-file-'));
  file = join(directory, 'data.mdb');
  const log = await openLmdbLog({ directory });
  const bytes = Buffer.from(JSON.stringify({ text: 'x'.repeat(3_000) }));
  for (let n = 0; n < EVENTS; n += 8) {
    const events = Array.from({ length: 8 }, (_, i) => anEvent({ id: `event ${n + i}`, bytes }));
    await log.append(events, { atomic: true });
  }
  await log.close();
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** The fault of opening the log, or how many events were read and compared. A page that is needed and absent kills. */
async function verdict(): Promise<unknown> {
  try {
    const log = await openLmdbLog({ directory });
    const verification = await log.verify();
    await log.close();
    return verification.ok ? verification.events : verification.divergence;
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
}

/** Pages at the end of the file that are used and free again within one commit are never written. */
async function leaveUnwrittenPages(): Promise<void> {
  const root = open<Buffer, Buffer>({ path: directory, noSubdir: false, maxDbs: 8, encoding: 'binary' });
  const part = root.openDB<Buffer, Buffer>('spare', { encoding: 'binary', keyEncoding: 'binary' });
  const keys = Array.from({ length: 300 }, (_, n) => Buffer.from(`key ${n}`));
  root.transactionSync(() => {
    for (const key of keys) part.putSync(key, Buffer.alloc(500));
    for (const key of keys) part.removeSync(key);
  });
  await root.close();
}

const cutAt = (bytes: Buffer, size: number): string | undefined =>
  damageOf((offset, length) => bytes.subarray(offset, Math.min(offset + length, size)), size);

describe('a file of LMDB', () => {
  it('is damaged where it ends before a page that is in use, and a log on any other opens whole', async () => {
    const whole = `${file}.whole`;
    copyFileSync(file, whole);
    const pages = statSync(file).size / PAGE;
    const verdicts: unknown[] = [];
    for (let left = 1; left <= pages; left += 1) {
      copyFileSync(whole, file);
      truncateSync(file, left * PAGE);
      verdicts.push(await verdict());
    }
    expect(new Set(verdicts)).toEqual(new Set(['log_damaged', EVENTS]));
    expect(verdicts.slice(0, pages / 2)).not.toContain(EVENTS);
    expect(verdicts.at(-1)).toBe(EVENTS);
  });

  it('may be shorter than its last page where the pages behind its end are unused', async () => {
    await leaveUnwrittenPages();
    const bytes = readFileSync(file);
    const [last] = [144, PAGE + 144].map((at) => Number(bytes.readBigUInt64LE(at))).toSorted((a, b) => b - a);
    expect(last).toBeGreaterThan(bytes.length / PAGE);
    expect(lmdbFileDamage(directory)).toBeUndefined();
    expect(await verdict()).toBe(EVENTS);
  });

  it('is told to be damaged or not for any size and any flipped byte of its head, and nothing is thrown', async () => {
    await leaveUnwrittenPages();
    const bytes = readFileSync(file);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(PAGE + 200), fc.nat(255), (size, at, byte) => {
        const damaged = Buffer.from(bytes);
        damaged[at] = byte;
        expect(['string', 'undefined']).toContain(typeof cutAt(damaged, size + 1));
      }),
    );
  });

  it('is made again where the process that made it ended before it was whole', async () => {
    const page = readFileSync(file).subarray(0, PAGE);
    rmSync(file);
    for (const left of [Buffer.alloc(0), page]) {
      mkdirSync(join(directory, 'unfinished'), { recursive: true });
      writeFileSync(join(directory, 'unfinished/data.mdb'), left);
      writeFileSync(file, '');
      expect(await verdict()).toBe(0);
      expect(readdirSync(directory)).not.toContain('unfinished');
      rmSync(file);
    }
  });

  it('is damaged where its head was overwritten, and says what to do', async () => {
    const bytes = readFileSync(file);
    writeFileSync(file, Buffer.concat([Buffer.alloc(100, 0xa7), bytes.subarray(100)]));
    await expect(openLmdbLog({ directory })).rejects.toMatchObject({
      code: 'log_damaged',
      message: `${file} is damaged: its first page is not one of LMDB; put a copy of the whole data directory in its place`,
    });
  });
});
