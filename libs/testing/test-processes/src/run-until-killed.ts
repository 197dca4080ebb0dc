import { spawn } from 'node:child_process';
import { bundle } from './bundle.ts';

type Killed = {
  /** Milliseconds from the first output to SIGKILL. Without it the process ends by itself. */
  readonly killAfter?: number;
  /** Shell commands before the process, such as limits of its resources. */
  readonly setup?: string;
};

/**
 * Runs a TypeScript module as a process of its own, kills it `killAfter` ms after its first output, and returns the
 * complete lines that it had printed. Rejects if the process cannot be started.
 */
export async function runUntilKilled(
  module: URL,
  args: readonly string[],
  { killAfter, setup }: Killed,
): Promise<Run> {
  const node = [process.execPath, await bundle(module), ...args];
  const [command = '', ...rest] = setup ? ['sh', '-c', `${setup}; exec "$@"`, 'sh', ...node] : node;
  const child = spawn(command, rest, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  return new Promise((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (output === '' && killAfter !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfter);
      output += text;
    });
    child
      .on('error', reject)
      .on('close', (code) => resolve({ code, lines: output.split('\n').slice(0, -1) }));
  });
}

/** `code` is null where a signal ended the process. */
type Run = { readonly code: number | null; readonly lines: readonly string[] };
