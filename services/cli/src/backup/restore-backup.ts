import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { versionOf } from '@tributary/contracts';
import { requireWitnessed } from '@tributary/embedded';
import { freeBytes, openLmdbLog } from '@tributary/event-log';
import { Fault } from '@tributary/kernel';
import type { Clock } from '@tributary/kernel';
import { copyFault, copyFile, digestOfFile, syncFolder } from './files.ts';
import { damaged, DIGESTS, MANIFEST, readDigests, readManifest } from './manifest.ts';
import type { Manifest, Named } from './manifest.ts';
import { removeLocks } from './parts.ts';

export type RestoreOptions = {
  readonly backup: string;
  /** The data directory to make: one that is not there yet, or is empty. */
  readonly data: string;
  /** The witness that the directory is to be served with; none where absent. */
  readonly witness?: string | undefined;
  /** Version of this program. */
  readonly version: string;
  readonly clock: Clock;
  /** Gets the progress in words. */
  readonly step: (text: string) => void;
  /** Gets what is not as it should be and keeps nothing from its work, in words. */
  readonly warn: (text: string) => void;
  /** Ends the work and leaves nothing of it. */
  readonly signal: AbortSignal;
};

/** A restore that was killed leaves this folder, which the next one deletes. */
const UNFINISHED = 'unfinished-restore';
/** A directory that is a disk of its own has this from the start. */
const OF_THE_DISK = 'lost+found';
/** In the order in which they are moved: without its log the directory is none. */
const PARTS = ['blobs', 'dead-letters', 'log'] as const;

/**
 * Makes a data directory from a backup: log, blobs and dead letters, each compared with its digest while it is copied. The
 * directory has a log once everything else is complete. Throws Faults: `no_backup`, `backup_newer`, `backup_damaged` with
 * the file, `target_exists`, `disk_full`, and before anything is copied `older_copy` and `witness_of_another_log`, where
 * a server would not start on what is restored.
 */
export async function restoreBackup(options: RestoreOptions): Promise<Manifest> {
  const [backup, data] = [resolve(options.backup), resolve(options.data)];
  const manifest = readManifest(backup, options.version);
  const files = listedFiles(backup, manifest);
  if (options.witness !== undefined) {
    const warning = await requireWitnessed(options.witness, manifest);
    if (warning !== undefined) options.warn(warning);
  }
  const isNew = !existsSync(data);
  if (!isNew) requireEmpty(data);
  const unfinished = join(data, UNFINISHED);
  mkdirSync(unfinished, { recursive: true, mode: 0o700 });
  try {
    requireRoom(data, manifest);
    await copyAll(backup, unfinished, { ...options, files });
    await compareLog(unfinished, manifest, options.clock);
    options.signal.throwIfAborted();
    moveParts(unfinished, data);
    return manifest;
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (isNew) removeUnlessRestored(data);
    throw copyFault(error, data);
  }
}

/** Another restore may have completed the directory meanwhile: with a log it is somebody's. */
function removeUnlessRestored(data: string): void {
  if (!existsSync(join(data, 'log'))) rmSync(data, { recursive: true, force: true });
}

/** The files to copy: all that the digests name, as many as the manifest says. */
function listedFiles(backup: string, manifest: Manifest): Named[] {
  const named = readDigests(backup);
  const files = named.filter(({ path }) => path !== MANIFEST);
  if (files.length !== named.length - 1 || files.length !== manifest.files)
    throw damaged(
      join(backup, DIGESTS),
      `it names ${files.length} files, ${MANIFEST} says ${manifest.files}`,
    );
  return named;
}

/** Deletes what a restore left that was killed: without a log, everything beside its folder is from it. */
function requireEmpty(data: string): void {
  if (!statSync(data).isDirectory())
    throw new Fault('target_exists', `${data} is no directory; name a new one with --data`);
  const found = readdirSync(data).filter((name) => name !== OF_THE_DISK);
  if (found.includes(UNFINISHED) && !found.includes('log')) {
    for (const name of [...PARTS, UNFINISHED]) rmSync(join(data, name), { recursive: true, force: true });
    return requireEmpty(data);
  }
  if (found.length === 0) return;
  throw new Fault(
    'target_exists',
    `${data} is not empty (it has ${found.slice(0, 3).join(', ')}), and nothing is restored over it; name a new directory with --data`,
  );
}

function requireRoom(data: string, { bytes }: Manifest): void {
  const free = freeBytes(data);
  if (free < bytes)
    throw new Fault(
      'disk_full',
      `${data} has room for ${free} bytes, the backup has ${bytes}; make room, or restore elsewhere`,
    );
}

type Copying = Pick<RestoreOptions, 'step' | 'signal'> & { readonly files: readonly Named[] };

async function copyAll(backup: string, to: string, { files, step, signal }: Copying): Promise<void> {
  for (const [index, { path, sha256 }] of files.entries()) {
    signal.throwIfAborted();
    step(`${index + 1} of ${files.length} files: ${path}`);
    const from = join(backup, path);
    if (!existsSync(from)) throw damaged(from, 'it is missing');
    const content = await (path === MANIFEST ? digestOfFile(from) : copyFile(from, join(to, path)));
    if (content.sha256 !== sha256)
      throw damaged(from, `its ${content.bytes} bytes have the SHA-256 ${content.sha256}, not ${sha256}`);
  }
}

/** The log must be the one that the manifest describes, and readable by this version. */
async function compareLog(to: string, manifest: Manifest, clock: Clock): Promise<void> {
  const directory = join(to, 'log');
  const log = await openLmdbLog({ directory, clock, versionOf });
  const { logId } = log;
  const [position, newer] = [log.head(), log.newer()];
  await log.close();
  removeLocks(directory);
  if (logId !== manifest.logId || position !== manifest.position)
    throw damaged(MANIFEST, `the log ends at ${position}, the manifest says ${manifest.position}`);
  const [first] = newer;
  if (first)
    throw new Fault(
      'backup_newer',
      `the log has facts of ${first.join(' ')}, which this version does not read; restore it with the version that accepted them`,
    );
}

function moveParts(from: string, data: string): void {
  const parts = PARTS.filter((name) => existsSync(join(from, name)));
  for (const name of parts) for (const folder of foldersIn(join(from, name))) syncFolder(folder);
  for (const name of parts) {
    renameSync(join(from, name), join(data, name));
    syncFolder(data);
  }
  rmSync(from, { recursive: true, force: true });
  syncFolder(dirname(data));
}

const foldersIn = (path: string): string[] => [
  path,
  ...readdirSync(path)
    .map((name) => join(path, name))
    .filter((inner) => statSync(inner).isDirectory()),
];
