import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openKafkaLog } from '@tributary/event-log';
import { connectTopic, partitionOf } from '@tributary/kafka';
import { smallDisk } from '@tributary/test-processes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeEventLog } from '../../libs/core/event-log/src/event-log.suite.ts';
import { ALL, anEvent } from '../../libs/core/event-log/src/log-under-test.fixture.ts';
import type { OpenLog } from '../../libs/core/event-log/src/log-under-test.fixture.ts';
import { brokerUnavailable, sharedBroker } from '@tributary/test-servers';
import type { SharedBroker } from '@tributary/test-servers';
import { plainFormat } from './plain-format.fixture.ts';

const missing = brokerUnavailable();
let broker: SharedBroker;
const prefix = `laws-${randomUUID()}`;
let topics = 0;

const KEPT = { 'retention.ms': '-1', 'message.timestamp.type': 'CreateTime', 'max.message.bytes': '2000000' };

const disk = missing ? undefined : smallDisk(24);
afterAll(() => disk?.remove());

function newTopic() {
  topics += 1;
  return connectTopic({
    brokers: broker.bootstrap,
    clientId: 'suite',
    topic: `${prefix}-${topics}`,
    create: { partitions: 1, replicas: 1, config: KEPT },
  });
}

const open: OpenLog = async (clock) => {
  const directory = mkdtempSync(join(tmpdir(), 'kafka-log-'));
  const topic = await newTopic();
  const openLog = () => openKafkaLog({ topic, format: plainFormat, directory, partitionOf, clock });
  let log = await openLog();
  return {
    log,
    reopen: async () => {
      await log.close();
      log = await openLog();
      return log;
    },
    dispose: async () => {
      await log.close();
      await topic.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
};

describe.skipIf(missing)(`on a broker${missing ? `, skipped: ${missing}` : ''}`, () => {
  beforeAll(async () => {
    broker = await sharedBroker();
  });

  describeEventLog('Kafka with one partition', open, 8);

  it.skipIf(!disk)(
    'ends an append that a full disk keeps from being read back, and stores it once when it is repeated',
    async () => {
      if (!disk) return;
      const topic = await newTopic();
      const directory = join(disk.directory, 'replica');
      const log = await openKafkaLog({
        topic,
        format: plainFormat,
        directory,
        partitionOf,
        appendTimeout: 1_000,
      });
      const event = anEvent({ id: 'first', text: 'x'.repeat(20_000) });
      disk.fill(0);
      await expect(log.append([event], { atomic: true })).rejects.toMatchObject({
        code: 'log_overdue',
        message: expect.stringContaining('send the same events again'),
      });
      expect(log.fault()).toMatchObject({ code: 'disk_full' });
      disk.makeRoom();
      /* The first attempt reached the topic, so it is what the replica reads and the repeat finds. */
      await expect
        .poll(() => log.append([event], { atomic: true }).catch(() => undefined))
        .toMatchObject({ ok: true, stored: 0, duplicates: 1 });
      expect((await log.read(ALL)).map(({ id }) => id)).toEqual(['first']);
      expect([log.fault(), log.dead()]).toEqual([undefined, undefined]);
      await log.close();
      await topic.close();
    },
  );
});
