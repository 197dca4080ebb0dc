import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openKafkaLog } from '@tributary/event-log';
import { connectTopic, partitionOf } from '@tributary/kafka';
import { beforeAll, describe } from 'vitest';
import { describeEventLog } from '../../libs/core/event-log/src/event-log.suite.ts';
import type { OpenLog } from '../../libs/core/event-log/src/log-under-test.fixture.ts';
import { brokerUnavailable, sharedBroker } from '@tributary/test-servers';
import type { SharedBroker } from '@tributary/test-servers';
import { plainFormat } from './plain-format.fixture.ts';

const missing = brokerUnavailable();
let broker: SharedBroker;
const prefix = `laws-${randomUUID()}`;
let topics = 0;

const KEPT = { 'retention.ms': '-1', 'message.timestamp.type': 'CreateTime', 'max.message.bytes': '2000000' };

const open: OpenLog = async (clock) => {
  topics += 1;
  const directory = mkdtempSync(join(tmpdir(), 'kafka-log-'));
  const topic = await connectTopic({
    brokers: broker.bootstrap,
    clientId: 'suite',
    topic: `${prefix}-${topics}`,
    create: { partitions: 1, replicas: 1, config: KEPT },
  });
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
});
