import { randomFrom, recordFigures } from '@tributary/fixtures';
import { setTimeout as pause } from 'node:timers/promises';
import { startClickHouse } from '@tributary/test-servers';
import { expect } from 'vitest';
import type { TestCluster, Stage } from './test-cluster.fixture.ts';
import { projected, recordsIn } from './group-progress.fixture.ts';
import { startWorkers } from './workers.fixture.ts';
import { openWriter } from './foreign-producer.fixture.ts';
import { deadLettersIn } from './dead-letters.fixture.ts';
import { openTestRecords } from './test-records.fixture.ts';
import type { SentRecords } from './test-records.fixture.ts';
import { expectExact, sumsOf } from './tables.fixture.ts';

export type KillsAndRebalances = {
  readonly records: number;
  readonly kills: number;
  readonly rebalances: number;
  readonly seed: number;
  /** Milliseconds between two rounds of kills and rebalances, on average. */
  readonly round: number;
  /** The largest delay of the connection to the broker in milliseconds; two of three rounds have one. */
  readonly delay: number;
  /** Milliseconds without a heartbeat after which the group removes a projector. */
  readonly session: number;
};

/**
 * Projectors are killed and the group is rebalanced while records arrive. In the end every fact is in the tables once,
 * the sums are exact, and tables that one undisturbed projector fills from the beginning are equal.
 */
export async function killsAndRebalances(cluster: TestCluster, options: KillsAndRebalances): Promise<void> {
  const { records, kills, rebalances, seed, round, delay, session } = options;
  const random = randomFrom(seed);
  const stage = await cluster.stage('kills', { session });
  const workers = await startWorkers(stage, { size: 3, random, env: stage.throughProxy });
  const testRecords = openTestRecords({ partitions: 4, runs: 200, random, since: Date.now() * 1000 });
  const writer = await openWriter(stage.topic, cluster.broker.bootstrap);
  const began = performance.now();
  const rounds = Math.max(kills, rebalances);
  for (let number = 0; number < rounds; number += 1) {
    const late = number % 3 === 2 ? 0 : Math.round(delay * (1 / 3 + (random() * 2) / 3));
    cluster.proxy.delay(late);
    const aimed = number % 4 !== 3;
    const kill = { aimed, cut: () => aimed && cluster.proxy.reset(), settling: late + 50 };
    await Promise.all([
      trickle(testRecords.next(share(records, rounds, number)), round, (some) => writer.write(some)),
      number < kills && after(random() * round, () => workers.kill(kill)),
      number < rebalances && after(random() * round, () => workers.disturb()),
    ]);
  }
  cluster.proxy.delay(0);
  await writer.close();
  const sent = testRecords.sent();
  expect(await recordsIn(stage.topic)).toBe(records);
  await projected(stage.topic, stage.group, 600);
  const seconds = (performance.now() - began) / 1000;
  await expectAccounted(stage, sent);
  await workers.end();
  const rebuilding = performance.now();
  await expectRebuilt(stage);
  const { pending, halfDone, ...met } = workers.figures();
  recordFigures('kills and rebalances', {
    records,
    'events/s': Math.round(records / seconds),
    ...met,
    'planned batches interrupted': pending,
    'of them with rows in the tables': halfDone,
    duplicates: sent.duplicates,
    conflicts: sent.conflicts,
    seconds: Math.round(seconds),
    'seconds to rebuild': Math.round((performance.now() - rebuilding) / 1000),
  });
  expect(met).toEqual({ kills, rebalances });
  /* A run in which no kill interrupts a planned batch tests nothing. */
  expect(pending).toBeGreaterThan(0);
  expect(halfDone).toBeGreaterThan(0);
  await stage.stop();
}

const share = (records: number, rounds: number, number: number): number =>
  Math.floor((records * (number + 1)) / rounds) - Math.floor((records * number) / rounds);

const after = async (millis: number, work: () => Promise<void>): Promise<void> => {
  await pause(millis);
  await work();
};

const PARTS = 10;

/** Spreads the writes over the time, so that there is always something in flight. */
async function trickle<One>(
  all: One[],
  millis: number,
  write: (some: One[]) => Promise<void>,
): Promise<void> {
  const size = Math.ceil(all.length / PARTS);
  for (let from = 0; from < all.length; from += size)
    await Promise.all([write(all.slice(from, from + size)), pause(millis / PARTS)]);
}

/** Every record that was sent is in the tables, a repeat, or a dead letter. */
export async function expectAccounted(stage: Stage, sent: SentRecords): Promise<void> {
  const { stored, duplicates, conflicts, poisonMessages, records } = sent;
  const poisoned = [...poisonMessages.values()].reduce((sum, count) => sum + count, 0);
  expect(stored.events + duplicates + conflicts + poisoned).toBe(records);
  await expectExact(stage.clickhouse, stored);
  const deadLetters = await deadLettersIn(stage.deadLetters);
  const expected = new Map(poisonMessages);
  if (conflicts > 0) expected.set('id_conflict', conflicts);
  expect(deadLetters.byCode).toEqual(expected);
  expect(deadLetters.positions).toBe(deadLetters.deadLetters);
}

const UNDISTURBED = { TRIBUTARY_BATCH_LINGER_MS: '500', KAFKA_SESSION_TIMEOUT_MS: '30000' };

/** Tables that a projector of another group fills from the beginning on another server are equal. */
export async function expectRebuilt(stage: Stage): Promise<void> {
  const other = await startClickHouse();
  try {
    const group = `${stage.group}.again`;
    const projector = await stage.start('projector', {
      ...UNDISTURBED,
      KAFKA_GROUP: group,
      CLICKHOUSE_URL: other.url,
    });
    await projected(stage.topic, group, 600);
    await projector.end('SIGTERM');
    expect(await sumsOf(stage.clickhouse)).toEqual(await sumsOf(other));
  } finally {
    await other.stop();
  }
}
