import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '@tributary/kernel';
import { z } from 'zod';
import type { CopiedFile } from './files.ts';

/** Raised when an older program could misread a backup: the second one has notes of removed content. */
const FORMAT = 2;

export const MANIFEST = 'backup.json';
export const DIGESTS = 'SHA256SUMS';

const count = z.int().min(0);

const manifest = z.object({
  format: z.int().min(1).max(FORMAT),
  /** Version of Tributary that made it, and when. */
  version: z.string(),
  createdAt: z.string(),
  logId: z.string(),
  /** Position of the last event; the time when it was recorded, null where there is none. */
  position: z.string(),
  recordedUntil: z.string().nullable(),
  events: count,
  streams: count,
  blobs: count,
  /** Blobs that events refer to and that were missing or damaged already. */
  missingBlobs: count,
  /** Files beside `backup.json` and `SHA256SUMS`, and their bytes. */
  files: count,
  bytes: count,
});

/** What a backup holds. */
export type Manifest = z.infer<typeof manifest>;

export const manifestOf = (content: Omit<Manifest, 'format'>): Manifest => ({ format: FORMAT, ...content });

export const manifestText = (value: Manifest): string => `${JSON.stringify(value, undefined, 2)}\n`;

/** As `sha256sum` writes and checks them. */
export const digestsText = (files: readonly CopiedFile[]): string =>
  files.map(({ sha256, path }) => `${sha256}  ${path}\n`).join('');

/**
 * Reads the manifest of a backup. Throws Fault `no_backup` where the folder has none, `backup_newer` where a later version
 * of Tributary made it, and `backup_damaged`.
 */
export function readManifest(directory: string, version: string): Manifest {
  const value = parsed(join(directory, MANIFEST), directory);
  const { format, version: made } = z
    .looseObject({ format: z.number(), version: z.string() })
    .catch({ format: 0, version: '0' })
    .parse(value);
  if (format > FORMAT || isLater(made, version))
    throw new Fault(
      'backup_newer',
      `${directory} was made by Tributary ${made}, this is ${version}; restore it with that version or a later one`,
    );
  const read = manifest.safeParse(value);
  if (!read.success) throw damaged(join(directory, MANIFEST), 'it is not the manifest of a backup');
  return read.data;
}

function parsed(path: string, directory: string): unknown {
  const text = textOf(path);
  if (text === undefined)
    throw new Fault(
      'no_backup',
      `${directory} is no backup: it has no ${MANIFEST}. A folder with "unfinished" in its name was never completed`,
    );
  try {
    return JSON.parse(text);
  } catch {
    throw damaged(path, 'it is not JSON');
  }
}

/** Whether a version of Tributary is later than another one, by its numbers. */
function isLater(one: string, other: string): boolean {
  const [left, right] = [one, other].map((text) => text.split(/[.-]/).map(Number));
  for (const index of [0, 1, 2]) {
    const [a = 0, b = 0] = [left?.[index], right?.[index]];
    if (a !== b) return a > b;
  }
  return false;
}

/** A digest that a backup names for one of its files. */
export type Named = Pick<CopiedFile, 'path' | 'sha256'>;

/** The only names that a backup has, so that none leads out of it. */
const PATHS =
  /^(backup\.json|log\/data\.mdb|dead-letters\/data\.mdb|(blobs|dead-letters)\/log-id\/[\w-]+|blobs\/[0-9a-f]{2}\/[0-9a-f]{64}|blobs\/removed\/[0-9a-f]{64}\.txt)$/;

/** The files of a backup with their digests, the manifest among them. Throws Fault `backup_damaged`. */
export function readDigests(directory: string): Named[] {
  const path = join(directory, DIGESTS);
  const lines = (textOf(path) ?? '').split('\n');
  if (lines.pop() !== '' || lines.length === 0) throw damaged(path, 'it is missing or ends within a line');
  return lines.map((line) => {
    const [, sha256 = '', name = ''] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
    if (!PATHS.test(name))
      throw damaged(path, `${JSON.stringify(line.slice(0, 200))} names no file of a backup`);
    return { sha256, path: name };
  });
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

export const damaged = (path: string, what: string): Fault =>
  new Fault(
    'backup_damaged',
    `${path} is not what was written: ${what}. Nothing was restored; take another copy of the backup`,
  );
