import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const main = join(import.meta.dirname, '../../dist/projector.js');

type Ended = { readonly code: number | null; readonly out: string; readonly output: string };

/** A line of its output, and what the test does then. */
export type Cue = { readonly line: string; readonly act: (kill: () => void) => unknown };

/** Runs `projector rebuild` with flags. Resolves with its exit code and what it printed, when it has ended. */
export async function runRebuild(
  env: NodeJS.ProcessEnv,
  flags: readonly string[],
  cue?: Cue,
): Promise<Ended> {
  const child = spawn(process.execPath, [main, 'rebuild', ...flags], { env });
  let out = '';
  let output = '';
  child.stdout.on('data', (chunk) => (out += String(chunk)));
  child.stderr.on('data', (chunk) => {
    const before = output;
    output += String(chunk);
    if (cue && output.includes(cue.line) && !before.includes(cue.line)) cue.act(() => child.kill('SIGKILL'));
  });
  await once(child, 'close');
  return { code: child.exitCode, out, output };
}
