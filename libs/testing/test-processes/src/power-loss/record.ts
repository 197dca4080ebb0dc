import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { readTrace } from './trace.ts';
import type { TracedCall } from './trace.ts';

/** Calls that change files or make changes durable, open files for that, or copy in ways that the simulation does not know. */
const CALLS = [
  'open,openat,openat2,creat,dup,dup2,dup3,lseek,write,pwrite64,writev,pwritev,pwritev2,sendto,sendmsg',
  'truncate,ftruncate,fallocate,rename,renameat,renameat2,link,linkat,unlink,unlinkat,symlink,symlinkat',
  'mkdir,mkdirat,rmdir,fsync,fdatasync,msync,sync_file_range,sync,syncfs,copy_file_range,sendfile,splice',
  'io_uring_setup,io_submit',
].join(',');

/** Strings longer than this are cut in a trace, and reading it fails. */
const LONGEST = 16 * 1024 ** 2;

const options = (file: string): string[] =>
  `-f --seccomp-bpf -y -xx -s ${LONGEST} -e trace=${CALLS} -o`.split(' ').concat(file);

/** Whether this machine can record the system calls of a process: it has strace, and allows it. */
export const canRecord = (): boolean => spawnSync('strace', [...options('/dev/null'), 'true']).status === 0;

/** A process whose system calls are recorded. */
export type Recorded = {
  /** Its output; a signal has to be sent to `end`. */
  readonly child: ChildProcess;
  /** Sends a signal to the process and resolves with its calls when it has ended. */
  end(signal?: NodeJS.Signals): Promise<TracedCall[]>;
};

/** Starts a process and records its system calls in a file. Without a signal `end` waits until it ends by itself. */
export function record(command: readonly string[], file: string, env: NodeJS.ProcessEnv): Recorded {
  const child = spawn('strace', [...options(file), ...command], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  return {
    child,
    async end(signal) {
      if (signal && existsSync(file)) process.kill(Number.parseInt(readFileSync(file, 'latin1'), 10), signal);
      await ended;
      return readTrace(readFileSync(file, 'latin1'));
    },
  };
}
