import { partitionOf } from '@tributary/kafka';
import { expect } from 'vitest';
import type { Arena, Stage } from './arena.suite.ts';
import { carried } from './carried.suite.ts';
import { untilLost } from './crew.suite.ts';
import { figures } from './figures.suite.ts';
import { openWriter } from './foreign-producer.suite.ts';
import { randomFrom } from './random.suite.ts';
import type { Random } from './random.suite.ts';
import { openSender } from './sendings.suite.ts';
import type { Sending } from './sendings.suite.ts';
import { ask, expectExact, TABLES } from './tables.suite.ts';

export type OtherOrder = { readonly records: number; readonly seed: number };

/** They say where a fact lies in the topic, so they are another topic's matter. */
const OF_PLACES: readonly string[] = ['_position', 'last_position'];

/**
 * The same records in another topic: other partitions, their streams woven into each other in another way, each in its
 * own order, and partitions that are held up while others go ahead. Every column but those of places is the same, since
 * record times travel with the records.
 */
export async function otherOrder(arena: Arena, { records, seed }: OtherOrder): Promise<void> {
  const random = randomFrom(seed);
  const sender = openSender({ partitions: 4, runs: 100, random, since: Date.now() * 1000, poison: false });
  const sendings = sender.next(records);
  const [one, other] = await Promise.all([
    arena.stage('order-1', { partitions: 4, session: 6_000 }),
    arena.stage('order-2', { partitions: 3, session: 6_000 }),
  ]);
  await send(arena, one, sendings);
  await send(arena, other, woven(sendings, random));
  await Promise.all([one.start('projector'), other.start('projector')]);
  const held = await holdUp(other);
  await carried(one.topic, one.group);
  await held.leave();
  await carried(other.topic, other.group);
  for (const { clickhouse } of [one, other]) await expectExact(clickhouse, sender.sent().stored);
  const [left, right] = [await contentOf(one), await contentOf(other)];
  expect(right.sums).toEqual(left.sums);
  /* Places do differ, or there was no other order. */
  const places = 'SELECT sum(cityHash64(id, _position)) FROM tributary.log_event';
  expect(await ask(one.clickhouse, places)).not.toEqual(await ask(other.clickhouse, places));
  figures('another order', {
    records,
    tables: TABLES.length,
    'tables with rows': left.sums.filter(([, rows]) => Number(rows) > 0).length,
    'equal columns': left.columns,
    'left out': OF_PLACES.join(' '),
  });
  await Promise.all([one.stop(), other.stop()]);
}

async function send(arena: Arena, stage: Stage, sendings: readonly Sending[]): Promise<void> {
  const writer = await openWriter(stage.topic, arena.broker.bootstrap);
  await writer.write(
    sendings.map((sending) => ({ ...sending, partition: partitionOf(sending.key, stage.topic.partitions) })),
  );
  await writer.close();
}

/** Takes the next record of any stream, until there are none. */
function woven(sendings: readonly Sending[], random: Random): Sending[] {
  const streams = new Map<string, Sending[]>();
  for (const sending of sendings) {
    const key = Buffer.from(sending.key).toString();
    streams.set(key, [...(streams.get(key) ?? []), sending]);
  }
  const left = [...streams.values()].map((stream) => stream.toReversed());
  const order: Sending[] = [];
  while (left.length > 0) {
    const place = random.below(left.length);
    const next = left[place]?.pop();
    if (next) order.push(next);
    else left.splice(place, 1);
  }
  return order;
}

/** A member of the group that keeps its share of the partitions waiting. */
const holdUp = (stage: Stage) => stage.topic.join({ group: stage.group, queueBytes: 1, work: untilLost });

type Content = { readonly columns: number; readonly sums: (string | number)[][] };

/** Rows of each table and a checksum of all columns but those of places. */
async function contentOf({ clickhouse }: Stage): Promise<Content> {
  const sums: (string | number)[][] = [];
  let columns = 0;
  for (const table of TABLES) {
    const known = `SELECT name FROM system.columns WHERE database = 'tributary' AND table = '${table}' ORDER BY position`;
    const names = (await ask(clickhouse, known)).map(([name]) => String(name));
    const kept = names.filter((name) => !OF_PLACES.includes(name));
    columns += kept.length;
    const [row = []] = await ask(
      clickhouse,
      `SELECT count(), toString(sum(cityHash64(formatRow('RowBinary', ${kept.join(', ')})))) FROM tributary.${table}${await finalOf(clickhouse, table)}`,
    );
    sums.push([table, ...row]);
  }
  return { columns, sums };
}

/** Partial rows are merged before they are read. */
async function finalOf(clickhouse: Stage['clickhouse'], table: string): Promise<string> {
  const merging = `SELECT engine FROM system.tables WHERE database = 'tributary' AND name = '${table}' AND engine LIKE '%AggregatingMergeTree'`;
  return (await ask(clickhouse, merging)).length > 0 ? ' FINAL' : '';
}
