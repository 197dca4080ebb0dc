import { setTimeout as pause } from 'node:timers/promises';
import { decodeCommitMetadata, pinnedPartitions } from '@tributary/event-log';
import type { Topic } from '@tributary/event-log';
import { faultText } from '@tributary/http';
import {
  Fault,
  formatLogPosition,
  isCovered,
  parseEventPosition,
  parseLogPosition,
  partitionStart,
} from '@tributary/kernel';
import type { LogPosition, Position } from '@tributary/kernel';
import { statesIn, unprojectedIn } from '@tributary/projection';
import type { Unprojected } from '@tributary/projection';

/** The tables that a projector in another process fills: what its group has committed is in them. */
export type GroupTables = {
  /** Every event up to this position of the log is in the tables. */
  position(): Position;
  unprojected(): Unprojected | undefined;
  /** Why the last poll of the group failed; undefined where it succeeded. */
  fault(): unknown;
  /**
   * Resolves when the tables hold a position of the log. Throws Fault `tables_behind` after the timeout, and
   * `unknown_position` for a position of another log.
   */
  reached(target: Position): Promise<void>;
  close(): Promise<void>;
};

type Options = {
  readonly topic: Topic;
  readonly group: string;
  /** Milliseconds between two polls while nobody waits. */
  readonly pollInterval?: number;
  /** Milliseconds that a reader waits for the tables. */
  readonly timeout?: number;
};

type Polled = { readonly position: LogPosition; readonly unprojected: Unprojected | undefined };

/** Milliseconds between two polls while somebody waits. */
const WAITING_INTERVAL = 50;

/** Resolves after the first poll, and throws what that failed with. */
export async function openGroupTables({
  topic,
  group,
  pollInterval = 500,
  timeout = 30_000,
}: Options): Promise<GroupTables> {
  const stopping = new AbortController();
  let last = await poll(topic, group);
  let fault: unknown;
  let polling: Promise<void> | undefined;

  /** Joins the poll in progress, so that many readers cost one request. */
  const pollAgain = (): Promise<void> =>
    (polling ??= poll(topic, group)
      .then(
        (polled) => {
          last = { ...polled, position: furthest(last.position, polled.position) };
          fault = undefined;
        },
        (error: unknown) => void (fault = error),
      )
      .finally(() => (polling = undefined)));
  const loop = (async () => {
    while (!stopping.signal.aborted) {
      await pause(pollInterval, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (!stopping.signal.aborted) await pollAgain();
    }
  })();

  return {
    position: () => formatLogPosition(last.position),
    unprojected: () => last.unprojected,
    fault: () => fault,
    async reached(target) {
      const wanted = parseLogPosition(target, topic.partitions);
      if (!wanted) throw unknownPosition(target, topic);
      const isReached = (): boolean => wanted.every((end) => isCovered(end, last.position));
      const began = performance.now();
      while (!isReached()) {
        if (stopping.signal.aborted || performance.now() - began > timeout)
          throw behind(formatLogPosition(last.position), target, fault);
        await pollAgain();
        if (!isReached()) await pause(WAITING_INTERVAL);
      }
    },
    async close() {
      stopping.abort();
      await loop;
    },
  };
}

/**
 * A key belongs to another partition once there are more of them, so events that were acknowledged would be refused where
 * they are, and be missing. Throws Fault `partitions_changed`.
 */
export function requirePinned(
  { name, partitions }: Pick<Topic, 'name' | 'partitions'>,
  commits: Awaited<ReturnType<Topic['commits']>>,
): void {
  const pinned = commits.flatMap((commit) => pinnedPartitions(commit?.metadata ?? '') ?? []);
  const before = pinned.find((count) => count !== partitions);
  if (before === undefined) return;
  throw new Fault(
    'partitions_changed',
    `${name} had ${before} partitions when its group last committed and has ${partitions}: streams would change their partition, and facts that were acknowledged would be missing. Kafka removes no partitions: make a new topic with ${partitions}, copy the records of the first ${before} partitions with the default partitioner, name it in KAFKA_TOPIC with another KAFKA_GROUP, and run the projector with \`rebuild\``,
  );
}

const behind = (position: Position, target: Position, cause: unknown): Fault =>
  new Fault(
    'tables_behind',
    cause === undefined
      ? `the tables are at ${position}, before ${target}: the projector is slow or stopped; its /ready says why`
      : `the tables were at ${position}, before ${target}, at the last successful poll of the group: ${faultText(cause)}`,
    { retryable: true, cause },
  );

const unknownPosition = (target: Position, { name, partitions }: Topic): Fault =>
  new Fault(
    'unknown_position',
    `${target} is not a position of ${name}, which has ${partitions} partitions; a position names an offset for each`,
  );

/** A group that repeats a range steps back for a moment. Its rows are in the tables all the same. */
const furthest = (before: LogPosition, now: LogPosition): LogPosition =>
  now.map((end, partition) => Math.max(end, before[partition] ?? 0));

/** An offset that another tool has committed says nothing about the tables; the cursor in its metadata does. */
async function poll(topic: Topic, group: string): Promise<Polled> {
  const commits = await topic.commits(group);
  requirePinned(topic, commits);
  const states = Array.from({ length: topic.partitions }, (_, partition) =>
    statesIn(decodeCommitMetadata(commits[partition]?.metadata ?? '')),
  );
  const left = states.flatMap(({ failures }) => unprojectedIn(failures) ?? []);
  const [first] = left;
  return {
    position: states.map(({ tables }, partition) =>
      tables ? parseEventPosition(tables.position) : partitionStart(partition),
    ),
    unprojected: first && { ...first, count: left.reduce((sum, { count }) => sum + count, 0) },
  };
}
