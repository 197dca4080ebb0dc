import { readFileSync, readlinkSync } from 'node:fs';

/**
 * What tells this process from all others: its number, when it started, and the namespace of its number, with spaces
 * between. The last two are absent where there is no /proc.
 */
export const processMark = (): string => `${process.pid} ${startOf(process.pid)} ${NAMESPACE}`.trimEnd();

/** The numbers of processes mean something within one namespace: a container has its own. */
const NAMESPACE = linkOf('/proc/self/ns/pid');

/** Whether a mark is of a process of another container, of which it cannot be told whether it lives. */
export const isForeignMark = (mark: string): boolean => (mark.split(' ')[2] ?? NAMESPACE) !== NAMESPACE;

/** Whether the process of a mark of this container lives. */
export function isAlive(mark: string): boolean {
  const [pid = '', start = ''] = mark.split(' ');
  if (!/^\d+$/.test(pid)) return false;
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  return startOf(Number(pid)) === start;
}

/** When a process started, in clock ticks since boot. Distinguishes processes that reuse a number. */
function startOf(pid: number): string {
  const stat = textOf(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
