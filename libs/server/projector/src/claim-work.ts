import { formatEventPosition, partitionStart } from '@tributary/kernel';
import type { Blobs } from '@tributary/blobs';
import type { RefusedRecord } from '@tributary/capture';
import type { Block, Engine } from '@tributary/clickhouse';
import { projectionRefusal } from '@tributary/dead-letters';
import type { DeadLetters } from '@tributary/dead-letters';
import { openPartitionLog } from '@tributary/event-log';
import type { PartitionAssignment, Omission, RecordFormat } from '@tributary/event-log';
import { knownEvents, lastPlace, projectClaim } from '@tributary/projection';
import type { Sink } from '@tributary/projection';
import { limited } from './beside/limits.ts';
import type { Limits } from './beside/limits.ts';
import { refusalOf } from './record-refusal.ts';
import { Absence, patientSink } from './patient-sink.ts';
import type { PendingTimes } from './pending-times.ts';
import { projections } from './projections.ts';
import { tracedCursors } from './traced-cursors.ts';
import type { BatchTraces } from './traced-cursors.ts';

type Tables = {
  readonly engine: Pick<Engine, 'reader'>;
  readonly sink: Sink<Block>;
  /** What makes the tables. */
  readonly version: string;
  readonly absence: Absence;
};

export type ClaimWork = Tables & {
  readonly topic: string;
  readonly blobs: Blobs;
  readonly format: RecordFormat<RefusedRecord>;
  readonly letters: Pick<DeadLetters, 'park'>;
  readonly traces: BatchTraces;
  /** Milliseconds that a batch waits for more events. */
  readonly patience: number;
  readonly omitted: (why: Omission) => void;
  readonly pending: PendingTimes;
  /** Where partitions end for this work, if not at their ends. */
  readonly limits?: Limits;
};

/** Carries the partition of a claim into the tables until the claim is lost. */
export function workOn(work: ClaimWork): (claim: PartitionAssignment) => Promise<void> {
  return async (claim) => {
    const { absence, engine, letters, limits, topic } = work;
    const { lost, partition } = claim;
    const inTables = knownEvents(engine.reader, partition);
    const traces = work.traces.of(partition);
    const claimed = openPartitionLog({
      assignment: claim,
      format: traces.noting(work.format),
      known: (events) => absence.outlast(() => inTables(events), lost),
      refuse: (refused) => letters.park([refusalOf(topic, refused)]),
      onOmitted: work.omitted,
    });
    const log = work.pending.watching(claimed, partition, lost);
    const traced = { ...log, cursors: tracedCursors(log.cursors, traces) };
    await projectClaim({
      log: limits ? limited(traced, partition, limits) : traced,
      start: formatEventPosition(partitionStart(partition)),
      lost,
      lastPlace: () => absence.outlast(() => lastPlace(engine.reader, partition), lost),
      blobs: work.blobs,
      projections,
      registers: true,
      version: work.version,
      sink: patientSink(work.sink, absence, lost),
      patience: patienceOf(work.patience),
      park: (event) => letters.park([projectionRefusal(event)]),
    });
  };
}

const patienceOf = (millis: number) => (expire: () => void) => {
  const timer = setTimeout(expire, millis);
  return () => clearTimeout(timer);
};
