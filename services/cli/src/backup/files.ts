import { createHash } from 'node:crypto';
import { closeSync, createReadStream, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { hasNoRoom } from '@tributary/event-log';
import { Fault } from '@tributary/kernel';

/** A file of a copy: its path within it, with `/`, and what it holds. */
export type CopiedFile = { readonly path: string; readonly bytes: number; readonly sha256: string };

type Content = Pick<CopiedFile, 'bytes' | 'sha256'>;

/** Copies a file into a new one, flushes it, and returns what was read. */
export async function copyFile(from: string, to: string): Promise<Content> {
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
  const file = await open(to, 'wx', 0o600);
  try {
    const content = await readThrough(from, async (chunk) => {
      await file.writeFile(chunk);
    });
    await file.sync();
    return content;
  } finally {
    await file.close();
  }
}

export const digestOfFile = (path: string): Promise<Content> => readThrough(path, () => Promise.resolve());

async function readThrough(path: string, take: (chunk: Buffer) => Promise<void>): Promise<Content> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 ** 2 })) {
    hash.update(chunk);
    bytes += chunk.length;
    await take(chunk);
  }
  return { bytes, sha256: hash.digest('hex') };
}

/** Writes a new file and flushes it. */
export async function writeNew(path: string, text: string): Promise<void> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Names in a folder survive a power cut only once it is flushed. */
export function syncFolder(path: string): void {
  const descriptor = openSync(path, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
}

/** LMDB gives the text of an error and no code. */
const NO_ROOM_TEXT = /No space left on device|Disk quota exceeded|File too large/;

/** Fault `disk_full` where a copy had no room; any other error as it is. */
export function copyFault(error: unknown, to: string): unknown {
  if (!(error instanceof Error) || error instanceof Fault) return error;
  const isFull = hasNoRoom(error) || NO_ROOM_TEXT.test(error.message);
  if (!isFull) return error;
  return new Fault(
    'disk_full',
    `there is no room for ${to}, and nothing of it is left; make room and try again`,
    {
      cause: error,
    },
  );
}
