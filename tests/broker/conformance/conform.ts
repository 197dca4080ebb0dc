import { setTimeout as pause } from 'node:timers/promises';
import { startBroker } from '../../../libs/testing/test-servers/src/broker/broker.ts';
import { connectStockClient } from './stock-client.ts';
import type { Check } from './stock-client.ts';
import { GROUPS } from './groups.ts';
import { MEMBERS } from './members.ts';
import { PRODUCERS, PRODUCING } from './producers.ts';
import { TOPIC_DELETION, TOPICS } from './topics.ts';

/** In order: later checks use what earlier ones wrote. */
const CHECKS: readonly Check[] = [...TOPICS, PRODUCING, ...GROUPS, ...MEMBERS, ...PRODUCERS, TOPIC_DELETION];

/** Runs all checks and prints a line for each. Resolves with the number of failed checks. */
export async function conform(version: string | undefined): Promise<number> {
  const broker = await startBroker({ version });
  const stockClient = await connectStockClient(broker);
  console.log(`Kafka ${broker.version}`);
  let failed = 0;
  for (const [sentence, check] of CHECKS)
    failed += (await passes(sentence, async () => check(stockClient))) ? 0 : 1;
  console.log(
    `  ${CHECKS.length - failed} of ${CHECKS.length}; the client logged ${stockClient.errors.length} errors`,
  );
  for (const error of new Set(stockClient.errors)) console.log(`    ${error}`);
  await stockClient.admin.disconnect();
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
