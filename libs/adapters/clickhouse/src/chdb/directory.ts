import { access, constants, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '@tributary/kernel';

/**
 * Creates the directory and checks that it is writable, because the engine itself prints its reason to stderr only.
 * Throws Fault `directory_unusable`.
 */
export async function prepareDirectory(directory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true });
    await access(directory, constants.R_OK | constants.W_OK);
  } catch (cause) {
    throw unusable(directory, cause);
  }
}

export const unusable = (directory: string, cause: unknown): Fault =>
  new Fault('directory_unusable', `cannot write to ${directory}: check the path and its permissions`, {
    cause,
  });

/** The fault of a session that cannot be opened: `other_directory_open`, `directory_in_use` or `engine_not_opened`. */
export async function openingFault(directory: string, cause: unknown): Promise<Fault> {
  const reason = cause instanceof Error ? cause.message : String(cause);
  if (reason.includes('one active data directory')) {
    const text = `this process has another data directory open: close it before opening ${directory}`;
    return new Fault('other_directory_open', text, { cause });
  }
  const owner = await ownerOf(directory);
  if (owner === undefined) {
    const text = `${reason}: the engine printed its reason to stderr. Either files in ${directory} are damaged, or a process on another machine or in another container has it open`;
    return new Fault('engine_not_opened', text, { cause });
  }
  const text =
    `another process (PID ${owner}) has the data directory ${directory} open, and only one process may: ` +
    'stop it, send your queries to it, or choose another directory';
  return new Fault('directory_in_use', text, { cause });
}

/** The engine's status file contains the PID of the process that opened the directory last. */
async function ownerOf(directory: string): Promise<number | undefined> {
  const status = await readFile(join(directory, 'status'), 'utf8').catch(() => '');
  const pid = Number(/^PID: (\d+)/m.exec(status)?.[1]);
  return pid !== process.pid && isAlive(pid) ? pid : undefined;
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid)) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
