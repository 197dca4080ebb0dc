import { access, constants, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '@tributary/kernel';

/** The engine says only that it could not connect; its reason goes to the error stream. */
export async function prepareDirectory(directory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true });
    await access(directory, constants.R_OK | constants.W_OK);
  } catch (cause) {
    throw new Fault(
      'directory_unusable',
      `cannot write to ${directory}: check the path and its permissions`,
      { cause },
    );
  }
}

/** Why a session on this directory could not be opened. */
export async function openingFault(directory: string, cause: unknown): Promise<Fault> {
  const reason = cause instanceof Error ? cause.message : String(cause);
  if (reason.includes('one active data directory')) {
    const text = `this process already has another data directory open: close it before opening ${directory}`;
    return new Fault('other_directory_open', text, { cause });
  }
  const owner = await ownerOf(directory);
  if (owner === undefined) {
    const text = `${reason}: the engine's reason is on the error stream; a process on another machine or in another container may hold it`;
    return new Fault('directory_unusable', text, { cause });
  }
  const text =
    `another process (PID ${owner}) has the data directory ${directory} open, and only one may: ` +
    'stop it, send your question to it, or choose another directory';
  return new Fault('directory_in_use', text, { cause });
}

/** The engine's status file names the process that opened the directory last. */
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
