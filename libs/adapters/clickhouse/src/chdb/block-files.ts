import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Fault } from '@tributary/kernel';

export type BlockFiles = {
  /** Puts bytes in a file for as long as the work takes. */
  withFile<Result>(bytes: Uint8Array, work: (path: string) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
};

/**
 * Files under the first root that has room. They lie in a folder named after the data directory,
 * which one process owns: what a killed one left behind is removed here.
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
  const text = `no room for a block of ${bytes.length} bytes in ${folders.join(' or ')}`;
  throw new Fault('no_room', text, { retryable: true, cause: new AggregateError(causes) });
}
