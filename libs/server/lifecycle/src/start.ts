import type { Environment } from '@tributary/configuration';
import { faultText } from '@tributary/http';
import { runProcess } from './run-process.ts';
import type { Process, ProcessConfig } from './run-process.ts';

/** What an entry file does: runs the process to its end. What nobody foresaw is told with its stack. */
export async function start<Config extends ProcessConfig>(
  described: Process<Config>,
  env: Environment,
): Promise<void> {
  try {
    await runProcess(described, env);
    process.exit(0);
  } catch (error) {
    console.error(error instanceof Error && 'code' in error ? faultText(error) : error);
    process.exit(1);
  }
}
