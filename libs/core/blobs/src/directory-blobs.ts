import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { Fault } from '@tributary/kernel';
import type { Blobs, Content, PutResult } from './blobs.ts';
import { damaged, digestOf, isDigest, mismatch, chunksOf, verified } from './digest.ts';
import { readWhole, writeAll } from './whole-file.ts';

/**
 * Blobs as files `<first two digits>/<digest>` of a directory that processes may share. Deletes unfinished files that
 * were not written to for an hour before `now` (milliseconds since 1970).
 */
export function openBlobs(directory: string, now = Date.now()): Blobs {
  const unfinished = join(directory, UNFINISHED);
  mkdirSync(unfinished, { recursive: true });
  for (const name of readdirSync(unfinished)) dropAbandoned(join(unfinished, name), now);
  return new DirectoryBlobs(directory);
}

/** Names of the blobs in a directory, in no order. */
export function* blobNames(directory: string): Generator<string> {
  const folders = existsSync(directory) ? readdirSync(directory).filter((name) => name !== UNFINISHED) : [];
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

  constructor(directory: string) {
    this.#directory = directory;
  }

  async put(content: Content, expected?: string): Promise<PutResult> {
    const known = content instanceof Uint8Array ? await this.#knownWhole(content) : undefined;
    if (known && (expected === undefined || expected === known.sha256)) return known;
    const path = join(this.#directory, UNFINISHED, randomUUID());
    try {
      const { sha256, bytes } = await write(path, content);
      if (expected !== undefined && expected !== sha256) throw mismatch(expected, sha256);
      const isKnown = this.has(sha256);
      await this.#keep(path, sha256);
      return { sha256, bytes, known: isKnown };
    } finally {
      await rm(path, { force: true });
    }
  }

  async read(sha256: string): Promise<Buffer | undefined> {
    if (!this.has(sha256)) return undefined;
    const bytes = await readWhole(this.#pathOf(sha256));
    if (digestOf(bytes) !== sha256) throw damaged(sha256);
    return bytes;
  }

  open(sha256: string): Readable | undefined {
    if (!this.has(sha256)) return undefined;
    return Readable.from(verified(createReadStream(this.#pathOf(sha256)), sha256), { objectMode: false });
  }

  has(sha256: string): boolean {
    return isDigest(sha256) && existsSync(this.#pathOf(sha256));
  }

  readonly #pathOf = (sha256: string): string => join(this.#directory, sha256.slice(0, 2), sha256);

  /** Undefined for content that is new, or whose stored bytes are damaged: writing it again repairs them. */
  async #knownWhole(content: Uint8Array): Promise<PutResult | undefined> {
    const sha256 = digestOf(content);
    const stored = await this.read(sha256).catch(() => undefined);
    if (!stored) return undefined;
    await syncing(() => this.#syncNames(sha256));
    return { sha256, bytes: content.length, known: true };
  }

  /** Equal content has one file, so the order of concurrent renames does not matter. */
  #keep(path: string, sha256: string): Promise<void> {
    return syncing(async () => {
      await mkdir(dirname(this.#pathOf(sha256)), { recursive: true });
      await rename(path, this.#pathOf(sha256));
      await this.#syncNames(sha256);
    });
  }

  /** A file is durable only once the directories that name it are flushed, also those that a concurrent put made. */
  async #syncNames(sha256: string): Promise<void> {
    const folder = dirname(this.#pathOf(sha256));
    for (const path of [folder, this.#directory, dirname(resolve(this.#directory))]) {
      await withFile(path, 'r', (file) => file.sync());
    }
  }
}

async function write(path: string, content: Content): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  await withFile(path, 'wx', async (file) => {
    for await (const chunk of chunksOf(content)) {
      hash.update(chunk);
      bytes += chunk.length;
      await syncing(() => writeAll(file, chunk));
    }
    await syncing(() => file.sync());
  });
  return { sha256: hash.digest('hex'), bytes };
}

async function withFile<Outcome>(
  path: string,
  flags: 'r' | 'wx',
  use: (file: FileHandle) => Promise<Outcome>,
): Promise<Outcome> {
  const file = await syncing(() => open(path, flags));
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}

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
