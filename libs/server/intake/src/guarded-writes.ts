import { Readable } from 'node:stream';
import type { Blobs, Content } from '@tributary/blobs';
import type { DeadLetters } from '@tributary/dead-letters';
import type { DiskSpace } from './disk-space.ts';
import type { DiskWait, DiskWaits } from './disk-waits.ts';

type Admit = DiskSpace['admit'];

/**
 * Blobs for requests. They are put only while the disk has room, checked before the content and again before each of its
 * chunks, and end with Fault `blobs_overdue` where the disk does not answer in time.
 */
export const guardedBlobs = (blobs: Blobs, admit: Admit, waits: DiskWaits): Blobs => ({
  async put(content, expected) {
    admit();
    return waits.bounded((wait) =>
      blobs.put(content instanceof Uint8Array ? content : admitted(content, admit, wait), expected),
    );
  },
  read: (sha256) => waits.bounded(() => blobs.read(sha256)),
  open(sha256) {
    const content = blobs.open(sha256);
    return content && Readable.from(inTime(content, waits), { objectMode: false });
  },
  has: (sha256) => blobs.has(sha256),
  removed: (sha256) => blobs.removed(sha256),
  readRange: (sha256, from, length) => waits.bounded(() => blobs.readRange(sha256, from, length)),
  bytesOf: (sha256) => blobs.bytesOf(sha256),
});

/** Blobs for what the server does itself, which waits for a disk that hangs. The wait is seen all the same. */
export const watchedBlobs = (blobs: Blobs, waits: DiskWaits): Pick<Blobs, 'put' | 'read'> => ({
  put: (content, expected) => waits.during(() => blobs.put(content, expected)),
  read: (sha256) => waits.during(() => blobs.read(sha256)),
});

/** The store asks for a chunk when it has written the one before, and the time until it comes is that of the sender. */
async function* admitted(
  content: Exclude<Content, Uint8Array>,
  admit: Admit,
  wait: DiskWait,
): AsyncGenerator<Uint8Array> {
  try {
    wait.pause();
    for await (const chunk of content) {
      admit();
      wait.resume();
      yield chunk;
      wait.pause();
    }
  } finally {
    wait.resume();
  }
}

async function* inTime(content: Readable, waits: DiskWaits): AsyncGenerator<Uint8Array> {
  const chunks: AsyncIterator<Uint8Array> = content[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await waits.bounded(() => chunks.next());
      if (next.done) return;
      yield next.value;
    }
  } finally {
    /* Returning the iterator would wait for a chunk that may never come. */
    content.destroy();
  }
}

/** Dead letters that senders add to only while the disk has room. Replays and discards go on, because they make room. */
export const guardedDeadLetters = (deadLetters: DeadLetters, admit: Admit): DeadLetters => ({
  async park(refusals) {
    if (refusals.length > 0) admit();
    return deadLetters.park(refusals);
  },
  list: (filter, page) => deadLetters.list(filter, page),
  get: (id) => deadLetters.get(id),
  replay: (id, by, submit) => deadLetters.replay(id, by, submit),
  discard: (id, by) => deadLetters.discard(id, by),
  counts: () => deadLetters.counts(),
  close: () => deadLetters.close(),
});
