import { numberInPartition, parseLogPosition } from '@tributary/kernel';
import type { Block } from '@tributary/clickhouse';
import type { Membership, Omission, Topic } from '@tributary/event-log';
import type { GroupTables, Telemetry } from '@tributary/lifecycle';
import type { Sink } from '@tributary/projection';
import type { ProjectionMetrics } from '@tributary/telemetry';
import type { PendingTimes } from './pending-times.ts';

type Sources = {
  readonly topic: Topic;
  readonly tables: GroupTables;
  /** Absent until the group is joined. */
  readonly membership: () => Membership | undefined;
  readonly pending: PendingTimes;
};

export type Measurements = {
  sink(sink: Sink<Block>): Sink<Block>;
  readonly retried: () => void;
  readonly omitted: (why: Omission) => void;
  readonly assigned: () => void;
};

const POLL_MS = 2_000;

/** The metrics of a projector. The ends of the topic are polled at most every two seconds. */
export function openMeasurements(
  { metrics }: Telemetry,
  { topic, tables, membership, pending }: Sources,
): Measurements {
  const ends = topicEnds(topic);
  const lag = (): Map<number, number> => {
    const offsets = parseLogPosition(tables.position(), topic.partitions) ?? [];
    const known = ends();
    /* Without an end, the lag is unknown. */
    const entries = offsets.flatMap((offset, partition): [number, number][] => {
      const end = known[partition];
      return end === undefined ? [] : [[partition, Math.max(0, end - numberInPartition(offset))]];
    });
    return new Map(entries);
  };
  const projection = metrics.projection({ lag, oldestPending: () => pending.oldest() });
  metrics.queue({
    bytes: () => membership()?.queuedBytes() ?? 0,
    pausedPartitions: () => membership()?.paused().length ?? 0,
  });
  return {
    sink: (sink) => measuredSink(sink, projection),
    retried: () => projection.insertRetried(),
    omitted: (why) => {
      if (why === 'duplicate') projection.repeatsDropped(1);
    },
    assigned: () => projection.rebalanced(),
  };
}

/** A sink that reports how long each insert took, and its rows. */
export const measuredSink = (
  sink: Sink<Block>,
  projection: Pick<ProjectionMetrics, 'insertTook' | 'inserted'>,
): Sink<Block> => ({
  openBlock: (table) => sink.openBlock(table),
  empty: (table) => sink.empty(table),
  async insert(batch) {
    const { table, rows } = batch.block;
    const began = performance.now();
    await sink.insert(batch);
    projection.insertTook((performance.now() - began) / 1000);
    projection.inserted(table, rows);
  },
});

function topicEnds(topic: Topic): () => readonly number[] {
  let ends: readonly number[] = [];
  let polled = -Infinity;
  return () => {
    const now = performance.now();
    if (now - polled > POLL_MS) {
      polled = now;
      topic.bounds().then(
        (bounds) => void (ends = bounds.map(({ end }) => end)),
        () => undefined,
      );
    }
    return ends;
  };
}
