import type { Blobs, Content } from '@tributary/blobs';
import type { DeadLetters } from '@tributary/dead-letters';
import type { DiskSpace } from './disk-space.ts';

type Admit = DiskSpace['admit'];

/** Blobs that are put only while the disk has room: checked before the content, and again before each of its chunks. */
export const guardedBlobs = (blobs: Blobs, admit: Admit): Blobs => ({
  async put(content, expected) {
    admit();
    return blobs.put(content instanceof Uint8Array ? content : admitted(content, admit), expected);
  },
  read: (sha256) => blobs.read(sha256),
  open: (sha256) => blobs.open(sha256),
  has: (sha256) => blobs.has(sha256),
});

async function* admitted(content: Exclude<Content, Uint8Array>, admit: Admit): AsyncGenerator<Uint8Array> {
  for await (const chunk of content) {
    admit();
    yield chunk;
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
