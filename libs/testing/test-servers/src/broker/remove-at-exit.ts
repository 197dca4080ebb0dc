import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * A shell script that waits for the end of its input, then kills the processes whose PIDs are in `*.pid` and deletes the
 * directory. The input ends when this process ends in any way, so no broker outlives its test.
 */
const SWEEP = `trap '' INT TERM HUP
cat >/dev/null
for file in "$0"/*.pid; do [ -f "$file" ] && kill -KILL "$(cat "$file")" 2>/dev/null; done
tries=0
until rm -rf "$0" 2>/dev/null || [ "$tries" -ge 50 ]; do tries=$((tries + 1)); sleep 0.1; done`;

/** Kills and deletes at once. Resolves when that is done. */
export type Removal = () => Promise<void>;

/** Makes sure that the processes of a directory and the directory itself are removed when this process ends. */
export function removeAtExit(directory: string): Removal {
  const sweeper = spawn('sh', ['-c', SWEEP, directory], { stdio: ['pipe', 'ignore', 'ignore'] });
  const gone = once(sweeper, 'exit');
  // The process can end without stopping the broker.
  sweeper.unref();
  return async () => {
    sweeper.ref();
    sweeper.stdin.end();
    await gone;
  };
}
