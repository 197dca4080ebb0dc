import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openBlobs } from '@tributary/blobs';
import { migrate, openChdb } from '@tributary/clickhouse';
import type { Engine } from '@tributary/clickhouse';
import { memoryDeadLetters } from '@tributary/dead-letters';
import type { RecordedEvent, Topic } from '@tributary/event-log';
import type { Runtime } from '@tributary/graphql';
import { connectTopic } from '@tributary/kafka';
import { formatEventPosition, parseLogPosition, partitionStart } from '@tributary/kernel';
import type { Position } from '@tributary/kernel';
import { openGroupTables } from '@tributary/lifecycle';
import type { GroupTables } from '@tributary/lifecycle';
import { askRuntime } from './ask-runtime.fixture.ts';
import { KafkaAppender } from './kafka-appender.fixture.ts';
import { KafkaProjector } from './kafka-projector.fixture.ts';
import type { KafkaWorld } from './kafka-projector.fixture.ts';
import type { Mutation } from './mutations.fixture.ts';
import { sharedEngine } from './ports.fixture.ts';
import type { Accident } from './steps.fixture.ts';
import type { System } from './system.fixture.ts';
import { DamagedTables } from './table-damage.fixture.ts';
import { tableDifferences } from './table-sums.fixture.ts';

const MIGRATIONS = join(import.meta.dirname, '../../migrations/clickhouse');
const PARTITIONS = 3;
const KEPT = { 'retention.ms': '-1', 'cleanup.policy': 'delete', 'max.message.bytes': '2097152' };

/** What histories on a broker share: an engine. Each system has a topic and a group of its own. */
export type KafkaStage = {
  open(seed: number, mutation?: Mutation): Promise<System>;
  remove(): Promise<void>;
};

export async function openKafkaStage(bootstrap: readonly string[]): Promise<KafkaStage> {
  const scratch = mkdtempSync(join(tmpdir(), 'mixed-histories-'));
  const { engine, quiet } = sharedEngine(
    await openChdb({ directory: join(scratch, 'tables'), threads: 8, readers: 2 }),
  );
  await migrate(engine, MIGRATIONS);
  const tables = new DamagedTables(engine);
  let opened = 0;
  return {
    async open(_seed, mutation = {}) {
      await quiet();
      await tables.renew();
      const directory = join(scratch, `system-${(opened += 1)}`);
      return openSystem({ bootstrap, engine, directory, mutation });
    },
    async remove() {
      await quiet();
      await engine.close();
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}

type Parts = {
  readonly bootstrap: readonly string[];
  readonly engine: Engine;
  readonly directory: string;
  readonly mutation: Mutation;
};

async function openSystem({ bootstrap, engine, directory, mutation }: Parts): Promise<System> {
  const name = `mixed-histories-${randomUUID()}`;
  const connect = (): Promise<Topic> =>
    connectTopic({
      brokers: bootstrap,
      clientId: 'mixed-histories',
      topic: name,
      create: { partitions: PARTITIONS, replicas: 1, config: KEPT },
      group: { session: 6_000, heartbeat: 50, rebalance: 6_000, retry: 100 },
    });
  const topic = await connect();
  const world: KafkaWorld = {
    connect,
    engine: mutation.engine?.(engine) ?? engine,
    blobs: openBlobs(join(directory, 'blobs')),
    group: `${name}.tables`,
    directory,
  };
  const appenders = [await KafkaAppender.open(world, 0), await KafkaAppender.open(world, 1)];
  const projectors = [await KafkaProjector.open(world), await KafkaProjector.open(world)];
  const tables = await openGroupTables({ topic, group: world.group, pollInterval: 100, timeout: 60_000 });
  return new OnKafka({ topic, tables, world, appenders, projectors, mutation });
}

type Running = {
  readonly topic: Topic;
  readonly tables: GroupTables;
  readonly world: KafkaWorld;
  readonly appenders: readonly KafkaAppender[];
  readonly projectors: readonly KafkaProjector[];
  readonly mutation: Mutation;
};

/** Two processes that append, the first of which answers too, and two that share the partitions of the topic. */
class OnKafka implements System {
  /** Another process may have acknowledged a fact before this one has read it. */
  readonly readsItsWrites = false;
  readonly #running: Running;

  constructor(running: Running) {
    this.#running = running;
  }

  append: System['append'] = (events, { atomic, appender }) =>
    this.#appender(appender).log.append(events, { atomic });

  ask: System['ask'] = async (question) => {
    const { tables, world, mutation } = this.#running;
    const runtime: Runtime = {
      directory: world.directory,
      log: this.#appender(0).log,
      blobs: world.blobs,
      deadLetters: memoryDeadLetters(),
      engine: world.engine,
      projector: tables,
      conditions: () => Promise.resolve([]),
      rebuild: () => Promise.reject(new Error('this process only reads the tables')),
    };
    return askRuntime(mutation.runtime?.(runtime) ?? runtime, question);
  };

  head(): Position {
    return this.#appender(0).log.head();
  }

  async records(): Promise<RecordedEvent[]> {
    const { log } = this.#appender(0);
    await this.#readAll();
    const events: RecordedEvent[] = [];
    for (let partition = 0; partition < PARTITIONS; partition += 1) {
      const after = formatEventPosition(partitionStart(partition));
      events.push(...(await log.read({ after, limit: 1_000_000, maxBytes: 2 ** 40 })));
    }
    return events.filter(({ omitted }) => omitted === undefined);
  }

  isImpaired(): boolean {
    const { appenders, projectors } = this.#running;
    return [...appenders, ...projectors].some((one) => one.isImpaired());
  }

  async begin(accident: Accident): Promise<void> {
    if (accident.do === 'kill appender')
      this.#appender(accident.which).killAfter(accident.after, accident.isEmptied);
    else await this.#running.projectors[accident.which]?.begin(accident);
  }

  async revive(): Promise<void> {
    const { appenders, projectors } = this.#running;
    for (const one of [...appenders, ...projectors]) await one.revive();
  }

  async heal(): Promise<void> {
    const { appenders, projectors } = this.#running;
    for (const one of [...appenders, ...projectors]) await one.heal();
  }

  async caughtUp(): Promise<void> {
    await this.#readAll();
    await this.#running.tables.reached(this.head());
  }

  async differences(): Promise<string[]> {
    const { world, appenders } = this.#running;
    const differences = await tableDifferences(world.engine.reader, await this.records());
    for (const { log } of appenders) {
      const verified = await log.verify();
      if (!verified.ok) differences.push(`a replica differs at ${verified.at}: ${verified.detail}`);
    }
    return differences;
  }

  async close(): Promise<void> {
    const { appenders, projectors, tables, topic, world } = this.#running;
    await Promise.all(projectors.map((one) => one.close()));
    await Promise.all(appenders.map((one) => one.close()));
    await tables.close();
    await topic.close();
    rmSync(world.directory, { recursive: true, force: true });
  }

  #appender(index: number): KafkaAppender {
    const appender = this.#running.appenders[index];
    if (!appender) throw new Error(`there is no appender ${index}`);
    return appender;
  }

  /** Until the process that answers has read what the topic holds now. */
  async #readAll(): Promise<void> {
    const bounds = await this.#running.topic.bounds();
    const isRead = (): boolean => {
      const ends = parseLogPosition(this.head(), PARTITIONS) ?? [];
      return bounds.every(({ end }, partition) => (ends[partition] ?? 0) - partitionStart(partition) >= end);
    };
    while (!isRead()) await pause(2);
  }
}
