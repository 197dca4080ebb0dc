import { setTimeout as pause } from 'node:timers/promises';
import { decodeCommitMetadata } from '@tributary/event-log';
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
import { CURSOR, unprojectedIn } from '@tributary/projection';
import type { Unprojected } from '@tributary/projection';

/** The tables as another process fills them: what its group has committed is in them. */
export type GroupTables = {
  /** Up to this state every event is in the tables. */
  position(): Position;
  unprojected(): Unprojected | undefined;
  /** Why the last look at the group failed, if it did. */
  fault(): unknown;
  /** Looks until the tables hold a state. Throws Fault `tables_behind` where that takes too long, `unknown_position`. */
  reached(target: Position): Promise<void>;
  close(): Promise<void>;
};

type Options = {
  readonly topic: Topic;
  readonly group: string;
  /** Milliseconds between two looks while nobody waits. */
  readonly every?: number;
  /** Milliseconds that a reader waits for the tables. */
  readonly patience?: number;
};

type Seen = { readonly places: LogPosition; readonly unprojected: Unprojected | undefined };

const WAITING_MS = 50;

/** Resolves after the first look. */
export async function openGroupTables({
  topic,
  group,
  every = 500,
  patience = 30_000,
}: Options): Promise<GroupTables> {
  const stopping = new AbortController();
  let seen = await look(topic, group);
  let fault: unknown;
  let looking: Promise<void> | undefined;

  const again = (): Promise<void> =>
    (looking ??= look(topic, group)
      .then(
        (now) => {
          seen = { ...now, places: furthest(seen.places, now.places) };
          fault = undefined;
        },
        (error: unknown) => void (fault = error),
      )
      .finally(() => (looking = undefined)));
  const looks = (async () => {
    while (!stopping.signal.aborted) {
      await pause(every, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (!stopping.signal.aborted) await again();
    }
  })();

  return {
    position: () => formatLogPosition(seen.places),
    unprojected: () => seen.unprojected,
    fault: () => fault,
    async reached(target) {
      const wanted = parseLogPosition(target, topic.partitions);
      if (!wanted) throw unknownState(target, topic);
      const isThere = (): boolean => wanted.every((place) => isCovered(place, seen.places));
      const began = performance.now();
      while (!isThere()) {
        if (stopping.signal.aborted || performance.now() - began > patience)
          throw behind(formatLogPosition(seen.places), target, fault);
        await again();
        if (!isThere()) await pause(WAITING_MS);
      }
    },
    async close() {
      stopping.abort();
      await looks;
    },
  };
}

const behind = (position: Position, target: Position, cause: unknown): Fault =>
  new Fault(
    'tables_behind',
    cause === undefined
      ? `the tables are at ${position}, before ${target}: the projector is slow or stopped; its /ready says why`
      : `the tables were at ${position}, before ${target}, when the group was seen last: ${faultText(cause)}`,
    { retryable: true, cause },
  );

const unknownState = (target: Position, { name, partitions }: Topic): Fault =>
  new Fault('unknown_position', `${target} is no state of ${name}, which has ${partitions} partitions`);

/** A group that repeats a range steps back for a moment; its rows are in the tables all the same. */
const furthest = (before: LogPosition, now: LogPosition): LogPosition =>
  now.map((place, partition) => Math.max(place, before[partition] ?? 0));

/** An offset that a tool has set says nothing of the tables: the cursor beside it does. */
async function look(topic: Topic, group: string): Promise<Seen> {
  const commits = await topic.commits(group);
  const cursors = Array.from({ length: topic.partitions }, (_, partition) =>
    decodeCommitMetadata(commits[partition]?.metadata ?? ''),
  );
  const left = cursors.flatMap((kept) => unprojectedIn((name) => kept.get(name)) ?? []);
  const [first] = left;
  return {
    places: cursors.map((kept, partition) => {
      const cursor = kept.get(CURSOR);
      return cursor ? parseEventPosition(cursor.position) : partitionStart(partition);
    }),
    unprojected: first && { ...first, count: left.reduce((sum, { count }) => sum + count, 0) },
  };
}
