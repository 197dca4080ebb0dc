import { existsSync, readdirSync } from 'node:fs';
import { mkdir, open, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The ids of logs are names of empty files in this folder. A folder, because versions before list blobs by folder. */
const LOG_ID = 'log-id';

/** The ids of the logs that a folder was made for; none where it is missing or has no mark. */
export const ownersOf = (path: string): string[] => {
  const marks = join(path, LOG_ID);
  return existsSync(marks) ? readdirSync(marks) : [];
};

/** Marks a folder as that of a log; durable once it resolves. Throws the error of the file system. */
export async function addOwner(path: string, logId: string): Promise<void> {
  const marks = join(path, LOG_ID);
  await mkdir(marks, { recursive: true });
  await (await open(join(marks, logId), 'a')).close();
  for (const folder of [marks, path, dirname(path)]) await flush(folder);
}

/** Takes the mark of a log from a folder. */
export const removeOwner = (path: string, logId: string): Promise<void> =>
  rm(join(path, LOG_ID, logId), { force: true });

async function flush(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

export type FolderInWords = {
  readonly logId: string;
  /** What is lost with it. */
  readonly holds: string;
  /** Its name in sentences; its path where absent. */
  readonly name?: string;
  /** Its path for a command, quoted where it has to be. */
  readonly quotedPath: string;
};

/** Why a folder is not the one that a log has used, what is lost with it, and the two ways out. */
export const lostFolder = (path: string, { logId, holds, name = path, quotedPath }: FolderInWords): string =>
  `${name} ${stateOf(path)}; it holds ${holds}. Restore it from a copy, then start again. To go on without what it held, accept the loss by: mkdir -p ${quotedPath}/${LOG_ID} && touch ${quotedPath}/${LOG_ID}/${logId}`;

function stateOf(path: string): string {
  const owners = ownersOf(path);
  if (!existsSync(path)) return 'is missing';
  if (owners.length === 0) return 'is not the folder that this log has used, but a newer one';
  return `belongs to another log (${owners.join(', ')})`;
}
