import { partitionOf } from '@tributary/kafka';
import { ConfigResourceTypes, Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clusterUnavailable, startCluster } from './cluster.fixture.ts';
import type { Cluster } from './cluster.fixture.ts';
import type { ProcessUnderTest } from './process-under-test.fixture.ts';
import { ask, send, started } from './requests.fixture.ts';

const missing = clusterUnavailable();
const PARTITIONS = 2;
const DAY_MS = 24 * 3_600_000;

type DeadLetters = { deadLetters: { nodes: { code: string }[] } };
type Runs = { runs: { nodes: { id: string }[]; complete: boolean } };

describe.skipIf(missing)(`record times that cannot be right${missing ? `, skipped: ${missing}` : ''}`, () => {
  let cluster: Cluster;
  let ingest: ProcessUnderTest;
  let api: ProcessUnderTest;
  const client = () => new Kafka({ brokers: [...cluster.broker.bootstrap], logLevel: logLevel.NOTHING });

  beforeAll(async () => {
    cluster = await startCluster({ partitions: PARTITIONS });
    const projector = await cluster.start('projector');
    ingest = await cluster.start('ingest');
    api = await cluster.start('api');
    for (const one of [projector, ingest, api]) await one.becomes('ready');
  });
  afterAll(() => cluster?.stop());

  /** What a producer of somebody else can write: a fact of a run under its key, at any time, with any header. */
  async function write(runId: string, { at, header }: { at: number; header?: number }): Promise<void> {
    const key = `run/${runId}`;
    const headers = {
      'content-type': 'application/cloudevents+json',
      ...(header !== undefined && { 'tributary-recordtime': String(header * 1000) }),
    };
    const value = JSON.stringify(started(runId));
    const message = { key, value, headers, timestamp: String(at) };
    const producer = client().producer();
    await producer.connect();
    const partition = partitionOf(Buffer.from(key), PARTITIONS);
    await producer.send({ topic: cluster.topic, messages: [{ ...message, partition }] });
    await producer.disconnect();
  }

  /** As on a topic that was made without our settings. */
  async function takeAnyTime(): Promise<void> {
    const admin = client().admin();
    await admin.connect();
    const value = '9223372036854775807';
    const configEntries = ['before', 'after'].map((side) => ({
      name: `message.timestamp.${side}.max.ms`,
      value,
    }));
    const resources = [{ type: ConfigResourceTypes.TOPIC, name: cluster.topic, configEntries }];
    await admin.alterConfigs({ validateOnly: false, resources });
    await admin.disconnect();
  }

  const refusals = async (): Promise<string[]> => {
    const { deadLetters } = await ask<DeadLetters>(api, '{ deadLetters { nodes { code } } }');
    return deadLetters.nodes.map(({ code }) => code).toSorted();
  };
  const runsAt = async (asOf: string): Promise<unknown> => {
    const query = 'query ($asOf: Position) { runs(asOf: $asOf) { nodes { id } complete } }';
    const { runs } = await ask<Runs>(api, query, { asOf });
    return [runs.nodes.map(({ id }) => id).toSorted(), runs.complete];
  };

  it('become dead letters, and the times of the facts after them go on', async () => {
    const own = Array.from({ length: 8 }, (_, n) => `own-${n}`);
    await send(
      ingest,
      own.map((id) => started(id)),
    );
    await takeAnyTime();
    for (let n = 0; n < 4; n += 1) {
      await write(`far-${n}`, { at: Date.UTC(9998, 0, 1) });
      await write(`forged-${n}`, { at: Date.now(), header: Date.now() + 2 * DAY_MS });
    }
    await expect.poll(refusals).toEqual([...Array(4).fill('clock_skew'), ...Array(4).fill('no_record_time')]);
    const later = Array.from({ length: 8 }, (_, n) => `later-${n}`);
    const { receipts } = await send(
      ingest,
      later.map((id) => started(id)),
    );
    const positions = receipts.map(({ position }) => position);
    const times = await Promise.all(
      positions.map((position) =>
        ask<{ event: { recordTime: string } }>(
          api,
          'query ($p: Position!) { event(position: $p) { recordTime } }',
          {
            p: position,
          },
        ),
      ),
    );
    for (const { event } of times)
      expect(Math.abs(Date.parse(event.recordTime) - Date.now())).toBeLessThan(DAY_MS);
    const moment = new Date().toISOString();
    await send(ingest, [started('last')]);
    await expect.poll(() => runsAt(moment)).toEqual([[...own, ...later].toSorted(), true]);
  });
});
