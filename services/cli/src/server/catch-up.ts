import { setTimeout as sleep } from 'node:timers/promises';
import { EXIT, Exit } from '../exit.ts';
import type { Progress } from '../progress.ts';
import { count } from '../text/number.ts';
import { LagDocument } from '../generated/documents.ts';
import { ask } from './graphql.ts';

const INTERVAL_MS = 100;

/** Returns when the tables hold everything that the log holds. */
export async function catchUp(url: string, progress: Progress): Promise<void> {
  for (;;) {
    const { status } = await ask(url, LagDocument, {});
    if (status.fault !== null) {
      throw new Exit(
        EXIT.failed,
        `everything is recorded, but the tables stopped following: ${status.fault}`,
      );
    }
    if (status.lag === 0) return;
    progress.step(`${count(status.lag)} events are not in the tables yet`);
    await sleep(INTERVAL_MS);
  }
}
