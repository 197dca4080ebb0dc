import { setTimeout as pause } from 'node:timers/promises';
import { memoryBlobs } from '@tributary/blobs';
import type { Blobs } from '@tributary/blobs';
import { expect, it } from 'vitest';
import { DiskWaits } from './disk-waits.ts';
import { guardedBlobs, watchedBlobs } from './guarded-writes.ts';

const LIMIT = 100;
const overdue = { code: 'blobs_overdue', retryable: true };
const content = Buffer.from('what a producer said');

/** Blobs whose disk answers nothing until it is released. */
function hanging(blobs: Blobs = memoryBlobs()) {
  let release = (): void => undefined;
  const answers = new Promise<void>((resolve) => (release = resolve));
  return {
    release,
    blobs: {
      ...blobs,
      put: (...put: Parameters<Blobs['put']>) => answers.then(() => blobs.put(...put)),
      read: (sha256: string) => answers.then(() => blobs.read(sha256)),
    },
  };
}

it('ends a request whose disk hangs at its deadline, and is overdue until the disk answers', async () => {
  const { blobs, release } = hanging();
  const waits = new DiskWaits(LIMIT);
  const guarded = guardedBlobs(blobs, () => undefined, waits);
  await expect(guarded.put(content)).rejects.toMatchObject(overdue);
  await expect(guarded.read('0'.repeat(64))).rejects.toMatchObject(overdue);
  expect(waits.overdue()).toMatchObject(overdue);
  release();
  await expect.poll(() => waits.overdue()).toBeUndefined();
  expect(await guarded.put(content)).toMatchObject({ known: true });
});

it('sees the longest wait of what the server does itself, which goes on', async () => {
  let elapsed = 0;
  const first = hanging();
  const second = hanging();
  const waits = new DiskWaits(LIMIT, () => elapsed);
  const reads = [first, second].map(({ blobs }) => watchedBlobs(blobs, waits).read('0'.repeat(64)));
  expect(waits.overdue()).toBeUndefined();
  elapsed += LIMIT + 1;
  expect(waits.overdue()?.message).toMatch(/has not answered for 0 s/);
  first.release();
  await reads[0];
  expect(waits.overdue()).toMatchObject(overdue);
  second.release();
  expect(await reads[1]).toBeUndefined();
  expect(waits.overdue()).toBeUndefined();
});

it('counts no time in which the sender of the content is slow', async () => {
  async function* slow(): AsyncGenerator<Buffer> {
    for (const byte of content) {
      await pause((3 * LIMIT) / content.length);
      yield Buffer.of(byte);
    }
    await pause(2 * LIMIT);
  }
  const waits = new DiskWaits(LIMIT);
  const guarded = guardedBlobs(memoryBlobs(), () => undefined, waits);
  expect(await guarded.put(slow())).toMatchObject({ bytes: content.length });
  expect(waits.overdue()).toBeUndefined();
});

it('ends a put whose disk hangs between two chunks of its content', async () => {
  const store: Blobs = {
    ...memoryBlobs(),
    put: async (offered) => {
      for await (const _ of offered instanceof Uint8Array ? [offered] : offered) await pause(3 * LIMIT);
      throw new Error('nothing is kept');
    },
  };
  async function* chunks(): AsyncGenerator<Buffer> {
    yield content;
    yield content;
  }
  const waits = new DiskWaits(LIMIT);
  await expect(guardedBlobs(store, () => undefined, waits).put(chunks())).rejects.toMatchObject(overdue);
  await expect.poll(() => waits.overdue()).toBeUndefined();
});

it('begins nothing while several waits are overdue, which hold what they were to write', async () => {
  const { blobs, release } = hanging();
  let begun = 0;
  const waits = new DiskWaits(LIMIT);
  const put: Blobs['put'] = (...offered) => {
    begun += 1;
    return blobs.put(...offered);
  };
  const guarded = guardedBlobs({ ...blobs, put }, () => undefined, waits);
  for (let request = 0; request < 6; request += 1)
    await expect(guarded.put(content)).rejects.toMatchObject(overdue);
  expect(begun).toBe(4);
  release();
  await expect.poll(() => waits.overdue()).toBeUndefined();
  expect(await guarded.put(content)).toMatchObject({ known: true });
});
