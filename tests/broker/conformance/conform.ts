import { setTimeout as pause } from 'node:timers/promises';
import { startBroker } from '../../../libs/testing/test-servers/src/broker/broker.ts';
import { connectStockClient } from './conversation.ts';
import type { Check } from './conversation.ts';
import { GROUPS } from './groups.ts';
import { MEMBERS } from './members.ts';
import { PRODUCERS, PRODUCING } from './producers.ts';
import { TOPIC_DELETION, TOPICS } from './topics.ts';

/** In order: a later one finds what an earlier one left. */
const CHECKS: readonly Check[] = [...TOPICS, PRODUCING, ...GROUPS, ...MEMBERS, ...PRODUCERS, TOPIC_DELETION];

/** Prints a line a check. Resolves with the number of those that failed. */
export async function conform(version: string | undefined): Promise<number> {
  const broker = await startBroker({ version });
  const talk = await connectStockClient(broker);
  console.log(`Kafka ${broker.version}`);
  let failed = 0;
  for (const [sentence, check] of CHECKS) failed += (await passes(sentence, async () => check(talk))) ? 0 : 1;
  console.log(
    `  ${CHECKS.length - failed} of ${CHECKS.length}; the client complained ${talk.complaints.length} times`,
  );
  for (const complaint of new Set(talk.complaints)) console.log(`    ${complaint}`);
  await talk.admin.disconnect();
  await broker.stop();
  return failed;
}

async function passes(sentence: string, check: () => Promise<unknown>): Promise<boolean> {
  const start = performance.now();
  const late = pause(60_000, undefined, { ref: false }).then(() =>
    Promise.reject(new Error('takes over 60 s')),
  );
  try {
    await Promise.race([check(), late]);
    console.log(`  ok    ${sentence} (${Math.round(performance.now() - start)} ms)`);
    return true;
  } catch (error) {
    console.log(`  FAILS ${sentence}: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}
