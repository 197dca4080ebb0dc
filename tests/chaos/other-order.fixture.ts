import type { Random } from '@tributary/fixtures';
import { randomFrom, recordFigures } from '@tributary/fixtures';
import { partitionOf } from '@tributary/kafka';
import { expect } from 'vitest';
import type { TestCluster, Stage } from './test-cluster.fixture.ts';
import { projected } from './group-progress.fixture.ts';
import { untilLost } from './workers.fixture.ts';
import { openWriter } from './foreign-producer.fixture.ts';
import { openTestRecords } from './test-records.fixture.ts';
import type { TestRecord } from './test-records.fixture.ts';
import { ask, expectExact, TABLES } from './tables.fixture.ts';

export type OtherOrder = { readonly records: number; readonly seed: number };

/** Columns that depend on the position of a fact in its topic. */
const POSITION_COLUMNS: readonly string[] = ['_position', 'first_position', 'last_position'];

/**
 * The same records in another topic: other partitions, the streams interleaved in another way, each in its own order,
 * and some partitions delayed. Every column but those of positions is the same, since record times travel with the
 * records.
 */
export async function otherOrder(cluster: TestCluster, { records, seed }: OtherOrder): Promise<void> {
  const random = randomFrom(seed);
  const testRecords = openTestRecords({
    partitions: 4,
    runs: 100,
    random,
    since: Date.now() * 1000,
    poisonMessages: false,
  });
  const toSend = testRecords.next(records);
  const [one, other] = await Promise.all([
    cluster.stage('order-1', { partitions: 4, session: 6_000 }),
    cluster.stage('order-2', { partitions: 3, session: 6_000 }),
  ]);
  await send(cluster, one, toSend);
  await send(cluster, other, interleaved(toSend, random));
  await Promise.all([one.start('projector'), other.start('projector')]);
  const held = await holdUp(other);
  await projected(one.topic, one.group);
  await held.leave();
  await projected(other.topic, other.group);
  for (const { clickhouse } of [one, other]) await expectExact(clickhouse, testRecords.sent().stored);
  const [left, right] = [await contentOf(one), await contentOf(other)];
  expect(right.sums).toEqual(left.sums);
  /* Positions must differ, or the order was the same. */
  const positions = 'SELECT sum(cityHash64(id, _position)) FROM tributary.log_event';
  expect(await ask(one.clickhouse, positions)).not.toEqual(await ask(other.clickhouse, positions));
  recordFigures('another order', {
    records,
    tables: TABLES.length,
    'tables with rows': left.sums.filter(([, rows]) => Number(rows) > 0).length,
    'equal columns': left.columns,
    'left out': POSITION_COLUMNS.join(' '),
  });
  await Promise.all([one.stop(), other.stop()]);
}

async function send(cluster: TestCluster, stage: Stage, toSend: readonly TestRecord[]): Promise<void> {
  const writer = await openWriter(stage.topic, cluster.broker.bootstrap);
  await writer.write(
    toSend.map((record) => ({ ...record, partition: partitionOf(record.key, stage.topic.partitions) })),
  );
  await writer.close();
}

/** Interleaves the streams at random; each keeps its order. */
function interleaved(toSend: readonly TestRecord[], random: Random): TestRecord[] {
  const streams = new Map<string, TestRecord[]>();
  for (const record of toSend) {
    const key = Buffer.from(record.key).toString();
    streams.set(key, [...(streams.get(key) ?? []), record]);
  }
  const left = [...streams.values()].map((stream) => stream.toReversed());
  const order: TestRecord[] = [];
  while (left.length > 0) {
    const index = random.below(left.length);
    const next = left[index]?.pop();
    if (next) order.push(next);
    else left.splice(index, 1);
  }
  return order;
}

/** A member of the group that keeps its share of the partitions idle. */
const holdUp = (stage: Stage) => stage.topic.join({ group: stage.group, queueBytes: 1, work: untilLost });

type Content = { readonly columns: number; readonly sums: (string | number)[][] };

/** Rows of each table and a checksum of all columns but those of positions. */
async function contentOf({ clickhouse }: Stage): Promise<Content> {
  const sums: (string | number)[][] = [];
  let columns = 0;
  for (const table of TABLES) {
    const known = `SELECT name FROM system.columns WHERE database = 'tributary' AND table = '${table}' ORDER BY position`;
    const names = (await ask(clickhouse, known)).map(([name]) => String(name));
    const kept = names.filter((name) => !POSITION_COLUMNS.includes(name));
    columns += kept.length;
    const [row = []] = await ask(
      clickhouse,
      `SELECT count(), toString(sum(cityHash64(formatRow('RowBinary', ${kept.join(', ')})))) FROM tributary.${table}${await finalOf(clickhouse, table)}`,
    );
    sums.push([table, ...row]);
  }
  return { columns, sums };
}

/** Rollups are merged when they are read. */
async function finalOf(clickhouse: Stage['clickhouse'], table: string): Promise<string> {
  const merging = `SELECT engine FROM system.tables WHERE database = 'tributary' AND name = '${table}' AND engine LIKE '%AggregatingMergeTree'`;
  return (await ask(clickhouse, merging)).length > 0 ? ' FINAL' : '';
}
