import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openKafkaLog } from '@tributary/event-log';
import type { KafkaEventLog, Topic } from '@tributary/event-log';
import { partitionOf } from '@tributary/kafka';
import { eventFormat } from '@tributary/lifecycle';
import { Effects } from './effects.fixture.ts';
import type { KafkaWorld } from './kafka-projector.fixture.ts';
import { withOwn } from './ports.fixture.ts';

/** A process that appends to the topic, over processes that follow each other on one directory. */
export class KafkaAppender {
  readonly #world: KafkaWorld;
  readonly #directory: string;
  #effects = new Effects();
  #topic: Topic | undefined;
  #log: KafkaEventLog | undefined;
  #isEmptied = false;

  private constructor(world: KafkaWorld, number: number) {
    this.#world = world;
    this.#directory = join(world.directory, `appender-${number}`);
  }

  static async open(world: KafkaWorld, number: number): Promise<KafkaAppender> {
    const appender = new KafkaAppender(world, number);
    await appender.#start();
    return appender;
  }

  get log(): KafkaEventLog {
    if (!this.#log) throw new Error('the appender does not run');
    return this.#log;
  }

  isImpaired(): boolean {
    return this.#effects.isArmed || this.#effects.isDead;
  }

  /** What it has read of the topic may be lost with it. */
  killAfter(points: number, isEmptied = false): void {
    this.#isEmptied = isEmptied;
    this.#effects.killAfter(points, 'append');
  }

  async revive(): Promise<void> {
    if (!this.#effects.isDead) return;
    await this.close();
    if (this.#isEmptied) rmSync(this.#directory, { recursive: true, force: true });
    await this.#start();
  }

  async heal(): Promise<void> {
    if (this.isImpaired()) this.#effects.kill();
    await this.revive();
  }

  async close(): Promise<void> {
    await this.#log?.close();
    await this.#topic?.close();
    this.#log = undefined;
  }

  async #start(): Promise<void> {
    const effects = new Effects();
    const topic = await this.#world.connect();
    this.#effects = effects;
    this.#topic = topic;
    this.#log = await openKafkaLog({
      topic: topicOf(topic, effects),
      format: eventFormat(this.#world.blobs, topic.partitions),
      directory: this.#directory,
      partitionOf,
    });
  }
}

/** A topic as a process sees it that can be killed. What it has sent by then may be written all the same. */
const topicOf = (topic: Topic, effects: Effects): Topic =>
  withOwn(topic, { append: (records) => effects.run('append', () => topic.append(records)) });
