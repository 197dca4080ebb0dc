import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The two interfaces of the kernel to groups of processes (cgroups 1 and 2): a limit, and the most that was charged to it. */
const INTERFACES = [
  {
    folder: '/sys/fs/cgroup/memory',
    limit: 'memory.limit_in_bytes',
    peak: 'memory.max_usage_in_bytes',
    none: '-1',
  },
  { folder: '/sys/fs/cgroup', limit: 'memory.max', peak: 'memory.peak', none: 'max' },
] as const;

const MIB = 1024 ** 2;

/**
 * A limit that the kernel holds a process to, as the limit of a container: it takes back what can be read again from files,
 * and kills a process that needs more. Pages of program files that other processes have loaded are charged to those.
 */
export type MemoryLimit = {
  /** The command that runs another one within the limit. */
  readonly within: (command: readonly string[]) => readonly string[];
  /** The most that was charged, in MiB. */
  readonly peak: () => number;
  readonly lift: () => void;
  /** Once its processes have ended. */
  readonly remove: () => void;
};

/** Undefined where this user may set none. */
export function memoryLimit(megabytes: number): MemoryLimit | undefined {
  for (const { folder, limit, peak, none } of INTERFACES) {
    const group = join(folder, `tributary-test-${process.pid}-${megabytes}`);
    try {
      mkdirSync(group);
      writeFileSync(join(group, limit), String(megabytes * MIB));
    } catch {
      continue;
    }
    return {
      within: (command) => [
        'sh',
        '-c',
        `echo $$ > ${join(group, 'cgroup.procs')} && exec "$@"`,
        'sh',
        ...command,
      ],
      peak: () => Math.ceil(Number(readFileSync(join(group, peak), 'utf8')) / MIB),
      lift: () => writeFileSync(join(group, limit), none),
      remove: () => rmdirSync(group),
    };
  }
  return undefined;
}
