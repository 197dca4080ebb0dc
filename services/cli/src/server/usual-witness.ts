import { accessSync, constants, existsSync, readdirSync, renameSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { CommonOptions } from '../context.ts';

/** A data directory, the environment variables of who serves it, and where they are told what they should know. */
export type Served = Pick<CommonOptions, 'data'> & Partial<Pick<CommonOptions, 'environment' | 'report'>>;

/**
 * Where the witness of a data directory is while TRIBUTARY_WITNESS is not set: beside it, so that an older copy that is put in
 * its place does not bring its own. None where the variable is empty, and where this user may not write beside the directory.
 */
export function usualWitness({ data, environment = {} }: Served): string | undefined {
  const directory = resolve(data);
  if (environment['TRIBUTARY_WITNESS'] !== undefined || directory === dirname(directory)) return undefined;
  const path = `${directory}.witness`;
  return existsSync(path) || isWritable(dirname(directory)) ? path : undefined;
}

/**
 * The same for a server. One that was kept for a directory that somebody has deleted since is renamed, and the user told: to
 * begin anew is no older copy. It may be one all the same, of a disk that is not mounted, so nothing is deleted.
 */
export async function witnessToServe({ report, ...asked }: Served): Promise<string | undefined> {
  const path = usualWitness(asked);
  if (path === undefined || !isGone(asked.data) || !isWritable(dirname(path))) return path;
  const { isWitness } = await import('@tributary/embedded');
  if (!(await isWitness(path))) return path;
  renameSync(path, `${path}.before`);
  report?.(
    `${asked.data} is empty, and there was a log in it before: where it was not deleted on purpose, stop this and look for it. What was known of its end is kept in ${path}.before\n`,
  );
  return path;
}

function isGone(data: string): boolean {
  return !existsSync(data) || readdirSync(data).every((name) => name === 'lost+found');
}

/** A folder that is not there yet is made with the directory. */
function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return !existsSync(folder);
  }
}
