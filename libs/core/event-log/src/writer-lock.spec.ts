import { mkdtempSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processMark } from '@tributary/kernel';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lockForWriting } from './writer-lock.ts';

let directory: string;
let path: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tributary-lock-'));
  path = join(directory, 'writer.lock');
});
afterEach(() => rmSync(directory, { recursive: true }));

/** A process of another container with the number of this one, which runs or has gone. */
function foreignLock(): void {
  writeFileSync(path, `${process.pid} 1 pid:[1]`);
}

it('has one holder at a time, and is free after its release', async () => {
  const lock = await lockForWriting(directory);
  await expect(lockForWriting(directory)).rejects.toMatchObject({
    code: 'log_locked',
    message: expect.stringContaining(`process ${process.pid} writes`),
  });
  lock.release();
  (await lockForWriting(directory)).release();
});

it('has one holder at a time by whatever path the directory is called', async () => {
  const lock = await lockForWriting(directory);
  const link = join(directory, 'link');
  symlinkSync(directory, link);
  await expect(lockForWriting(link)).rejects.toMatchObject({ code: 'log_locked' });
  lock.release();
});

it('is taken from a dead process with the mark of this one, as in a machine that starts the same each time', async () => {
  writeFileSync(path, processMark());
  const touching = setInterval(() => utimesSync(path, new Date(), new Date()), 20);
  await expect(lockForWriting(directory, 60_000)).rejects.toMatchObject({ code: 'log_locked' });
  clearInterval(touching);
  const lock = await lockForWriting(directory, 150);
  await expect(lockForWriting(directory, 0)).rejects.toMatchObject({ code: 'log_locked' });
  lock.release();
});

it('belongs to a process of another container as long as that touches it, whatever its number', async () => {
  foreignLock();
  const touching = setInterval(() => utimesSync(path, new Date(), new Date()), 20);
  await expect(lockForWriting(directory, 60_000)).rejects.toMatchObject({
    code: 'log_locked',
    message: expect.stringContaining('another container'),
  });
  clearInterval(touching);
});

it('is taken from a process of another container that does not touch it any more', async () => {
  foreignLock();
  const lock = await lockForWriting(directory, 150);
  expect(readFileSync(path, 'utf8')).toContain(`${process.pid} `);
  lock.release();
});

it('is taken over from an earlier version, which wrote no namespace', async () => {
  writeFileSync(path, `${process.pid} 1`);
  (await lockForWriting(directory)).release();
});
