import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Clock } from '@tributary/kernel';
import { Fault, rfc3339 } from '@tributary/kernel';
import type { Database } from 'lmdb';
import { damaged } from './chunk.ts';
import { lmdbFileDamage } from './lmdb-file.ts';
import type { LmdbFile } from './open-lmdb.ts';
import { openLmdb } from './open-lmdb.ts';
import { requireRoomToOpen } from './write-fault.ts';

/** Raised when an older program could misread what a newer one wrote. */
const FORMAT = '1';

/** The databases of a log. Keys and values are bytes; numbers in keys are big endian. */
export type Environment = {
  readonly directory: string;
  readonly file: LmdbFile;
  /** format, log id, created time, counts by type, digests, stated versions of schemas, and folders beside the log */
  readonly meta: Database<Buffer, Buffer>;
  /** first position → chunk of events */
  readonly events: Database<Buffer, Buffer>;
  /** source number and id → position */
  readonly ids: Database<Buffer, Buffer>;
  /** source number → source */
  readonly sources: Database<Buffer, Buffer>;
  /** stream → its sequence and the position of its last event */
  readonly heads: Database<Buffer, Buffer>;
  /** name → cursor */
  readonly cursors: Database<Buffer, Buffer>;
  /** how often the log was committed, as a version */
  readonly commits: Database<Buffer, Buffer>;
  readonly logId: string;
};

export const metaKey = (name: 'format' | 'log-id' | 'created' | 'counts' | 'versions' | 'folders'): Buffer =>
  Buffer.from(name);

/** What makes a log the one that it is, apart from its events: its id, when it was made, and what it states. */
export type LogIdentity = readonly { readonly key: Buffer; readonly value: Buffer }[];

/** The identity of a log, for a copy of it. */
export const identityOf = ({ meta }: Pick<Environment, 'meta'>): LogIdentity =>
  (['format', 'log-id', 'created', 'versions', 'folders'] as const).flatMap((name) => {
    const value = meta.get(metaKey(name));
    return value ? [{ key: metaKey(name), value: Buffer.from(value) }] : [];
  });

const DATABASES = ['meta', 'events', 'ids', 'sources', 'heads', 'cursors', 'commits'] as const;

/**
 * A batch runs on LMDB's own thread, so a slow flush does not block the event loop. Throws Faults `log_format_unknown`,
 * `log_damaged` and `disk_full`.
 */
export async function openEnvironment(
  directory: string,
  options: { mapBytes: number; clock: Clock; identity?: LogIdentity | undefined },
): Promise<Environment> {
  const damage = lmdbFileDamage(directory);
  if (damage !== undefined) throw damaged(`${damage}; put a copy of the whole data directory in its place`);
  const file = await openLmdb(directory, { mapBytes: options.mapBytes, databases: DATABASES });
  try {
    /* Databases that are made are commits too. */
    return await file.pause.during(() => completed(file, directory, options));
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function completed(
  file: LmdbFile,
  directory: string,
  options: { clock: Clock; identity?: LogIdentity | undefined },
): Promise<Environment> {
  const part = (name: (typeof DATABASES)[number], useVersions = false): Database<Buffer, Buffer> =>
    file.root.openDB<Buffer, Buffer>(name, { encoding: 'binary', keyEncoding: 'binary', useVersions });
  const meta = part('meta');
  await agreeOnFormat(meta, { directory, ...options });
  syncDirectories(directory);
  return {
    directory,
    file,
    meta,
    logId: String(meta.get(metaKey('log-id'))),
    events: part('events'),
    ids: part('ids'),
    sources: part('sources'),
    heads: part('heads'),
    cursors: part('cursors'),
    commits: part('commits', true),
  };
}

async function agreeOnFormat(
  meta: Database<Buffer, Buffer>,
  { directory, clock, identity }: { directory: string; clock: Clock; identity?: LogIdentity | undefined },
): Promise<void> {
  const format = meta.get(metaKey('format'))?.toString();
  if (format === FORMAT) return;
  if (format !== undefined) {
    throw new Fault(
      'log_format_unknown',
      `the log has format ${format}, this program reads format ${FORMAT}; start the version that wrote it`,
    );
  }
  requireRoomToOpen(directory);
  await meta.batch(() => {
    for (const { key, value } of identity ?? []) void meta.put(key, value);
    if (identity) return;
    void meta.put(metaKey('format'), Buffer.from(FORMAT));
    void meta.put(metaKey('log-id'), Buffer.from(randomUUID()));
    void meta.put(metaKey('created'), Buffer.from(rfc3339(clock())));
  });
}

/** A new file survives a crash only once the directories that name it are flushed. */
function syncDirectories(directory: string): void {
  for (const path of [directory, dirname(resolve(directory))]) {
    const descriptor = openSync(path, 'r');
    fsyncSync(descriptor);
    closeSync(descriptor);
  }
}

export function entryCount(part: Database<Buffer, Buffer>): number {
  const stats = part.getStats();
  return 'entryCount' in stats ? Number(stats.entryCount) : NaN;
}
