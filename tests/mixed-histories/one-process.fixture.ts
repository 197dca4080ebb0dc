import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { randomFrom } from '@tributary/fixtures';
import type { Random } from '@tributary/fixtures';
import { appendFacts } from '@tributary/capture';
import { migrate, openChdb } from '@tributary/clickhouse';
import type { Engine } from '@tributary/clickhouse';
import { versionOf } from '@tributary/contracts';
import { openLmdbLog } from '@tributary/event-log';
import type { LocalLog } from '@tributary/event-log';
import { diskSpace, recordClock } from '@tributary/intake';
import { START, systemClock } from '@tributary/kernel';
import type { Position } from '@tributary/kernel';
import { smallDisk } from '@tributary/test-processes';
import type { SmallDisk } from '@tributary/test-processes';
import { openMeasurements } from '../../libs/server/embedded/src/measurements.ts';
import { startRuntime } from '../../libs/server/embedded/src/runtime.ts';
import type { EmbeddedRuntime } from '../../libs/server/embedded/src/runtime.ts';
import { NO_WITNESS } from '../../libs/server/embedded/src/witness/witness.ts';
import { askRuntime } from './ask-runtime.fixture.ts';
import { Effects } from './effects.fixture.ts';
import { asSent } from './facts.fixture.ts';
import { engineOf, logOf, readAsOlder, sharedEngine, withOwn } from './ports.fixture.ts';
import type { Failing } from './ports.fixture.ts';
import type { Accident, Version } from './steps.fixture.ts';
import type { Mutation } from './mutations.fixture.ts';
import { codeOf } from './system.fixture.ts';
import type { System } from './system.fixture.ts';
import { tableDifferences } from './table-sums.fixture.ts';
import { DamagedTables } from './table-damage.fixture.ts';

const MIGRATIONS = join(import.meta.dirname, '../../migrations/clickhouse');
const DISK_MIB = 64;
/** The share of systems whose tables are compared with a rebuild at the end too; it costs as much as all their histories. */
const REBUILT = 0.2;
/** Rounds for which an older version runs. */
const OLDER_ROUNDS = 2;
/** Rounds after which a frozen insert goes on, and a full disk has room, where nothing else has ended that before. */
const STUCK_ROUNDS = 3;

/** What histories of one process share: an engine, and a disk of its own where this user may mount one. */
export type OneProcessStage = {
  open(seed: number, mutation?: Mutation): Promise<System>;
  remove(): Promise<void>;
};

export async function openOneProcessStage(): Promise<OneProcessStage> {
  const disk = smallDisk(DISK_MIB);
  const scratch = mkdtempSync(join(tmpdir(), 'mixed-histories-'));
  const { engine, quiet } = sharedEngine(
    await openChdb({ directory: join(scratch, 'tables'), threads: 8, readers: 2 }),
  );
  await migrate(engine, MIGRATIONS);
  const tables = new DamagedTables(engine);
  let opened = 0;
  return {
    async open(seed, mutation = {}) {
      await quiet();
      await tables.renew();
      const directory = join(disk?.directory ?? scratch, `log-${(opened += 1)}`);
      mkdirSync(directory);
      const random = randomFrom(seed);
      const system = new OneProcess({ engine, quiet, tables, directory, disk, mutation, random });
      await system.start();
      return system;
    },
    async remove() {
      await quiet();
      await engine.close();
      disk?.remove();
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}

type Parts = {
  readonly engine: Engine;
  readonly quiet: () => Promise<void>;
  readonly tables: DamagedTables;
  readonly directory: string;
  readonly disk: SmallDisk | undefined;
  readonly mutation: Mutation;
  readonly random: Random;
};

/** The application of one process over a real log and engine, in processes that follow each other. */
class OneProcess implements System {
  readonly readsItsWrites = true;
  readonly #parts: Parts;
  readonly #failing: Failing = { left: 0, isDone: false };
  #effects = new Effects();
  #runtime: EmbeddedRuntime | undefined;
  #log: LocalLog | undefined;
  #next: Extract<Accident, { do: 'kill' }> | undefined;
  #olderRounds = 0;
  #isFull = false;
  #stuckRounds = 0;
  #rebuilding: Promise<unknown> = Promise.resolve();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** An older version does not start where the newer one has planned a batch with a newer fact: then the newer one does. */
  async start(version: Version = 'same'): Promise<void> {
    this.#failing.left = 0;
    this.#effects = new Effects();
    this.#olderRounds = version === 'older' ? OLDER_ROUNDS : 0;
    this.#log = await openLmdbLog({ directory: join(this.#parts.directory, 'log'), versionOf });
    try {
      await this.#startOn(this.#log, version);
    } catch (fault) {
      await this.#log.close();
      if (version === 'same' || codeOf(fault) !== 'contract_newer') throw fault;
      await this.start();
    }
  }

  async #startOn(stored: LocalLog, version: Version): Promise<void> {
    const { engine, directory, mutation } = this.#parts;
    const disk = diskSpace({ data: directory }, { warn: 0, refuse: 0 });
    const mortal = logOf(stored, this.#effects);
    const log = mutation.log?.(mortal) ?? mortal;
    const read = version === 'older' ? withOwn(log, { read: readAsOlder(log) }) : log;
    const gated = engineOf(engine, this.#effects, this.#failing);
    const runtime = await startRuntime({
      directory,
      log: read,
      witness: NO_WITNESS,
      engine: mutation.engine?.(gated) ?? gated,
      disk,
      recorded: recordClock(stored, systemClock),
      measurements: await openMeasurements(),
    });
    this.#runtime = mutation.runtime?.(runtime) ?? runtime;
  }

  append: System['append'] = (events, { atomic }) => appendFacts(this.#live, events.map(asSent), { atomic });

  /** A process that ends gives no answer, also not to what it was asked before. */
  // oxlint-disable-next-line typescript/require-await -- a process that does not run is a rejection
  ask: System['ask'] = async (question) => {
    const runtime = this.#live;
    return askRuntime(runtime, question).finally(() => {
      if (this.#runtime !== runtime) throw new Error('the process ended before it answered');
    });
  };

  head(): Position {
    return this.#runtime?.log.head() ?? START;
  }

  records: System['records'] = () =>
    this.#log?.read({ after: START, limit: 1_000_000, maxBytes: 2 ** 40 }) ?? Promise.resolve([]);

  isImpaired(): boolean {
    const { isDead, isArmed, isFrozen } = this.#effects;
    return isDead || isArmed || isFrozen || this.#isFull || this.#failing.left > 0 || this.#olderRounds > 0;
  }

  async begin(accident: Accident): Promise<void> {
    const { disk, tables } = this.#parts;
    if (accident.do === 'kill') {
      if (accident.damage === 'older copy') await tables.copy();
      this.#next = accident;
      this.#effects.killAfter(accident.after, accident.at);
    } else if (accident.do === 'freeze') this.#effects.freeze();
    else if (accident.do === 'thaw') this.#effects.thaw();
    else if (accident.do === 'fill disk') {
      disk?.fill(accident.leave);
      this.#isFull = disk !== undefined;
    } else if (accident.do === 'make room') this.#makeRoom();
    else if (accident.do === 'fail inserts')
      Object.assign(this.#failing, { left: accident.count, isDone: accident.isDone });
    else if (accident.do === 'rebuild')
      this.#rebuilding = this.#live.rebuild({ verify: false }).catch(() => undefined);
  }

  async revive(): Promise<void> {
    this.#stuckRounds = this.#effects.isFrozen || this.#isFull ? this.#stuckRounds + 1 : 0;
    if (this.#stuckRounds > STUCK_ROUNDS) this.#release();
    if (this.#effects.isDead) {
      const next = this.#next;
      await this.#end();
      await this.#parts.tables.damage(next?.damage ?? 'none', this.#parts.random);
      await this.#startWithRoom(next?.version);
    } else if (this.#olderRounds > 0 && (this.#olderRounds -= 1) === 0) {
      await this.#end();
      await this.#startWithRoom();
    }
  }

  /** A start may have to write, so it is refused on a full disk as a request is. */
  #startWithRoom(version?: Version): Promise<void> {
    this.#makeRoom();
    return this.start(version);
  }

  async heal(): Promise<void> {
    this.#release();
    this.#failing.left = 0;
    await this.#rebuilding;
    if (this.#effects.isArmed || this.#olderRounds > 0) {
      this.#effects.kill();
      await this.#end();
      await this.start();
    }
  }

  async caughtUp(): Promise<void> {
    await this.#live.projector.reached(this.#live.log.head());
    for (let tries = 0; this.#live.projector.shortfall?.() !== undefined && tries < 30_000; tries += 1)
      await pause(10);
  }

  async differences(): Promise<string[]> {
    const { projector, log, engine } = this.#live;
    const isRebuilt = this.#parts.random() < REBUILT;
    const rebuilt = isRebuilt ? await this.#live.rebuild({ verify: true }) : { equal: true };
    const verified = await log.verify();
    return [
      ...(await tableDifferences(engine.reader, await this.records())),
      ...(rebuilt.equal ? [] : [`the tables are not what a rebuild makes: ${JSON.stringify(rebuilt)}`]),
      ...(verified.ok ? [] : [`the log differs at ${verified.at}: ${verified.detail}`]),
      ...(projector.shortfall?.() === undefined ? [] : [`the tables stay short: ${projector.shortfall()}`]),
    ];
  }

  /** The log of one machine has no partitions. */
  move: System['move'] = () => Promise.resolve(false);

  async close(): Promise<void> {
    this.#makeRoom();
    this.#effects.kill();
    await this.#end();
    rmSync(this.#parts.directory, { recursive: true, force: true });
  }

  get #live(): EmbeddedRuntime {
    if (!this.#runtime) throw new Error('no process runs');
    return this.#runtime;
  }

  /** The log is closed, which writes nothing: a commit that is under way is as good as one that a dead process had sent. */
  async #end(): Promise<void> {
    this.#effects.thaw();
    await this.#runtime?.close();
    this.#effects.kill();
    /* A rebuild dies with its process, also one that waits for something that this process no longer does. */
    await this.#parts.quiet();
    this.#rebuilding = Promise.resolve();
    this.#runtime = undefined;
    this.#next = undefined;
  }

  #release(): void {
    this.#makeRoom();
    this.#effects.thaw();
  }

  #makeRoom(): void {
    this.#parts.disk?.makeRoom();
    this.#isFull = false;
  }
}
