import { createHash, randomUUID } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { openLmdbLog, whileCommitsPause } from '@tributary/event-log';
import type { LocalLog } from '@tributary/event-log';
import { Fault, rfc3339 } from '@tributary/kernel';
import type { Clock } from '@tributary/kernel';
import { copyBlobs, referencedBlobs } from './copy-blobs.ts';
import { copyEnvironment } from './copy-environment.ts';
import { copyFault, digestOfFile, syncFolder, writeNew } from './files.ts';
import type { CopiedFile } from './files.ts';
import { DIGESTS, digestsText, MANIFEST, manifestOf, manifestText } from './manifest.ts';
import type { Manifest } from './manifest.ts';
import { LMDB_FILES, marksIn, removeLocks, requireFolders } from './parts.ts';

export type BackupOptions = {
  /** The data directory, whether or not a server has it open. */
  readonly data: string;
  /** Where the backup is to be: a directory that is not there yet, or is empty. */
  readonly target: string;
  /** Version of this program. */
  readonly version: string;
  readonly clock: Clock;
  /** Back up even where blobs are missing or damaged already. */
  readonly acceptMissing: boolean;
  /** Gets the progress in words. */
  readonly step: (text: string) => void;
  /** Ends the copy and leaves nothing of it. */
  readonly signal: AbortSignal;
};

/**
 * Copies log, blobs and dead letters of a data directory as of one moment and verifies the copy; the tables are left out.
 * Everything acknowledged before the call is in it. The backup has its name once it is complete and on disk. Throws
 * Faults: `no_log`, `target_exists`, `commits_go_on` where a server does not pause while its files are opened, `backup_refused` where the directory is damaged, `backup_would_lose` where blobs are
 * missing, `disk_full`.
 */
export async function backUp(options: BackupOptions): Promise<Manifest> {
  const [data, target] = [resolve(options.data), resolve(options.target)];
  if (!existsSync(join(data, LMDB_FILES.log)))
    throw new Fault('no_log', `${data} has no log: name the data directory of a server with --data`);
  const found = lstatSync(target, { throwIfNoEntry: false });
  if (found && (!found.isDirectory() || readdirSync(target).length > 0))
    throw new Fault(
      'target_exists',
      `${target} is there already, and a backup is never written over; name another one`,
    );
  const unfinished = `${target}.unfinished-${randomUUID().slice(0, 8)}`;
  /* Whoever may read the directory has a say in who reads its copy: its owner alone, at first. */
  mkdirSync(unfinished, { recursive: true, mode: 0o700 });
  try {
    const manifest = await writeCopy(unfinished, { ...options, data });
    options.signal.throwIfAborted();
    renameSync(unfinished, target);
    syncFolder(dirname(target));
    return manifest;
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw copyFault(error, target);
  }
}

/**
 * Dead letters first: one that is replayed meanwhile is parked in the copy, and its event known. Blobs follow the log. A
 * server that does not pause for the log is not asked to for the dead letters.
 */
async function writeCopy(to: string, options: BackupOptions): Promise<Manifest> {
  const { data, step, signal } = options;
  await whileCommitsPause(join(data, 'log'), () => undefined, { signal });
  for (const file of [LMDB_FILES.deadLetters, LMDB_FILES.log]) {
    step(`copying ${file}`);
    signal.throwIfAborted();
    if (existsSync(join(data, file)))
      await copyEnvironment(dirname(join(data, file)), dirname(join(to, file)), signal);
  }
  const log = await openCopy(to, options.clock);
  try {
    requireFolders(data, log);
    const copied = await copyBlobs(join(data, 'blobs'), join(to, 'blobs'), options);
    const facts = await factsOf(log, options, new Set(copied.files.map(({ sha256 }) => sha256)));
    const lost = new Set([...copied.damaged, ...facts.missing]);
    if (lost.size > 0 && !options.acceptMissing) throw wouldLose(data, [...lost]);
    await log.close();
    const blobs = [...copied.files, ...copied.notes];
    const files = [...blobs, ...(await marks(data, to)), ...(await environments(to))];
    return await finish(to, files, {
      ...facts.own,
      version: options.version,
      createdAt: rfc3339(options.clock()),
      blobs: copied.files.length,
      missingBlobs: lost.size,
    });
  } finally {
    await log.close();
  }
}

async function openCopy(to: string, clock: Clock): Promise<LocalLog> {
  try {
    return await openLmdbLog({ directory: join(to, 'log'), clock });
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'log_damaged') throw error;
    throw new Fault('backup_refused', `the log is damaged: ${error.message}`, { cause: error });
  }
}

/** Reads the whole copied log: every hash, then which blobs its events refer to. */
async function factsOf(
  log: LocalLog,
  { step, signal }: BackupOptions,
  blobs: ReadonlySet<string>,
): Promise<{
  own: Pick<Manifest, 'logId' | 'position' | 'recordedUntil' | 'events' | 'streams'>;
  missing: string[];
}> {
  const verified = await log.verify((events) => {
    signal.throwIfAborted();
    step(`log: ${events} of ${log.head()} events verified`);
  });
  if (!verified.ok)
    throw new Fault(
      'backup_refused',
      `the log diverges at ${verified.at} (${verified.divergence}): ${verified.detail}; restore an earlier backup`,
    );
  const missing = new Set<string>();
  for await (const digest of referencedBlobs(log)) if (!blobs.has(digest)) missing.add(digest);
  const time = log.lastRecordTime();
  const { events, streams, head: position } = verified;
  const recordedUntil = time === 0 ? null : rfc3339(time);
  return { own: { logId: log.logId, position, recordedUntil, events, streams }, missing: [...missing] };
}

const wouldLose = (data: string, lost: readonly string[]): Fault =>
  new Fault(
    'backup_would_lose',
    `${lost.length} blobs of ${data} are missing or damaged, such as ${lost[0]}: upload them again, or restore them from ` +
      'an earlier backup; --accept-missing backs up without them',
  );

/** Empty files that say whose folders these are. */
async function marks(data: string, to: string): Promise<CopiedFile[]> {
  const paths = marksIn(data);
  for (const path of paths) await writeNew(join(to, path), '');
  return paths.map((path) => ({ path, bytes: 0, sha256: digestOf('') }));
}

async function environments(to: string): Promise<CopiedFile[]> {
  const files: CopiedFile[] = [];
  for (const path of Object.values(LMDB_FILES)) {
    if (!existsSync(join(to, path))) continue;
    removeLocks(dirname(join(to, path)));
    files.push({ path, ...(await digestOfFile(join(to, path))) });
  }
  return files;
}

/** Writes the digests of all files and the manifest, and flushes every folder. */
async function finish(
  to: string,
  files: readonly CopiedFile[],
  known: Omit<Manifest, 'format' | 'files' | 'bytes'>,
): Promise<Manifest> {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const manifest = manifestOf({ ...known, files: files.length, bytes });
  const text = manifestText(manifest);
  const own = { path: MANIFEST, bytes: text.length, sha256: digestOf(text) };
  const listed = [...files, own].toSorted((left, right) => (left.path < right.path ? -1 : 1));
  await writeNew(join(to, DIGESTS), digestsText(listed));
  await writeNew(join(to, MANIFEST), text);
  const folders = new Set(listed.map(({ path }) => dirname(join(to, path))));
  for (const folder of [...folders, join(to, 'blobs'), join(to, 'dead-letters'), to])
    if (existsSync(folder)) syncFolder(folder);
  return manifest;
}

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');
