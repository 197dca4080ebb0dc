import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const SOURCE = join(import.meta.dirname, '../../sdks/python/src');

/** Empty where Python runs here. */
export const pythonMissing = (): string =>
  spawnSync('python3', ['-c', 'import sys; sys.exit(sys.version_info < (3, 10))']).status === 0
    ? ''
    : 'needs Python 3.10 or later';

/** A script of this folder that records with the SDK. */
export type Script = {
  readonly name: string;
  readonly args?: readonly string[];
  readonly env: Readonly<Record<string, string>>;
};

export type Ended = {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
};

/** Starts a script, or a module of the SDK. */
function start(command: readonly string[], env: Readonly<Record<string, string>>): ChildProcess {
  return spawn('python3', [...command], { env: { ...process.env, PYTHONPATH: SOURCE, ...env } });
}

/** Runs a script until it ends, or kills it so many milliseconds after its first output. */
export async function runScript({ name, args = [], env }: Script, killAfter?: number): Promise<Ended> {
  return ended(start([join(import.meta.dirname, name), ...args], env), killAfter);
}

/** Sends what spools hold. */
export const sync = (env: Readonly<Record<string, string>>): Promise<Ended> =>
  ended(start(['-m', 'tributary', 'sync'], env));

async function ended(child: ChildProcess, killAfter?: number): Promise<Ended> {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part) => (output += String(part)));
  if (killAfter !== undefined)
    child.stdout?.once('data', () => setTimeout(() => child.kill('SIGKILL'), killAfter).unref());
  await once(child, 'close');
  return { code: child.exitCode, signal: child.signalCode, output };
}
