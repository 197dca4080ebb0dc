import { setTimeout as pause } from 'node:timers/promises';
import { cursorsOfCommit, isWithin, placesOf, startOf, stateOf } from '@tributary/event-log';
import type { Topic } from '@tributary/event-log';
import { Fault } from '@tributary/kernel';
import type { Places, Position } from '@tributary/kernel';
import { unprojectedIn } from '@tributary/projection';
import type { Unprojected } from '@tributary/projection';

/** The tables as another process fills them: what its group has committed is in them. */
export type GroupTables = {
  /** Up to this state every event is in the tables. */
  position(): Position;
  unprojected(): Unprojected | undefined;
  /** Why the last look at the group failed, if it did. */
  fault(): unknown;
  /** Looks until the tables hold a state. Throws Fault `tables_behind` where that takes too long. */
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

type Seen = { readonly places: Places; readonly unprojected: Unprojected | undefined };

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
    position: () => stateOf(seen.places),
    unprojected: () => seen.unprojected,
    fault: () => fault,
    async reached(target) {
      const wanted = placesOf(target, topic.partitions) ?? [];
      const began = performance.now();
      while (!wanted.every((place) => isWithin(place, seen.places))) {
        if (performance.now() - began > patience) throw behind(stateOf(seen.places), target);
        await again();
        await pause(WAITING_MS);
      }
    },
    async close() {
      stopping.abort();
      await looks;
    },
  };
}

const behind = (position: Position, target: Position): Fault =>
  new Fault(
    'tables_behind',
    `the tables are at ${position}, before ${target}: the projector is slow or stopped; its /ready says why`,
    { retryable: true },
  );

/** A group that repeats a range steps back for a moment; its rows are in the tables all the same. */
const furthest = (before: Places, now: Places): Places =>
  now.map((place, partition) => Math.max(place, before[partition] ?? 0));

async function look(topic: Topic, group: string): Promise<Seen> {
  const commits = await topic.commits(group);
  const left = commits.flatMap((commit) => {
    const cursors = commit && cursorsOfCommit(commit.metadata);
    return (cursors && unprojectedIn((name) => cursors.get(name))) ?? [];
  });
  const [first] = left;
  return {
    places: Array.from(
      { length: topic.partitions },
      (_, partition) => startOf(partition) + (commits[partition]?.offset ?? 0),
    ),
    unprojected: first && { ...first, count: left.reduce((sum, { count }) => sum + count, 0) },
  };
}
