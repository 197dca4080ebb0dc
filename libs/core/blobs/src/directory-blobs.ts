import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Fault } from '@tributary/kernel';
import type { Blobs, Content, PutResult } from './blobs.ts';
import { damaged, digestInTurns, isDigest, mismatch, chunksOf, verified } from './digest.ts';
import { FlushedFolders } from './flushed-folders.ts';
import type { OpenFolder } from './flushed-folders.ts';
import { blobRemoved, removalOf } from './removed-blobs.ts';
import { VerifiedFiles } from './verified-file.ts';
import { readWhole, writeAll } from './whole-file.ts';

/**
 * Blobs as files `<first two digits>/<digest>` of a directory that processes may share. Deletes unfinished files that
 * were not written to for an hour before `now` (milliseconds since 1970).
 */
export function openBlobs(directory: string, now = Date.now(), openFolder?: OpenFolder): Blobs {
  const unfinished = join(directory, UNFINISHED);
  mkdirSync(unfinished, { recursive: true });
  for (const name of readdirSync(unfinished)) dropAbandoned(join(unfinished, name), now);
  return new DirectoryBlobs(directory, new FlushedFolders(directory, openFolder));
}

/** Names of the blobs in a directory, in no order. Other folders are not looked into: a disk has its own `lost+found`. */
export function* blobNames(directory: string): Generator<string> {
  const names = existsSync(directory) ? readdirSync(directory) : [];
  const folders = names.filter((name) => /^[0-9a-f]{2}$/.test(name));
  for (const folder of folders) yield* readdirSync(join(directory, folder)).filter(isDigest);
}

const HOUR_MS = 3_600_000;

function dropAbandoned(path: string, now: number): void {
  const written = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? now;
  if (now - written > HOUR_MS) rmSync(path, { force: true });
}

const UNFINISHED = 'unfinished';

class DirectoryBlobs implements Blobs {
  readonly #directory: string;
  readonly #folders: FlushedFolders;
  readonly #files = new VerifiedFiles();

  constructor(directory: string, folders: FlushedFolders) {
    this.#directory = directory;
    this.#folders = folders;
  }

  /** Known content is written again too: whether its file is durable cannot be found out, and damaged bytes are repaired. */
  async put(content: Content, expected?: string): Promise<PutResult> {
    const path = join(this.#directory, UNFINISHED, randomUUID());
    try {
      const { sha256, bytes } = await write(path, content);
      if (expected !== undefined && expected !== sha256) throw mismatch(expected, sha256);
      const removal = this.removed(sha256);
      if (removal !== undefined) throw blobRemoved(sha256, removal);
      const known = presence(this.#pathOf(sha256)) === true;
      await syncing(() => this.#folders.move(path, this.#pathOf(sha256)));
      return { sha256, bytes, known };
    } finally {
      await rm(path, { force: true });
    }
  }

  async read(sha256: string): Promise<Buffer | undefined> {
    if (!this.has(sha256)) return undefined;
    const bytes = await readWhole(this.#pathOf(sha256)).catch((cause: unknown) => {
      throw unreadable(sha256, cause);
    });
    if ((await digestInTurns(bytes)) !== sha256) throw damaged(sha256);
    return bytes;
  }

  open(sha256: string): Readable | undefined {
    if (!this.has(sha256)) return undefined;
    const chunks = readable(createReadStream(this.#pathOf(sha256)), sha256);
    return Readable.from(verified(chunks, sha256), { objectMode: false });
  }

  /** A disk that cannot say whether it has a file has not lost it, so only an answer of the disk counts. */
  has(sha256: string): boolean {
    const found = isDigest(sha256) && presence(this.#pathOf(sha256));
    if (typeof found !== 'boolean') throw unreadable(sha256, found.error);
    return found;
  }

  removed(sha256: string): string | undefined {
    return removalOf(this.#directory, sha256);
  }

  async readRange(sha256: string, from: number, length: number): Promise<Buffer | undefined> {
    if (!this.has(sha256)) return undefined;
    try {
      return await this.#files.read(this.#pathOf(sha256), sha256, { from, length });
    } catch (cause) {
      throw cause instanceof Fault ? cause : unreadable(sha256, cause);
    }
  }

  bytesOf(sha256: string): number | undefined {
    return this.has(sha256) ? statSync(this.#pathOf(sha256)).size : undefined;
  }

  readonly #pathOf = (sha256: string): string => join(this.#directory, sha256.slice(0, 2), sha256);
}

/** Whether a file is there, or why the disk does not say so. */
function presence(path: string): boolean | { readonly error: unknown } {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    return { error };
  }
}

/** Bytes that are written between two flushes, so that none of them takes long: a request waits a limited time for each. */
const FLUSH_BYTES = 64 * 1024 * 1024;

async function write(path: string, content: Content): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  let unflushed = 0;
  const file = await syncing(() => open(path, 'wx'));
  try {
    for await (const chunk of chunksOf(content)) {
      hash.update(chunk);
      bytes += chunk.length;
      await syncing(() => writeAll(file, chunk));
      unflushed += chunk.length;
      if (unflushed < FLUSH_BYTES) continue;
      await syncing(() => file.datasync());
      unflushed = 0;
    }
    await syncing(() => file.sync());
  } finally {
    await file.close();
  }
  return { sha256: hash.digest('hex'), bytes };
}

async function* readable(chunks: AsyncIterable<Buffer>, sha256: string): AsyncGenerator<Buffer> {
  try {
    yield* chunks;
  } catch (cause) {
    throw unreadable(sha256, cause);
  }
}

const unreadable = (sha256: string, cause: unknown): Fault =>
  new Fault(
    'blob_unreadable',
    `the disk does not give blob ${sha256}: ${cause instanceof Error && 'code' in cause ? String(cause.code) : 'an error'}; check the disk and the permissions of the folder of blobs`,
    { retryable: true, cause },
  );

const NO_ROOM: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** Errors of the disk become a Fault of the store. Errors of the content's stream are thrown as they are. */
async function syncing<Outcome>(work: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof Fault) throw cause;
    if (cause instanceof Error && 'code' in cause && NO_ROOM.has(cause.code))
      throw new Fault(
        'disk_full',
        'the disk is full, so nothing of a blob is kept; make room, then upload it again',
        { retryable: true, cause },
      );
    throw new Fault(
      'blob_write_failed',
      'a blob could not be written and nothing of it is kept; check the disk, then upload it again',
      { cause },
    );
  }
}
