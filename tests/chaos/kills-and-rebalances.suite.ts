import { setTimeout as pause } from 'node:timers/promises';
import { startClickHouse } from '@tributary/test-servers';
import { expect } from 'vitest';
import type { Arena, Stage } from './arena.suite.ts';
import { carried, recordsIn } from './carried.suite.ts';
import { startCrew } from './crew.suite.ts';
import { figures } from './figures.suite.ts';
import { openWriter } from './foreign-producer.suite.ts';
import { lettersIn } from './letters.suite.ts';
import { randomFrom } from './random.suite.ts';
import { openSender } from './sendings.suite.ts';
import type { Sent } from './sendings.suite.ts';
import { expectExact, sumsOf } from './tables.suite.ts';

export type KillsAndRebalances = {
  readonly records: number;
  readonly kills: number;
  readonly rebalances: number;
  readonly seed: number;
  /** Milliseconds between two rounds of kills and rebalances, about. */
  readonly round: number;
  /** Milliseconds, at most, by which the way to the broker is longer in two of three rounds. */
  readonly delay: number;
  /** Milliseconds of silence after which the group gives up a projector. */
  readonly session: number;
};

/**
 * Projectors are killed and the group is disturbed while records come in. In the end every fact is in the tables
 * once, the sums are exact, and tables that one undisturbed projector fills from the beginning are the same.
 */
export async function killsAndRebalances(arena: Arena, options: KillsAndRebalances): Promise<void> {
  const { records, kills, rebalances, seed, round, delay, session } = options;
  const random = randomFrom(seed);
  const stage = await arena.stage('kills', { session });
  const crew = await startCrew(stage, { size: 3, random, env: stage.throughProxy });
  const sender = openSender({ partitions: 4, runs: 200, random, since: Date.now() * 1000 });
  const writer = await openWriter(stage.topic, arena.broker.bootstrap);
  const began = performance.now();
  const rounds = Math.max(kills, rebalances);
  for (let number = 0; number < rounds; number += 1) {
    const late = number % 3 === 2 ? 0 : Math.round(delay * (1 / 3 + (random() * 2) / 3));
    arena.proxy.delay(late);
    const aimed = number % 4 !== 3;
    const kill = { aimed, cut: () => aimed && arena.proxy.reset(), settling: late + 50 };
    await Promise.all([
      trickle(sender.next(share(records, rounds, number)), round, (some) => writer.write(some)),
      number < kills && after(random() * round, () => crew.kill(kill)),
      number < rebalances && after(random() * round, () => crew.disturb()),
    ]);
  }
  arena.proxy.delay(0);
  await writer.close();
  const sent = sender.sent();
  expect(await recordsIn(stage.topic)).toBe(records);
  await carried(stage.topic, stage.group, 600);
  const seconds = (performance.now() - began) / 1000;
  await expectAccounted(stage, sent);
  await crew.end();
  const rebuilding = performance.now();
  await expectRebuilt(stage);
  const { pending, halfDone, ...met } = crew.figures();
  figures('kills and rebalances', {
    records,
    'events/s': Math.round(records / seconds),
    ...met,
    'plans found pending': pending,
    'of them with rows in the tables': halfDone,
    duplicates: sent.duplicates,
    conflicts: sent.conflicts,
    seconds: Math.round(seconds),
    'seconds to rebuild': Math.round((performance.now() - rebuilding) / 1000),
  });
  expect(met).toEqual({ kills, rebalances });
  /* Where no kill has met a plan, nothing was tested. */
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

const PIECES = 10;

/** Writes some now and some later, so that there is always something under way. */
async function trickle<One>(
  all: One[],
  millis: number,
  write: (some: One[]) => Promise<void>,
): Promise<void> {
  const size = Math.ceil(all.length / PIECES);
  for (let from = 0; from < all.length; from += size)
    await Promise.all([write(all.slice(from, from + size)), pause(millis / PIECES)]);
}

/** What was sent is in the tables, or a repeat, or a dead letter. */
export async function expectAccounted(stage: Stage, sent: Sent): Promise<void> {
  const { stored, duplicates, conflicts, poison, records } = sent;
  const poisoned = [...poison.values()].reduce((sum, count) => sum + count, 0);
  expect(stored.events + duplicates + conflicts + poisoned).toBe(records);
  await expectExact(stage.clickhouse, stored);
  const letters = await lettersIn(stage.letters);
  const expected = new Map(poison);
  if (conflicts > 0) expected.set('id_conflict', conflicts);
  expect(letters.byCode).toEqual(expected);
  expect(letters.places).toBe(letters.letters);
}

const UNDISTURBED = { TRIBUTARY_BATCH_LINGER_MS: '500', KAFKA_SESSION_TIMEOUT_MS: '30000' };

/** Tables that a projector of another group fills from the beginning, on another engine, are the same. */
export async function expectRebuilt(stage: Stage): Promise<void> {
  const other = await startClickHouse();
  try {
    const group = `${stage.group}.again`;
    const projector = await stage.start('projector', {
      ...UNDISTURBED,
      KAFKA_GROUP: group,
      CLICKHOUSE_URL: other.url,
    });
    await carried(stage.topic, group, 600);
    await projector.end('SIGTERM');
    expect(await sumsOf(stage.clickhouse)).toEqual(await sumsOf(other));
  } finally {
    await other.stop();
  }
}
