import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '@tributary/fixtures';
import { appendFacts } from '@tributary/capture';
import type { DeadLetters } from '@tributary/dead-letters';
import type { KafkaEventLog } from '@tributary/event-log';
import { formatEventPosition, parseLogPosition, partitionCount } from '@tributary/kernel';
import type { SmallDisk } from '@tributary/test-processes';
import { asSent } from './facts.fixture.ts';
import { addPartitions, AnotherProducer, copyRun } from './kafka-move.fixture.ts';
import { appenderOf, closeProcesses, openProcesses } from './kafka-processes.fixture.ts';
import type { KafkaProcesses } from './kafka-processes.fixture.ts';
import { rebuild } from './kafka-rebuild.fixture.ts';
import { connect, connectUnlessGrown, groupOf } from './kafka-world.fixture.ts';
import type { KafkaWorld } from './kafka-world.fixture.ts';
import type { Accident, Damage } from './steps.fixture.ts';
import type { System } from './system.fixture.ts';
import type { DamagedTables } from './table-damage.fixture.ts';
import { tableDifferences } from './table-sums.fixture.ts';

/** Rounds after which somebody makes room, fills damaged tables again, or moves a topic that has got partitions. */
const ROUNDS = { full: 2, damaged: 3, grown: 2 };

/**
 * Milliseconds that tables get to be filled before they are damaged: what is not in them cannot be missed. Or hardly any,
 * so that a batch is under way whose rows can stand in for those that are lost.
 */
const FILLED_MS = [5_000, 5_000, 200, 20];

type Parts = {
  readonly world: KafkaWorld;
  readonly tables: DamagedTables;
  readonly disk: SmallDisk | undefined;
  /** A directory on another disk. */
  readonly scratch: string;
  readonly migrations: string;
  /** Resolves when no insert is under way, also none that a dead process has sent. */
  readonly quiet: () => Promise<void>;
  readonly random: Random;
};

/** A topic to which partitions were added, and the first run of its copy. */
type Grown = { readonly to: KafkaWorld; readonly copied: Promise<unknown> };

/** Processes on a topic, and the operator who deals with what happens to them. */
export class KafkaSystem implements System {
  /** Another process may have acknowledged a fact before this one has read it. */
  readonly readsItsWrites = false;
  readonly #parts: Parts;
  readonly #producer = new AnotherProducer();
  #world: KafkaWorld;
  #processes: KafkaProcesses;
  #isFull = false;
  #grown: Grown | undefined;
  /** Damage that is done after this round. */
  #damage: Damage | undefined;
  #isDamaged = false;
  /** Rounds since each of these began. */
  #rounds = { full: 0, damaged: 0, grown: 0 };

  private constructor(parts: Parts, processes: KafkaProcesses) {
    this.#parts = parts;
    this.#world = parts.world;
    this.#processes = processes;
  }

  static async open(parts: Parts): Promise<KafkaSystem> {
    const system = new KafkaSystem(parts, await openProcesses(parts.world, parts.scratch));
    await system.#producer.connect(parts.world);
    return system;
  }

  // oxlint-disable-next-line typescript/require-await -- a process that does not run is a rejection
  append: System['append'] = async (events, { atomic, appender }) => {
    if (appender === 'another producer') return this.#producer.write(events);
    const { log } = appenderOf(this.#processes, appender);
    return appendFacts({ log, blobs: this.#world.blobs }, events.map(asSent), { atomic });
  };

  ask: System['ask'] = (question) => this.#processes.answers.ask(question);

  head: System['head'] = () => this.#processes.witness.log.head();

  records: System['records'] = () => this.#processes.witness.events();

  isImpaired(): boolean {
    const { appenders, projectors } = this.#processes;
    const isBroken =
      this.#isFull || this.#isDamaged || this.#damage !== undefined || this.#grown !== undefined;
    return isBroken || [...appenders, ...projectors].some((one) => one.isImpaired());
  }

  async begin(accident: Accident): Promise<void> {
    const { projectors } = this.#processes;
    const { which } = accident;
    if (accident.do === 'kill appender')
      appenderOf(this.#processes, which).killAfter(accident.after, accident.isEmptied);
    else if (accident.do === 'fail appends')
      appenderOf(this.#processes, which).fail({ left: accident.count, isDone: accident.isDone });
    else if (accident.do === 'fill disk') this.#fill(accident.leave);
    else if (accident.do === 'make room') this.#makeRoom();
    else if (accident.do === 'damage tables') await this.#planDamage(accident.damage);
    else if (accident.do === 'add partitions') await this.#grow(accident.count);
    else await projectors[which]?.begin(accident);
  }

  async revive(): Promise<void> {
    const { appenders, projectors } = this.#processes;
    const processes = [...appenders, ...projectors];
    /* A start needs room, and so does the end of a process that waits for some. */
    if (this.#isDue('full', this.#isFull) || processes.some(({ isDead }) => isDead)) this.#makeRoom();
    for (const one of processes) await one.revive();
    if (this.#damage !== undefined) await this.#damageTables(this.#damage);
    else if (!this.#grown && projectors.some((one) => one.lacksRows())) await this.#rebuild();
    else if (this.#isDue('damaged', this.#isDamaged && !this.#grown)) await this.#mendTables();
  }

  async move(): Promise<boolean> {
    const grown = this.#grown;
    if (!grown || !this.#isDue('grown', true)) return false;
    await grown.copied;
    const started = await connectUnlessGrown(this.#world);
    if (started) throw new Error('a process starts although partitions were added');
    await this.#moveTo(grown.to);
    this.#grown = undefined;
    this.#isDamaged = false;
    return true;
  }

  async heal(): Promise<void> {
    const { appenders, projectors } = this.#processes;
    this.#makeRoom();
    this.#damage = undefined;
    for (const one of [...appenders, ...projectors]) await one.heal();
    const asks = projectors.some((one) => one.asksForRebuild() || one.lacksRows());
    if ((this.#isDamaged || asks) && !this.#grown) await this.#mendTables();
    this.#rounds.grown = Infinity;
  }

  async caughtUp(): Promise<void> {
    const { answers, witness, appenders } = this.#processes;
    await witness.isReadBy(() => witness.log);
    for (const appender of appenders) await witness.isReadBy(() => appender.log);
    await this.#rebuildingWhereAsked(answers.tables.reached(this.head())).catch(async (fault: unknown) => {
      throw new Error(`${String(fault)}; ${await this.#groupInWords()}`);
    });
    for (let tries = 0; answers.shortfall() !== undefined && tries < 15_000; tries += 1) await pause(20);
  }

  /** A projector may find out at any time that it needs a rebuild: the operator goes on looking. */
  #rebuildingWhereAsked(reached: Promise<unknown>): Promise<void> {
    return whileWaiting(reached, async () => {
      if (this.#processes.projectors.some((one) => one.asksForRebuild() || one.lacksRows()))
        await this.#rebuild();
    });
  }

  /** The members of the group, and what it has committed. */
  async #groupInWords(): Promise<string> {
    const members = this.#processes.projectors.map((one) => one.inWords());
    const topic = await connect(this.#world);
    const commits = await topic.commits(groupOf(this.#world)).finally(() => topic.close());
    return [...members, JSON.stringify(commits)].join('; ');
  }

  async differences(): Promise<string[]> {
    const { appenders, witness, answers } = this.#processes;
    const { engine, deadLetters } = this.#world;
    const differences = await tableDifferences(engine.reader, await this.records());
    const kept = await endpointsOf(deadLetters);
    const left = (await witness.refused()).find((record) => !kept.has(record));
    if (left !== undefined) differences.push(`${left} is no event, and no dead letter keeps it`);
    const shortfall = answers.shortfall();
    if (shortfall !== undefined) differences.push(`the tables stay short: ${shortfall}`);
    for (const { log } of appenders) {
      const verified = await log.verify();
      if (!verified.ok) differences.push(`a replica differs at ${verified.at}: ${verified.detail}`);
      else if ((await digestsOf(log)) !== (await digestsOf(witness.log)))
        differences.push('a replica has other events than the topic');
    }
    return differences;
  }

  async close(): Promise<void> {
    this.#makeRoom();
    await this.#grown?.copied;
    await closeProcesses(this.#processes);
    await this.#producer.close();
    await this.#world.deadLetters.close();
    rmSync(this.#parts.world.directory, { recursive: true, force: true });
  }

  #isDue(what: keyof typeof ROUNDS, isBegun: boolean): boolean {
    this.#rounds[what] = isBegun ? this.#rounds[what] + 1 : 0;
    return this.#rounds[what] > ROUNDS[what];
  }

  #fill(leave: number): void {
    this.#parts.disk?.fill(leave);
    this.#isFull = this.#parts.disk !== undefined;
  }

  #makeRoom(): void {
    this.#parts.disk?.makeRoom();
    this.#isFull = false;
  }

  async #planDamage(damage: Damage): Promise<void> {
    if (this.#grown || this.#isDamaged) return;
    if (damage === 'older copy') await this.#parts.tables.copy();
    this.#damage = damage;
  }

  /** Nothing works on the tables meanwhile. What starts afterwards finds out. */
  async #damageTables(damage: Damage): Promise<void> {
    const { projectors, answers } = this.#processes;
    const filled = answers.tables.reached(this.head()).catch(() => undefined);
    const wait = FILLED_MS[this.#parts.random.below(FILLED_MS.length)];
    await Promise.race([filled, pause(wait, undefined, { ref: false })]);
    await answers.close();
    for (const one of projectors) await one.close();
    await this.#parts.quiet();
    await this.#parts.tables.damage(damage, this.#parts.random);
    for (const one of projectors) await one.restart();
    await answers.start();
    this.#damage = undefined;
    this.#isDamaged = true;
  }

  /** Nobody has anything to do where the tables were filled again by themselves. At the end they are compared with the log. */
  async #mendTables(): Promise<void> {
    const { answers, projectors } = this.#processes;
    const isMended = answers.shortfall() === undefined && !projectors.some((one) => one.asksForRebuild());
    if (isMended) this.#isDamaged = false;
    else await this.#rebuild();
  }

  /** As a projector does by itself, beside the others, or an operator who has stopped them. Answers go on. */
  async #rebuild(): Promise<void> {
    const { projectors } = this.#processes;
    /* Where a dead letter has no room, a rebuild waits as a projector does. */
    this.#makeRoom();
    if (this.#parts.random() < 0.5) {
      for (const one of projectors) await one.thaw();
      await this.#supervising(rebuild(this.#world, this.#parts.migrations));
    } else {
      for (const one of projectors) await one.close();
      await this.#parts.quiet();
      await rebuild(this.#world, this.#parts.migrations);
      for (const one of projectors) await one.restart();
    }
    this.#isDamaged = false;
  }

  /** A projector that dies meanwhile is replaced: here, a dead one keeps its partitions, and the rebuild waits for them. */
  #supervising(rebuilt: Promise<unknown>): Promise<void> {
    return whileWaiting(rebuilt, async () => {
      for (const one of this.#processes.projectors.filter(({ isDead }) => isDead)) {
        this.#makeRoom();
        await one.revive();
      }
    });
  }

  /** Once the group has committed something: before, nobody knows how many partitions it has worked with. */
  async #grow(count: number): Promise<void> {
    if (this.#grown || this.#damage !== undefined) return;
    const from = this.#world;
    const topic = await connect(from);
    const commits = await topic.commits(groupOf(from)).finally(() => topic.close());
    if (commits.includes(undefined)) return;
    const partitions = from.partitions + count;
    const name = `${from.topic}-${partitions}`;
    const to = { ...from, topic: name, partitions, directory: join(this.#parts.world.directory, name) };
    await addPartitions(from, partitions);
    await this.#producer.connect(from);
    const run = from.mutation.copy?.(copyRun) ?? copyRun;
    this.#grown = { to, copied: run(from, to, false) };
  }

  /** The steps of docs/guides/partitions.md: stop everything, copy the rest, fill the tables, start on the new topic. */
  async #moveTo(to: KafkaWorld): Promise<void> {
    const from = this.#world;
    this.#makeRoom();
    await closeProcesses(this.#processes);
    await this.#parts.quiet();
    const run = from.mutation.copy?.(copyRun) ?? copyRun;
    const left = await run(from, to, true);
    if (left > 0) throw new Error(`${left} records were left after the last copy`);
    await rebuild(to, this.#parts.migrations);
    this.#world = to;
    this.#processes = await openProcesses(to, this.#parts.scratch);
    await this.#producer.connect(to);
    await this.#requireWritten();
  }

  /** What other producers wrote by the new number of partitions, nobody had read. */
  async #requireWritten(): Promise<void> {
    const { log } = this.#processes.witness;
    for (const { source, id } of this.#producer.written)
      if (!(await log.find(source, id)))
        throw new Error(`${id} was written by another producer and is not in ${this.#world.topic}`);
  }
}

/** The digest of each partition up to its end. */
async function digestsOf(log: Pick<KafkaEventLog, 'head' | 'digestAt'>): Promise<string> {
  const head = log.head();
  const ends = parseLogPosition(head, partitionCount(head)) ?? [];
  const digests = await Promise.all(ends.map((end) => log.digestAt(formatEventPosition(end))));
  return `${head}: ${digests.join(' ')}`;
}

async function endpointsOf(deadLetters: DeadLetters): Promise<Set<string>> {
  const { deadLetters: kept } = await deadLetters.list({}, { first: 100_000 });
  return new Set(kept.map(({ endpoint }) => endpoint));
}

/** Looks again and again at what else has to be done until a promise has settled. */
async function whileWaiting(awaited: Promise<unknown>, look: () => Promise<void>): Promise<void> {
  let isOver = false;
  const end = (): void => void (isOver = true);
  awaited.then(end, end);
  while (!isOver) {
    await look();
    await pause(100);
  }
  await awaited;
}
