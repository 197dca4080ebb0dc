import { CommanderError } from 'commander';
import { EXIT, Exit } from './exit.ts';
import { programFor } from './program.ts';
import type { CliContext } from './shell.ts';

/** Runs one command line and returns the exit code. */
export async function run(argv: readonly string[], shell: CliContext): Promise<number> {
  const outcome: { code: number } = { code: EXIT.ok };
  try {
    await programFor(shell, (code) => (outcome.code = code)).parseAsync([...argv]);
    return outcome.code;
  } catch (error) {
    return failed(error, argv.includes('--json'), shell);
  }
}

function failed(error: unknown, json: boolean, shell: CliContext): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (!(error instanceof Exit)) {
    shell.report(`tributary: ${error instanceof Error ? error.message : String(error)}\n`);
    return EXIT.failed;
  }
  if (json && error.refusal !== undefined) {
    shell.print(`${JSON.stringify({ refusal: error.refusal, text: error.message })}\n`);
  } else {
    shell.report(`tributary: ${error.message}\n`);
  }
  return error.code;
}
