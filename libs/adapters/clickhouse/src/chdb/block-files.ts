import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault, isAlive, isForeignMark, processMark } from '@tributary/kernel';

export type BlockFiles = {
  /** Runs `work` with the path of a temporary file that holds the bytes. Throws Fault `disk_full` (retryable). */
  withFile<Result>(bytes: Uint8Array, work: (path: string) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
};

/**
 * Temporary files under the first of `roots` that has free space. Their folder is named after the data directory, which
 * one process owns, and after that process: folders of the same directory, and those of any process that was killed, are
 * removed here. Creates the data directory where it is missing.
 */
export async function blockFiles(dataDirectory: string, roots: readonly string[]): Promise<BlockFiles> {
  const name = await nameOf(dataDirectory);
  const folders = roots.map((root) => join(root, `${name}${suffixOf(processMark())}`));
  for (const root of roots) await removeLeft(root, name);
  await Promise.allSettled(folders.map((folder) => mkdir(folder, { mode: 0o700 })));

  return {
    async withFile(bytes, work) {
      const path = await writeFirst(folders, bytes);
      try {
        return await work(path);
      } finally {
        await rm(path, { force: true });
      }
    },
    async close() {
      for (const folder of folders) await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Two containers that share `/dev/shm` may have different directories under one path, so it is named by its inode. */
async function nameOf(dataDirectory: string): Promise<string> {
  await mkdir(dataDirectory, { recursive: true });
  const { dev, ino } = await stat(dataDirectory, { bigint: true });
  return `tributary-${createHash('sha256').update(`${dev} ${ino}`).digest('hex').slice(0, 16)}`;
}

/** A mark as part of a file name: `.7.1234.4026531836`. */
const suffixOf = (mark: string): string =>
  mark
    .split(' ')
    .map((field) => `.${field.replaceAll(/\D/g, '')}`)
    .join('');

/** A folder of a process, and the mark of that. */
const FOLDER = /^tributary-[0-9a-f]{16}\.(\d+)(?:\.(\d+)\.(\d+))?$/;

async function removeLeft(root: string, name: string): Promise<void> {
  const left = (await readdir(root).catch(() => [])).filter(
    (each) => each === name || each.startsWith(`${name}.`) || isOfDead(each),
  );
  for (const each of left)
    /* That of another user cannot be removed, and is none of ours. */
    await rm(join(root, each), { recursive: true, force: true }).catch(() => undefined);
}

function isOfDead(name: string): boolean {
  const [, pid, start, namespace] = FOLDER.exec(name) ?? [];
  if (pid === undefined) return false;
  const mark = start === undefined ? pid : `${pid} ${start} pid:[${namespace}]`;
  return !isForeignMark(mark) && !isAlive(mark);
}

async function writeFirst(folders: readonly string[], bytes: Uint8Array): Promise<string> {
  const causes: unknown[] = [];
  for (const folder of folders) {
    const path = join(folder, `${randomUUID()}.native`);
    try {
      await writeIn(folder, path, bytes);
      return path;
    } catch (cause) {
      causes.push(cause);
      await rm(path, { force: true });
    }
  }
  const text = `a block of ${bytes.length} bytes cannot be written to ${folders.join(' or ')}: free disk space there`;
  throw new Fault('disk_full', text, { retryable: true, cause: new AggregateError(causes) });
}

/** The folder may have been removed meanwhile, by whatever cleans such places. */
async function writeIn(folder: string, path: string, bytes: Uint8Array): Promise<void> {
  const write = () => writeFile(path, bytes, { mode: 0o600, flag: 'wx' });
  await write().catch(async (error: unknown) => {
    if (codeOf(error) !== 'ENOENT') throw error;
    await mkdir(folder, { mode: 0o700 }).catch((taken: unknown) => {
      if (codeOf(taken) !== 'EEXIST') throw taken;
    });
    await write();
  });
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;
