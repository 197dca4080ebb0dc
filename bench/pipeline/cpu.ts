import { readFileSync } from 'node:fs';

/** Ticks per second in /proc: 100 on every Linux that Node runs on. */
const TICKS = 100;

/** User and system CPU seconds of all threads of a process. Works on Linux only. */
export function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}
