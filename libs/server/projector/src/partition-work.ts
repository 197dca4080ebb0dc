import { Fault, formatEventPosition, instantNow, partitionStart } from '@tributary/kernel';
import type { Lease, Position } from '@tributary/kernel';
import type { Blobs } from '@tributary/blobs';
import type { RefusedRecord } from '@tributary/capture';
import type { Block, Engine } from '@tributary/clickhouse';
import { contractNumber } from '@tributary/contracts';
import { projectionRefusal } from '@tributary/dead-letters';
import type { DeadLetters } from '@tributary/dead-letters';
import { openPartitionLog } from '@tributary/event-log';
import type { Cursors, PartitionAssignment, Omission, RecordFormat } from '@tributary/event-log';
import {
  boundedLog,
  countedOnce,
  eventAt,
  insertedRows,
  knownEvents,
  lastPosition,
  projectPartition,
  storedBlock,
  TABLES_CURSOR,
} from '@tributary/projection';
import type { BlockRange, InsertedRows, ParkedEvent, ReadLimits, Sink } from '@tributary/projection';
import { recordRefusal } from './record-refusal.ts';
import { OutageTracker } from './outage-tracker.ts';
import type { IncompleteInserts } from './incomplete-inserts.ts';
import type { PendingTimes } from './pending-times.ts';
import { projections } from './projections.ts';
import { repeatMillis } from './repeat-window.ts';
import { retryingSink } from './retrying-sink.ts';
import { tracedCursors } from './traced-cursors.ts';
import type { BatchTraces } from './traced-cursors.ts';

type Tables = {
  readonly engine: Pick<Engine, 'reader'>;
  readonly sink: Sink<Block>;
  /** `tablesVersion`. */
  readonly version: string;
  readonly outages: OutageTracker;
  /** See `InsertedRows`. */
  readonly isReplicated?: boolean;
};

export type PartitionWork = Tables & {
  readonly topic: string;
  /** Partitions of the topic. */
  readonly partitions?: number;
  readonly blobs: Pick<Blobs, 'read'>;
  readonly format: RecordFormat<RefusedRecord>;
  readonly deadLetters: Pick<DeadLetters, 'park'>;
  readonly traces: BatchTraces;
  /** Milliseconds for which a batch waits for more events. */
  readonly linger: number;
  readonly omitted: (why: Omission) => void;
  readonly pendingTimes: PendingTimes;
  /** See `ProjectionContext`. */
  readonly foreign?: ReadonlySet<Position>;
  /** Takes each fact that makes no rows; again after a fault. */
  readonly failed?: (event: ParkedEvent) => void;
  /** Is told of partitions whose batch the engine lacks, and that they go on. */
  readonly incomplete?: Pick<IncompleteInserts, 'note' | 'clear'>;
  /** Where partitions end for this work; at their own ends by default. */
  readonly limits?: ReadLimits;
};

/** Projects assigned partitions into the tables, each until it is lost. */
export function partitionWork(work: PartitionWork): (assignment: PartitionAssignment) => Promise<void> {
  return async (assignment) => {
    const { outages, engine, deadLetters, limits, topic } = work;
    const { lost, partition } = assignment;
    if (work.partitions !== undefined && partition >= work.partitions)
      throw partitionsAdded(topic, work.partitions);
    const lease = {
      lost,
      check: () => assignment.checkLease(),
      confirm: () => assignment.confirmLease(),
    };
    const asked = insertedRows(engine.reader, projections, work.isReplicated);
    const repeats = {
      now: instantNow,
      millis: repeatMillis({ linger: work.linger, partitions: work.partitions ?? 1 }),
      stored: (range: BlockRange) => storedBlock(engine.reader, range, projections),
      ...(!asked.isReplicated && { counted: asked.stored }),
    };
    const inserted = retriedQuestions(asked, (work) => outages.retry(work, lost));
    const inTables = knownEvents(engine.reader, partition);
    const traces = work.traces.of(partition);
    const partitionLog = openPartitionLog({
      assignment,
      format: traces.observe(work.format),
      ...(work.partitions !== undefined && { partitions: work.partitions }),
      contract: contractNumber,
      known: (events) => outages.retry(() => inTables(events), lost),
      storedAt: (position) => outages.retry(() => eventAt(engine.reader, position), lost),
      refuse: (refused) => deadLetters.park([recordRefusal(topic, refused)]),
      onOmitted: work.omitted,
    });
    await partitionLog.stateContract();
    const log = work.pendingTimes.observe(partitionLog, partition, lost);
    const goesOn = (): void => work.incomplete?.clear(partition);
    const traced = { ...log, cursors: followed(tracedCursors(log.cursors, traces), goesOn) };
    const projected = projectPartition({
      log: limits ? boundedLog(traced, partition, limits) : traced,
      start: formatEventPosition(partitionStart(partition)),
      lost,
      lastPosition: () => outages.retry(() => lastPosition(engine.reader, partition), lost),
      blobs: { read: (sha256) => work.blobs.read(sha256), isUnchecked: true },
      projections,
      ...(work.foreign && { foreign: work.foreign }),
      registersEvents: true,
      logId: topic,
      version: work.version,
      sink: countedOnce(retryingSink(work.sink, outages, lease, repeats), log.cursors, inserted),
      linger: lingerOf(work.linger),
      park: (event) => {
        work.failed?.(event);
        return deadLetters.park([projectionRefusal(event)]);
      },
    });
    await projected.catch(noteIncomplete(lease, (detail) => work.incomplete?.note(partition, detail)));
  };
}

/** Of a batch that is repeated, the failures are saved before its rows are in the tables, and those are no progress. */
const followed = (cursors: Cursors, goesOn: () => void): Cursors => ({
  get: (name) => cursors.get(name),
  async set(name, cursor) {
    await cursors.set(name, cursor);
    if (name === TABLES_CURSOR) goesOn();
  },
});

/** Whoever has lost the partition may have counted in tables that were exchanged meanwhile: it notes nothing. */
const noteIncomplete =
  (lease: Required<Lease>, note: (detail: string) => void) =>
  async (fault: unknown): Promise<never> => {
    if (fault instanceof Fault && fault.code === 'insert_incomplete') {
      await lease.confirm();
      lease.check();
      note(fault.message);
    }
    throw fault;
  };

/** Its records belong in other partitions by the old number, so all would be refused. */
const partitionsAdded = (topic: string, known: number): Fault =>
  new Fault(
    'partitions_changed',
    `partitions were added to ${topic}, which had ${known} when this projector started: the new ones are not read. See docs/guides/partitions.md`,
  );

const retriedQuestions = (
  { registered, stored, hasViews, isForgotten, viewsAgree, isReplicated }: InsertedRows,
  retry: <Answer>(work: () => Promise<Answer>) => Promise<Answer>,
): InsertedRows => ({
  isReplicated,
  registered: (after, until) => retry(() => registered(after, until)),
  stored: (range) => retry(() => stored(range)),
  hasViews: (range) => retry(() => hasViews(range)),
  isForgotten: (range) => retry(() => isForgotten(range)),
  viewsAgree: (range) => retry(() => viewsAgree(range)),
});

const lingerOf = (millis: number) => (expire: () => void) => {
  const timer = setTimeout(expire, millis);
  return () => clearTimeout(timer);
};
