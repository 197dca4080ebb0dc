import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * A shell that waits for the end of its input, then kills the processes whose numbers stand in `*.pid` and deletes the
 * directory. The input ends with this process, however that ends: so no broker outlives its test.
 */
const SWEEP = `trap '' INT TERM HUP
cat >/dev/null
for file in "$0"/*.pid; do [ -f "$file" ] && kill -KILL "$(cat "$file")" 2>/dev/null; done
tries=0
until rm -rf "$0" 2>/dev/null || [ "$tries" -ge 50 ]; do tries=$((tries + 1)); sleep 0.1; done`;

/** Resolves when everything is gone. */
export type Removal = () => Promise<void>;

export function removeAtExit(directory: string): Removal {
  const sweeper = spawn('sh', ['-c', SWEEP, directory], { stdio: ['pipe', 'ignore', 'ignore'] });
  const gone = once(sweeper, 'exit');
  // Nobody should have to stop a broker in order to end.
  sweeper.unref();
  return async () => {
    sweeper.ref();
    sweeper.stdin.end();
    await gone;
  };
}
