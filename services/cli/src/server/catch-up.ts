import { setTimeout as sleep } from 'node:timers/promises';
import { EXIT, Exit } from '../exit.ts';
import type { Progress } from '../context.ts';
import { count } from '../text/format.ts';
import { LagDocument } from '../generated/documents.ts';
import { ask } from './graphql.ts';

const INTERVAL_MS = 100;

/** Resolves when the tables contain every event of the log. */
export async function catchUp(url: string, progress: Progress): Promise<void> {
  for (;;) {
    const { status } = await ask(url, LagDocument, {});
    if (status.fault !== null) {
      throw new Exit(
        EXIT.failed,
        `every event is in the log, but the tables have stopped following it: ${status.fault}`,
      );
    }
    if (status.lag === 0) return;
    progress.step(`${count(status.lag)} events are not in the tables yet`);
    await sleep(INTERVAL_MS);
  }
}
