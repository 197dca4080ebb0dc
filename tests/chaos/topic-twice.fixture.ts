import { randomFrom, recordFigures } from '@tributary/fixtures';
import { expect } from 'vitest';
import type { TestCluster } from './test-cluster.fixture.ts';
import { projected, recordsIn } from './group-progress.fixture.ts';
import { openWriter } from './foreign-producer.fixture.ts';
import { expectAccounted } from './kills-and-rebalances.fixture.ts';
import { deadLettersIn, recordsOf } from './dead-letters.fixture.ts';
import { metricSum } from './process-reports.fixture.ts';
import type { Measured } from './process-reports.fixture.ts';
import { openTestRecords } from './test-records.fixture.ts';
import { sumsOf } from './tables.fixture.ts';

export type TopicTwice = { readonly records: number; readonly seed: number };

/** Every record of the topic is written a second time; the tables do not change. */
export async function topicTwice(cluster: TestCluster, { records, seed }: TopicTwice): Promise<void> {
  const stage = await cluster.stage('twice', { session: 6_000 });
  const projectors = await Promise.all([stage.start('projector'), stage.start('projector')]);
  const testRecords = openTestRecords({
    partitions: 4,
    runs: 100,
    random: randomFrom(seed),
    since: Date.now() * 1000,
  });
  const writer = await openWriter(stage.topic, cluster.broker.bootstrap);
  await writer.write(testRecords.next(records));
  const sent = testRecords.sent();
  await projected(stage.topic, stage.group);
  await expectAccounted(stage, sent);
  const before = await sumsOf(stage.clickhouse);
  const hitsBefore = await hitsOf(projectors);
  const deadLetters = await deadLettersIn(stage.deadLetters);

  const all = await recordsOf(stage.topic);
  const began = performance.now();
  await writer.write(all.map((record) => ({ ...record, key: record.key ?? Buffer.alloc(0) })));
  await writer.close();
  await projected(stage.topic, stage.group);
  const seconds = (performance.now() - began) / 1000;
  expect(await recordsIn(stage.topic)).toBe(2 * records);
  expect(await sumsOf(stage.clickhouse)).toEqual(before);
  const hits = (await hitsOf(projectors)) - hitsBefore;
  expect(hits).toBeGreaterThanOrEqual(sent.stored.events + sent.duplicates);
  /* A record that was refused is refused again, as another dead letter. */
  expect((await deadLettersIn(stage.deadLetters)).deadLetters).toBe(2 * deadLetters.deadLetters);
  recordFigures('a topic twice', {
    records: 2 * records,
    'dedup hits': hits,
    'repeats/s': Math.round(records / seconds),
  });
  await stage.stop();
}

const hitsOf = (projectors: readonly Measured[]): Promise<number> =>
  metricSum(projectors, 'tributary_dedup_hits_total');
