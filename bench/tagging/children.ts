import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Ticks per second in /proc: 100 on every Linux that Node runs on. */
const TICKS = 100;

/** User and system seconds of all processes that this one started and that have ended, with those that they started. */
function ofChildren(): number {
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[13]) + Number(fields[14])) / TICKS;
}

/** The CPU seconds of a command with everything that it starts. Throws with its errors where it fails. */
export function cpuSecondsOf(command: string, args: readonly string[]): number {
  const before = ofChildren();
  const { status, stderr, error } = spawnSync(command, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}\n${stderr}`);
  return ofChildren() - before;
}
