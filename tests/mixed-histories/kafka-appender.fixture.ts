import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openKafkaLog } from '@tributary/event-log';
import type { KafkaEventLog, Topic } from '@tributary/event-log';
import { partitionOf } from '@tributary/kafka';
import { Fault } from '@tributary/kernel';
import { eventFormat } from '@tributary/lifecycle';
import { Effects } from './effects.fixture.ts';
import { connectUnlessGrown } from './kafka-world.fixture.ts';
import type { KafkaWorld } from './kafka-world.fixture.ts';
import { failing, withOwn } from './ports.fixture.ts';
import type { Failing } from './ports.fixture.ts';

/** Milliseconds that a request may take. With a full disk none is answered before. */
const APPEND_MS = 1_000;

/** A process that appends to the topic, over processes that follow each other on one directory. */
export class KafkaAppender {
  readonly #world: KafkaWorld;
  readonly #directory: string;
  readonly #failing: Failing = { left: 0, isDone: false };
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

  get isDead(): boolean {
    return this.#effects.isDead;
  }

  isImpaired(): boolean {
    return this.#effects.isArmed || this.#effects.isDead || this.#failing.left > 0;
  }

  /** What it has read of the topic may be lost with it. */
  killAfter(points: number, isEmptied = false): void {
    this.#isEmptied = isEmptied;
    this.#effects.killAfter(points, 'append');
  }

  /** The broker has no room for its next appends. */
  fail(next: Failing): void {
    Object.assign(this.#failing, next);
  }

  async revive(): Promise<void> {
    if (!this.#effects.isDead) return;
    await this.close();
    if (this.#isEmptied) rmSync(this.#directory, { recursive: true, force: true });
    await this.#start();
  }

  async heal(): Promise<void> {
    this.#failing.left = 0;
    if (this.isImpaired()) this.#effects.kill();
    await this.revive();
  }

  async close(): Promise<void> {
    await this.#log?.close();
    await this.#topic?.close();
    this.#log = undefined;
    this.#topic = undefined;
  }

  async #start(): Promise<void> {
    const { blobs, mutation } = this.#world;
    const topic = await connectUnlessGrown(this.#world);
    if (!topic) return this.#effects.kill();
    const effects = new Effects();
    const mortal = topicOf(topic, effects, this.#failing);
    const log = await openKafkaLog({
      topic: mutation.topic?.(mortal) ?? mortal,
      format: eventFormat(blobs, topic.partitions),
      directory: this.#directory,
      partitionOf,
      appendTimeout: APPEND_MS,
    });
    this.#effects = effects;
    this.#topic = topic;
    this.#log = mutation.topicLog?.(log) ?? log;
  }
}

/** A topic as a process sees it that can be killed. What it has sent by then may be written all the same. */
const topicOf = (topic: Topic, effects: Effects, next: Failing): Topic =>
  withOwn(topic, {
    append: (records) =>
      effects.run('append', () => failing(next, () => topic.append(records), noRoomForRecords)),
  });

/** As a broker answers whose disk is full. */
const noRoomForRecords = (): Fault =>
  new Fault('broker_unreachable', 'KAFKA_STORAGE_ERROR, as planned', { retryable: true });
