import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatEventPosition, partitionStart } from '@tributary/kernel';
import { openKafkaLog } from '@tributary/event-log';
import type { KafkaEventLog, KafkaLogOptions, RecordedEvent } from '@tributary/event-log';
import { connectTopic, partitionOf } from '@tributary/kafka';
import type { SharedBroker } from '@tributary/test-servers';
import { Kafka, logLevel } from 'kafkajs';
import type { Admin, Producer } from 'kafkajs';
import { plain } from '../../libs/core/event-log/src/log-under-test.fixture.ts';
import { plainFormat } from './plain-format.fixture.ts';

const KEPT = {
  'retention.ms': '-1',
  'message.timestamp.type': 'CreateTime',
  'max.message.bytes': '2000000',
};

export type LogInstance = { readonly log: KafkaEventLog; readonly directory: string; close(): Promise<void> };

/** Opens instances of a log, and clients, on a broker. Closes those of a test together. */
export class LogInstances {
  readonly #broker: SharedBroker;
  readonly #closing: (() => Promise<unknown>)[] = [];

  constructor(broker: SharedBroker) {
    this.#broker = broker;
  }

  /** An instance with a topic connection of its own, in a new directory or in that of an earlier instance. */
  async open(
    name: string,
    { directory = this.directory(), ...more }: Partial<KafkaLogOptions> = {},
  ): Promise<LogInstance> {
    const topic = await connectTopic({
      brokers: this.#broker.bootstrap,
      clientId: 'log-instance',
      topic: name,
      create: { partitions: 3, replicas: 1, config: KEPT },
    });
    let log: KafkaEventLog;
    try {
      log = await openKafkaLog({ topic, format: plainFormat, directory, partitionOf, ...more });
    } catch (error) {
      await topic.close();
      throw error;
    }
    let closed: Promise<void> | undefined;
    const close = (): Promise<void> => (closed ??= log.close().then(() => topic.close()));
    this.#closing.push(close);
    return { log, directory, close };
  }

  directory(): string {
    const directory = mkdtempSync(join(tmpdir(), 'log-instances-'));
    this.#closing.unshift(() => Promise.resolve(rmSync(directory, { recursive: true, force: true })));
    return directory;
  }

  /** A client that is not an instance of the log. */
  async foreignClient(
    transactionalId?: string,
  ): Promise<{ readonly producer: Producer; readonly admin: Admin }> {
    const kafka = new Kafka({ brokers: [...this.#broker.bootstrap], logLevel: logLevel.NOTHING });
    const producer = kafka.producer(
      transactionalId === undefined
        ? {}
        : { transactionalId, idempotent: true, maxInFlightRequests: 1, transactionTimeout: 30_000 },
    );
    const admin = kafka.admin();
    await Promise.all([producer.connect(), admin.connect()]);
    this.#closing.push(() => Promise.all([producer.disconnect(), admin.disconnect()]));
    return { producer, admin };
  }

  async closeAll(): Promise<void> {
    for (const close of this.#closing.splice(0).toReversed()) await close();
  }
}

/** All events and omissions of a log, without their parsed form. */
export async function everything(log: KafkaEventLog, partitions = 3): Promise<unknown[]> {
  const events: RecordedEvent[] = [];
  for (let partition = 0; partition < partitions; partition += 1) {
    let after = positionBefore(partition);
    for (;;) {
      const some = await log.read({ after, limit: 7, maxBytes: 10_000 });
      const last = some.at(-1);
      if (!last) break;
      events.push(...some);
      after = last.position;
    }
  }
  return plain(events);
}

export const positionBefore = (partition: number): RecordedEvent['position'] =>
  formatEventPosition(partitionStart(partition));
