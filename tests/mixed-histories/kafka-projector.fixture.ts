import type { Membership, PartitionAssignment, RecordFormat, Topic } from '@tributary/event-log';
import { systemClock } from '@tributary/kernel';
import { eventFormat } from '@tributary/lifecycle';
import { tablesVersion } from '@tributary/projection';
import { OutageTracker, partitionWork, PendingTimes, projections, sinkOf } from '@tributary/projector';
import { Effects } from './effects.fixture.ts';
import { connectUnlessGrown, groupOf } from './kafka-world.fixture.ts';
import type { KafkaWorld } from './kafka-world.fixture.ts';
import { asOlder, engineOf, withOwn } from './ports.fixture.ts';
import type { Failing } from './ports.fixture.ts';
import type { Accident, Version } from './steps.fixture.ts';
import { codeOf } from './system.fixture.ts';

/** Rounds for which an older version runs, and for which a frozen one keeps its partitions. */
const OLDER_ROUNDS = 2;
const FROZEN_ROUNDS = 1;

/** A member of the group that fills the tables, over processes that follow each other. */
export class KafkaProjector {
  readonly #world: KafkaWorld;
  readonly #failing: Failing = { left: 0, isDone: false };
  #effects = new Effects();
  #topic: Topic | undefined;
  #membership: Membership | undefined;
  #leave: () => void = () => undefined;
  #rounds = 0;
  #version: Version = 'same';
  #next: Version = 'same';

  private constructor(world: KafkaWorld) {
    this.#world = world;
  }

  static async open(world: KafkaWorld): Promise<KafkaProjector> {
    const projector = new KafkaProjector(world);
    await projector.#start('same');
    return projector;
  }

  get isDead(): boolean {
    return this.#effects.isDead;
  }

  isImpaired(): boolean {
    const { isArmed, isDead, isFrozen } = this.#effects;
    const isStopped = isArmed || isDead || isFrozen || this.lacksRows();
    return isStopped || this.#failing.left > 0 || this.#version === 'older';
  }

  /** Whether it has noticed that the engine lost a block: then it fills the tables again by itself. */
  lacksRows(): boolean {
    return codeOf(this.#membership?.fault()) === 'insert_incomplete';
  }

  /** Whether it asks for a rebuild: an older copy of the tables may have some rows of a planned batch, without its token. */
  asksForRebuild(): boolean {
    return codeOf(this.#membership?.fault()) === 'batch_expired';
  }

  /** What it does, for a report: a projector that stands still says why. */
  inWords(): string {
    const { isDead, isFrozen } = this.#effects;
    const state = [isDead && 'dead', isFrozen && 'frozen'].filter(Boolean).join(' and ') || 'alive';
    const membership = this.#membership;
    if (!membership) return `no member, ${state}`;
    const [has, assigned] = [membership.assignments(), membership.assigned()].map(
      (list) => list.join() || 'none',
    );
    return `works on partitions ${has} of ${assigned}, ${state}, fault: ${String(membership.fault())}`;
  }

  async begin(accident: Accident): Promise<void> {
    this.#rounds = 0;
    if (accident.do === 'kill') {
      this.#next = accident.version;
      this.#effects.killAfter(accident.after, 'tables');
    } else if (accident.do === 'freeze') this.#effects.freeze();
    else if (accident.do === 'thaw') await this.thaw();
    else if (accident.do === 'fail inserts')
      Object.assign(this.#failing, { left: accident.count, isDone: accident.isDone, isLost: false });
    else if (accident.do === 'lose block')
      Object.assign(this.#failing, { left: 1, isDone: true, isLost: true });
    else if (accident.do === 'rebalance' && !this.isImpaired()) await this.restart();
  }

  /** A dead member is replaced; a frozen one loses its partitions to the others, as it does after its session. */
  async revive(): Promise<void> {
    this.#rounds += 1;
    if (this.#effects.isDead) await this.restart(this.#next);
    else if (this.#effects.isFrozen && this.#rounds > FROZEN_ROUNDS) await this.#expel();
    else if (this.#version === 'older' && this.#rounds > OLDER_ROUNDS) await this.restart();
  }

  async heal(): Promise<void> {
    this.#failing.left = 0;
    await this.thaw();
    if (this.isImpaired()) await this.restart();
  }

  async restart(version: Version = 'same'): Promise<void> {
    await this.#expel();
    this.#effects.kill();
    await this.#start(version);
  }

  async close(): Promise<void> {
    this.#effects.kill();
    await this.#expel();
    await this.#disconnect();
  }

  /** A member that was expelled goes on with its insert, then learns that it has lost its partitions, and joins again. */
  async thaw(): Promise<void> {
    this.#effects.thaw();
    if (this.#membership === undefined) await this.#start('same');
  }

  /** The broker gives its partitions to the others, whatever it is doing. */
  async #expel(): Promise<void> {
    this.#leave();
    await this.#membership?.leave();
    this.#membership = undefined;
  }

  async #disconnect(): Promise<void> {
    await this.#topic?.close();
    this.#topic = undefined;
  }

  async #start(version: Version): Promise<void> {
    await this.#disconnect();
    const { engine, blobs, deadLetters, mutation } = this.#world;
    const topic = await connectUnlessGrown(this.#world);
    if (!topic) return this.#effects.kill();
    const effects = new Effects();
    const gated = engineOf(engine, effects, this.#failing);
    const format = eventFormat(blobs, topic.partitions);
    const work = partitionWork({
      topic: topic.name,
      partitions: topic.partitions,
      engine: gated,
      sink: sinkOf(gated),
      version: await tablesVersion(engine.reader, projections),
      outages: new OutageTracker({ now: systemClock, retried: () => undefined, changed: () => undefined }),
      blobs,
      format: version === 'older' ? olderFormat(format) : format,
      deadLetters: mutation.deadLetters?.(deadLetters) ?? deadLetters,
      traces: { of: () => ({ observe: (observed) => observed, begin: () => () => undefined }) },
      linger: 20,
      isReplicated: mutation.believesRepeats === true,
      pendingTimes: new PendingTimes(),
      omitted: () => undefined,
    });
    const left = new Promise<void>((resolve) => (this.#leave = resolve));
    Object.assign(this.#failing, { left: 0 });
    this.#effects = effects;
    this.#version = version;
    this.#topic = topic;
    this.#membership = await topic.join({
      group: groupOf(this.#world),
      queueBytes: 2 ** 24,
      work: (assignment) => Promise.race([work(assignmentOf(assignment, effects)), left]),
    });
  }
}

const assignmentOf = (assignment: PartitionAssignment, effects: Effects): PartitionAssignment =>
  withOwn(assignment, { commit: (commit) => effects.run('tables', () => assignment.commit(commit)) });

/** Reads facts of the newer type as of one that it does not have. */
const olderFormat = <Refusal>(format: RecordFormat<Refusal>): RecordFormat<Refusal> => ({
  write: (event, written) => format.write(event, written),
  read: async (record) => {
    const read = await format.read(record);
    return read.ok ? { ok: true, event: asOlder(read.event) } : read;
  },
});
