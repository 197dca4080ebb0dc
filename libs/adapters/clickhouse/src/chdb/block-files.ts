import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Fault } from '@tributary/kernel';

export type BlockFiles = {
  /** Runs `work` with the path of a temporary file that holds the bytes. Throws Fault `disk_full` (retryable). */
  withFile<Result>(bytes: Uint8Array, work: (path: string) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
};

/**
 * Temporary files under the first of `roots` that has free space. Their folder is named after the data directory, which
 * one process owns, so files that a killed process left behind are removed here.
 */
export async function blockFiles(dataDirectory: string, roots: readonly string[]): Promise<BlockFiles> {
  const name = `tributary-${createHash('sha256').update(resolve(dataDirectory)).digest('hex').slice(0, 16)}`;
  const folders = roots.map((root) => join(root, name));
  const removeAll = async (): Promise<void> => {
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  };
  await removeAll();
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
    close: removeAll,
  };
}

async function writeFirst(folders: readonly string[], bytes: Uint8Array): Promise<string> {
  const causes: unknown[] = [];
  for (const folder of folders) {
    const path = join(folder, `${randomUUID()}.native`);
    try {
      await writeFile(path, bytes, { mode: 0o600, flag: 'wx' });
      return path;
    } catch (cause) {
      causes.push(cause);
      await rm(path, { force: true });
    }
  }
  const text = `a block of ${bytes.length} bytes cannot be written to ${folders.join(' or ')}: free disk space there`;
  throw new Fault('disk_full', text, { retryable: true, cause: new AggregateError(causes) });
}
