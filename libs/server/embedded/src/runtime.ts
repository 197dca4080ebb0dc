import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openBlobs } from '@tributary/blobs';
import { DEADLINES, DISK_WATERMARKS, REQUEST_LIMITS } from '@tributary/capture';
import type { Deadlines, DiskWatermarks, RequestLimits } from '@tributary/capture';
import { discardCutDefinitions, openChdb, openShadow } from '@tributary/clickhouse';
import type { Engine } from '@tributary/clickhouse';
import { areNone, openDeadLetters, projectionRefusal } from '@tributary/dead-letters';
import { versionOf } from '@tributary/contracts';
import { openLmdbLog } from '@tributary/event-log';
import type { LocalLog } from '@tributary/event-log';
import type { Runtime } from '@tributary/graphql';
import type { ReadinessCondition } from '@tributary/http';
import {
  DiskWaits,
  diskSpace,
  guardedBlobs,
  guardedDeadLetters,
  readersOf,
  recordClock,
  watchedBlobs,
} from '@tributary/intake';
import type { DiskSpace, RecordClock } from '@tributary/intake';
import { systemClock } from '@tributary/kernel';
import type { Clock, Position } from '@tributary/kernel';
import { newestBlobs } from '@tributary/lifecycle';
import { isNewerContract, startProjector, tablesVersion } from '@tributary/projection';
import type { ParkedEvent, Projector } from '@tributary/projection';
import { embeddedSinkOf, projections, rebuild } from '@tributary/projector';
import { conditionsOf } from './conditions.ts';
import { migrateTables } from './migrate-tables.ts';
import { noticeDamage } from './damaged-parts.ts';
import type { DamageNotice } from './damaged-parts.ts';
import {
  folderOf,
  freeIn,
  markDeadLetters,
  markFolders,
  missingFolders,
  requireFolders,
  watchedFolders,
} from './folders.ts';
import { openMeasurements } from './measurements.ts';
import type { Measurements } from './measurements.ts';
import { RetriedWork } from './retried-work.ts';
import { discardStaged, requireScrubbed } from './scrub/scrub-plan.ts';
import { waitedRebuild } from './waited-rebuild.ts';
import { boundedWaits } from './waiting-reads.ts';
import { openWitness } from './witness/witness.ts';
import type { Witness } from './witness/witness.ts';

/** The log, the tables, and the projector between them. */
export type EmbeddedRuntime = Runtime & {
  readonly engine: Engine;
  readonly logId: string;
  readonly projector: Projector;
  readonly disk: DiskSpace;
  readonly measurements: Measurements;
  /** The types of which the log had facts of a later version when it was opened, each with that version. */
  readonly newer: readonly (readonly [type: string, version: string])[];
  /** What is wrong without keeping the process from its work. */
  readonly warnings: () => ReadinessCondition[];
  /** What has died and only a restart brings back; undefined where nothing has. */
  dead(): unknown;
  close(): Promise<void>;
};

const MIGRATIONS = join(import.meta.dirname, '../../../../migrations/clickhouse');

/** How long a batch waits for more events. Each insert has a fixed cost, and many small inserts must be merged. */
const LINGER_MS = 1_000;

/** How long the tables are not compared with what was inserted. A pass reads the positions of all rows. */
const CHECK_INTERVAL_MS = 60 * 60 * 1_000;

export type RuntimeLimits = {
  readonly watermarks?: DiskWatermarks | undefined;
  /** What requests may bring, and how long an append may take: as long as one may take to arrive. */
  readonly requests?: RequestLimits | undefined;
  readonly deadlines?: Deadlines | undefined;
  /** By which facts are recorded; that of the system where absent. */
  readonly clock?: Clock | undefined;
  /** Queries that wait until the engine can begin them. */
  readonly queriesWaiting?: number | undefined;
  /** Bytes of memory that all queries use at most together. */
  readonly queryBytes?: number | undefined;
  /** A file outside the directory that keeps the end of the log, and that the log is compared with. */
  readonly witness?: string | undefined;
  /** Takes what was done to open the tables, in words. */
  readonly report?: ((text: string) => void) | undefined;
};

/**
 * Opens everything under one directory. Throws the fault of what cannot be opened, such as `log_locked`, of what is
 * missing, such as `blobs_missing`, of a copy that is not the newest one (`openWitness`), and `clock_wrong`.
 */
export async function openRuntime(
  directory: string,
  threads: number,
  limits: RuntimeLimits = {},
): Promise<EmbeddedRuntime> {
  const { watermarks = DISK_WATERMARKS, requests = REQUEST_LIMITS } = limits;
  const { clock = systemClock, report = () => undefined } = limits;
  requireScrubbed(directory);
  const disk = diskSpace(watchedFolders(directory), watermarks, freeIn);
  const measurements = await openMeasurements();
  const log = await openLmdbLog({
    directory: join(directory, 'log'),
    clock,
    versionOf,
    admit: () => {
      disk.admit();
      recorded.admit();
    },
    appendTimeout: requests.requestTimeout,
    onAppended: measurements.appended,
  });
  const recorded = recordClock(log, clock);
  try {
    recorded.admit();
    requireFolders(directory, log);
    /* Nobody scrubs while the log is open here. */
    requireScrubbed(directory);
    discardStaged(directory);
    const witness = await openWitness(limits.witness, { directory, log, clock, report });
    try {
      const opened = { directory, log, witness, disk, recorded, measurements };
      return await openTables(opened, { ...limits, threads, requests, report });
    } catch (error) {
      await witness.close();
      throw error;
    }
  } catch (error) {
    await log.close();
    throw error;
  }
}

type TablesLimits = Pick<RuntimeLimits, 'deadlines' | 'queriesWaiting' | 'queryBytes'> & {
  readonly threads: number;
  readonly requests: RequestLimits;
  readonly report: (text: string) => void;
};

async function openTables(
  opened: Omit<Opened, 'engine'>,
  { threads, requests, deadlines = DEADLINES, queriesWaiting, queryBytes, report }: TablesLimits,
): Promise<EmbeddedRuntime> {
  const tables = join(opened.directory, 'tables');
  reportCut(discardCutDefinitions(tables), report);
  const engine = await openChdb({
    directory: tables,
    threads,
    queryMillis: deadlines.query,
    queriesWaiting,
    queryBytes,
  });
  try {
    return await startRuntime({ ...opened, engine, requests, deadlines });
  } catch (error) {
    await engine.close();
    throw error;
  }
}

function reportCut(definitions: readonly string[], report: (text: string) => void): void {
  if (definitions.length === 0) return;
  report(
    `a full disk or a power cut has cut short ${definitions.join(', ')}; the tables are made and filled again from the log`,
  );
}

type Opened = {
  readonly directory: string;
  readonly log: LocalLog;
  readonly witness: Witness;
  readonly engine: Engine;
  readonly disk: DiskSpace;
  readonly recorded: RecordClock;
  readonly measurements: Measurements;
  /** A request waits for its turn, and for the disks of the blobs and of the dead letters, as long as it may take to arrive. */
  readonly requests?: RequestLimits | undefined;
  readonly deadlines?: Pick<Deadlines, 'tables' | 'rebuild'> | undefined;
};

export async function startRuntime(opened: Opened): Promise<EmbeddedRuntime> {
  const { directory, log, witness, engine, disk, recorded, measurements } = opened;
  const { requests = REQUEST_LIMITS, deadlines = DEADLINES } = opened;
  const timeout = requests.requestTimeout;
  const waits = new DiskWaits(timeout);
  const readers = readersOf(requests);
  const blobs = openBlobs(folderOf(directory, 'blobs'));
  const absent = await newestBlobs(log, blobs);
  const beforeFirst = () => markDeadLetters(directory, log);
  const deadLetters = await openDeadLetters(folderOf(directory, 'dead-letters'), { timeout, beforeFirst });
  await markFolders(directory, log, { hasDeadLetters: !areNone(deadLetters.counts()) });
  const checks = {
    reader: engine.reader,
    digestAt: (position: Position) => log.digestAt(position),
    bytesOf: (sha256: string) => blobs.bytesOf(sha256),
    elapsed: () => performance.now(),
  };
  await migrateTables(engine, { log, checks, migrations: MIGRATIONS });
  const work = new RetriedWork(measurements.retried);
  const park = (event: ParkedEvent) => work.run(() => deadLetters.park([projectionRefusal(event)]));
  const shadow = work.shadow(openShadow({ engine, migrations: MIGRATIONS }));
  const damage = noticeDamage(engine.reader);
  const projector = await startProjector({
    log: measurements.log(work.log(log)),
    logId: log.logId,
    blobs: work.blobs(watchedBlobs(blobs, waits)),
    projections,
    version: await tablesVersion(engine.reader, projections),
    sink: work.sink(measurements.sink(embeddedSinkOf(engine))),
    shadow,
    checks: { ...checks, untilNext: (signal, within) => untilNextCheck(damage, signal, within) },
    linger,
    park,
  });
  work.begin();
  const bounded = boundedWaits(projector, () => work.fault(), deadlines.tables);
  const parts = { log, deadLetters, blobs: waits, projector, work, disk, recorded };
  const conditions = () => [...missingFolders(directory, log, { areOpen: true }), ...conditionsOf(parts)];
  const warnings = () => [...recorded.warnings(), ...witness.warnings(), ...absent()];
  measurements.begin({ ...parts, conditions: () => [...conditions(), ...warnings()] });
  return {
    directory,
    log,
    logId: log.logId,
    blobs: guardedBlobs(blobs, disk.admit, waits),
    deadLetters: measurements.deadLetters(guardedDeadLetters(deadLetters, disk.admit)),
    limits: requests,
    readers,
    engine: { ...engine, reader: damage.reader },
    projector: bounded,
    disk,
    measurements,
    newer: log.newer(),
    dead: () => log.fault() ?? deadLetters.fault() ?? deadlyFault(projector.fault()),
    conditions: async () => conditions(),
    warnings,
    rebuild: waitedRebuild((request) => rebuild({ log, projector: bounded }, request), deadlines.rebuild),
    close: closing({ readers, work, projector, engine, deadLetters, witness, log }),
  };
}

type Running = Pick<Opened, 'log' | 'engine' | 'witness'> & {
  readonly readers: { close(): Promise<void> } | undefined;
  readonly work: RetriedWork;
  readonly projector: { stop(): Promise<void> };
  readonly deadLetters: { close(): Promise<void> };
};

/** Ends what fills the tables before what it reads and writes. */
const closing =
  ({ readers, work, projector, engine, deadLetters, witness, log }: Running) =>
  async (): Promise<void> => {
    await readers?.close();
    work.end();
    await projector.stop();
    await engine.close();
    await deadLetters.close();
    await witness.close();
    await log.close();
  };

/** A projector that waits for a later version is not dead: another start of this one would end at the same event. */
const deadlyFault = (fault: unknown): unknown => (isNewerContract(fault) ? undefined : fault);

/** Until a check is due, or a question finds damage. Ends its timer, because questions may find damage often. */
async function untilNextCheck(
  damage: DamageNotice,
  signal: AbortSignal,
  within = CHECK_INTERVAL_MS,
): Promise<string | undefined> {
  signal.throwIfAborted();
  const ended = new AbortController();
  const end = (): void => ended.abort(signal.reason);
  signal.addEventListener('abort', end);
  const due = pause(Math.min(within, CHECK_INTERVAL_MS), undefined, { signal: ended.signal, ref: false });
  try {
    return await Promise.race([due, damage.next()]);
  } finally {
    signal.removeEventListener('abort', end);
    end();
  }
}

function linger(expire: () => void): () => void {
  const timer = setTimeout(expire, LINGER_MS);
  return () => clearTimeout(timer);
}
