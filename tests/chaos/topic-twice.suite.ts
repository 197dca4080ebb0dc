import { expect } from 'vitest';
import type { Arena } from './arena.suite.ts';
import { carried, recordsIn } from './carried.suite.ts';
import { figures } from './figures.suite.ts';
import { openWriter } from './foreign-producer.suite.ts';
import { expectAccounted } from './kills-and-rebalances.suite.ts';
import { lettersIn, recordsOf } from './letters.suite.ts';
import { counted } from './metrics.suite.ts';
import type { Measured } from './metrics.suite.ts';
import { randomFrom } from './random.suite.ts';
import { openSender } from './sendings.suite.ts';
import { sumsOf } from './tables.suite.ts';

export type TopicTwice = { readonly records: number; readonly seed: number };

/** Every record of the topic is written once more: the tables stay as they are. */
export async function topicTwice(arena: Arena, { records, seed }: TopicTwice): Promise<void> {
  const stage = await arena.stage('twice', { session: 6_000 });
  const projectors = await Promise.all([stage.start('projector'), stage.start('projector')]);
  const sender = openSender({
    partitions: 4,
    runs: 100,
    random: randomFrom(seed),
    since: Date.now() * 1000,
  });
  const writer = await openWriter(stage.topic, arena.broker.bootstrap);
  await writer.write(sender.next(records));
  const sent = sender.sent();
  await carried(stage.topic, stage.group);
  await expectAccounted(stage, sent);
  const before = await sumsOf(stage.clickhouse);
  const hitsBefore = await hitsOf(projectors);
  const letters = await lettersIn(stage.letters);

  const all = await recordsOf(stage.topic);
  const began = performance.now();
  await writer.write(all.map((record) => ({ ...record, key: record.key ?? Buffer.alloc(0) })));
  await writer.close();
  await carried(stage.topic, stage.group);
  const seconds = (performance.now() - began) / 1000;
  expect(await recordsIn(stage.topic)).toBe(2 * records);
  expect(await sumsOf(stage.clickhouse)).toEqual(before);
  const hits = (await hitsOf(projectors)) - hitsBefore;
  expect(hits).toBeGreaterThanOrEqual(sent.stored.events + sent.duplicates);
  /* What was refused at one place is refused at the other, where it is a letter of its own. */
  expect((await lettersIn(stage.letters)).letters).toBe(2 * letters.letters);
  figures('a topic twice', {
    records: 2 * records,
    'dedup hits': hits,
    'repeats/s': Math.round(records / seconds),
  });
  await stage.stop();
}

const hitsOf = (projectors: readonly Measured[]): Promise<number> =>
  counted(projectors, 'tributary_dedup_hits_total');
