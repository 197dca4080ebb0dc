import { setTimeout as pause } from 'node:timers/promises';
import type { Progress } from '../context.ts';
import { EXIT, Exit } from '../exit.ts';
import { StatusDocument } from '../generated/documents.ts';
import { ask } from './graphql.ts';

const INTERVAL_MS = 100;

/**
 * Resolves when the tables are filled from the log after they were found to be short of it. Throws Exit where they stop
 * following the log; the signal ends the wait.
 */
export async function tablesFilled(url: string, { step }: Progress, signal: AbortSignal): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    const { status } = await ask(url, StatusDocument, {});
    if (status.fault !== null)
      throw new Exit(EXIT.failed, `the tables have stopped following the log: ${status.fault}`);
    const short = status.readinessConditions.find(({ code }) => code === 'tables_short');
    if (short === undefined && status.lag === 0) return;
    step(short?.detail ?? `${status.lag} events are not in the tables yet`);
    await pause(INTERVAL_MS);
  }
}
