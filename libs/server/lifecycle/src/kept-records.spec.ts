import type { PartitionBounds } from '@tributary/event-log';
import { Fault } from '@tributary/kernel';
import { afterEach, expect, it } from 'vitest';
import { watchKeptRecords } from './kept-records.ts';
import type { KeptRecords } from './kept-records.ts';

let kept: KeptRecords | undefined;
afterEach(() => kept?.close());

/** A topic as the brokers describe it. */
const brokers = () => ({
  name: 'events',
  settings: undefined as string | undefined,
  bounds: [{ first: 0, end: 9 }] as (PartitionBounds | undefined)[],
  fault: undefined as Fault | undefined,
  partitions: 1,
  now: 1,
  weak: undefined as string | undefined,
  async currentPartitions() {
    if (this.fault) throw this.fault;
    return this.now;
  },
  async fragility() {
    if (this.fault) throw this.fault;
    return this.weak;
  },
  async removal() {
    if (this.fault) throw this.fault;
    return this.settings;
  },
  async knownBounds() {
    if (this.fault) throw this.fault;
    return this.bounds;
  },
});

const codes = () => kept?.warnings().map(({ code }) => code);

it('warns of retention that is set while a process runs, before a record is removed, and no longer once it has ended', async () => {
  const topic = brokers();
  const reported: string[] = [];
  kept = watchKeptRecords([topic], { report: (text) => reported.push(text), interval: 5 });
  expect(kept.warnings()).toEqual([]);
  topic.settings = 'retention.ms=604800000; keep them: `kafka-configs.sh`';
  await expect.poll(codes).toEqual(['topic_removes_records']);
  expect(kept.warnings()[0]?.detail).toContain(
    'topic events, and no start reads it: retention.ms=604800000; keep them',
  );
  expect(reported).toHaveLength(1);
  topic.settings = undefined;
  await expect.poll(codes).toEqual([]);
  expect(reported).toHaveLength(1);
});

it('warns of each partition that has lost its beginning, and keeps to that while its brokers do not answer', async () => {
  const topic = brokers();
  topic.bounds = [{ first: 0, end: 9 }, { first: 4, end: 9 }, undefined];
  kept = watchKeptRecords([topic], { report: () => undefined, interval: 5 });
  await expect.poll(codes).toEqual(['topic_truncated']);
  expect(kept.warnings()[0]?.detail).toMatch(/^partition 1 of topic events begins at offset 4: /);
  topic.bounds = [{ first: 2, end: 9 }, undefined, undefined];
  await expect.poll(codes).toEqual(['topic_truncated', 'topic_truncated']);
  topic.fault = new Fault('broker_unreachable', 'no answer', { retryable: true });
  topic.bounds = [];
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(codes()).toHaveLength(2);
  topic.fault = undefined;
  topic.bounds = [
    { first: 0, end: 9 },
    { first: 0, end: 9 },
    { first: 0, end: 9 },
  ];
  await expect.poll(codes).toEqual([]);
});

it('warns of partitions that were added while a process runs, and of replicas that need not confirm', async () => {
  const topic = brokers();
  const reported: string[] = [];
  kept = watchKeptRecords([topic], { report: (text) => reported.push(text), interval: 5 });
  topic.now = 3;
  await expect.poll(codes).toEqual(['partitions_added']);
  expect(kept.warnings()[0]?.detail).toMatch(
    /^topic events has 3 partitions, and this process goes on with the 1 that/,
  );
  topic.weak = 'min.insync.replicas=1; set: `kafka-configs.sh`';
  await expect.poll(codes).toEqual(['partitions_added', 'topic_not_durable']);
  topic.fault = new Fault('broker_unreachable', 'no answer', { retryable: true });
  topic.weak = undefined;
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(codes()).toHaveLength(2);
  topic.fault = undefined;
  await expect.poll(codes).toEqual(['partitions_added']);
  expect(reported).toHaveLength(2);
});
