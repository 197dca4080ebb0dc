import { setTimeout as pause } from 'node:timers/promises';
import { decodeCommitMetadata, pinnedContract } from '@tributary/event-log';
import type { Topic } from '@tributary/event-log';
import { FIRST_STATED_CONTRACT } from '@tributary/contracts';
import { faultText } from '@tributary/http';
import {
  Fault,
  formatLogPosition,
  isCovered,
  parseEventPosition,
  parseLogPosition,
  partitionStart,
  smallest,
} from '@tributary/kernel';
import type { LogPosition, Position } from '@tributary/kernel';
import { statesIn, unprojectedIn } from '@tributary/projection';
import type { CountedPartition, PartitionStates, Unprojected } from '@tributary/projection';
import { requirePinned, watchPartitions } from './pinned-partitions.ts';

/** The tables that a projector in another process fills: what its group has committed is in them. */
export type GroupTables = {
  /** Every event up to this position of the log is in the tables. */
  position(): Position;
  unprojected(): Unprojected | undefined;
  /** Partitions whose rows the group counts as it inserts them. */
  counted(): readonly CountedPartition[];
  /**
   * Why the commits of the group do not say what the tables hold, and what ends that: a retryable Fault
   * `tables_exchanging` or `commits_lost`. Undefined where they say it.
   */
  unsettled(): Fault | undefined;
  /**
   * How often the group was seen without a commit that it had, or with an earlier one. What was compared with its commits
   * before says nothing then: its tables may be filled from the start again.
   */
  restarts(): number;
  /** A text that stays the same while nothing is inserted; undefined where something may be at this moment. */
  still(): Promise<string | undefined>;
  /** Why the tables may lack records of the topic whatever their position; undefined where they do not. */
  shortfall(): string | undefined;
  /**
   * The number of the newest contract by which all partitions were read that the group has committed; undefined where it
   * has committed none.
   */
  contract(): number | undefined;
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
  /** `tablesVersion` of this program: while another version has filled the tables, `shortfall` says so. */
  readonly version?: string;
  /** Milliseconds between two polls while nobody waits. */
  readonly pollInterval?: number;
  /** Milliseconds that a reader waits for the tables. */
  readonly timeout?: number;
  /** Called once when partitions were added to the topic while the tables are open. */
  readonly onPartitionsAdded?: (text: string) => void;
};

type Polled = {
  readonly position: LogPosition;
  readonly unprojected: Unprojected | undefined;
  readonly contract: number | undefined;
  readonly counted: readonly CountedPartition[];
  /** Of the projections that filled the tables, each once. */
  readonly versions: readonly string[];
  readonly still: string | undefined;
  readonly isExchanging: boolean;
  /** Partitions of which nothing is committed. */
  readonly uncommitted: readonly number[];
};

/** Milliseconds between two polls while somebody waits. */
const WAITING_INTERVAL = 50;

/** Resolves after the first poll, and throws what that failed with. */
export async function openGroupTables({
  topic,
  group,
  version,
  pollInterval = 500,
  timeout = 30_000,
  onPartitionsAdded,
}: Options): Promise<GroupTables> {
  const stopping = new AbortController();
  let last = await poll(topic, group);
  let restarts = 0;
  let fault: unknown;
  let polling: Promise<void> | undefined;
  const added = watchPartitions(topic, onPartitionsAdded);

  /** Joins the poll in progress, so that many readers cost one request. */
  const pollAgain = (): Promise<void> =>
    (polling ??= Promise.all([poll(topic, group), added.look()])
      .then(
        ([polled]) => {
          if (isBehind(polled.position, last.position)) restarts += 1;
          last = { ...polled, position: knownPosition(last.position, polled) };
          fault = undefined;
        },
        (error: unknown) => void (fault = error),
      )
      .finally(() => (polling = undefined)));
  const loop = repeat(pollAgain, pollInterval, stopping.signal);

  return {
    position: () => formatLogPosition(last.position),
    unprojected: () => last.unprojected,
    counted: () => last.counted,
    unsettled: () => unsettledIn(last, group),
    restarts: () => restarts,
    still: async () => (await poll(topic, group)).still,
    shortfall: () =>
      added.shortfall() ?? unsettledIn(last, group)?.message ?? otherVersionIn(last.versions, version),
    contract: () => last.contract,
    fault: () => fault,
    async reached(target) {
      const wanted = parseLogPosition(target, topic.partitions);
      if (!wanted) throw unknownPosition(target, topic);
      const isReached = (): boolean => wanted.every((end) => isCovered(end, last.position));
      const began = performance.now();
      while (!isReached()) {
        if (stopping.signal.aborted || performance.now() - began > timeout)
          throw behind(formatLogPosition(last.position), { target, timeout }, fault);
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

async function repeat(work: () => Promise<void>, interval: number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await pause(interval, undefined, { signal }).catch(() => undefined);
    if (!signal.aborted) await work();
  }
}

const behind = (
  position: Position,
  { target, timeout }: { readonly target: Position; readonly timeout: number },
  cause: unknown,
): Fault =>
  new Fault(
    'tables_behind',
    cause === undefined
      ? `the tables are at ${position}, before ${target}, after ${timeout / 1000} s (TRIBUTARY_TABLES_TIMEOUT_MS): the projector is slow or stopped; its /ready says why`
      : `the tables were at ${position}, before ${target}, at the last successful poll of the group: ${faultText(cause)}`,
    { retryable: true, cause },
  );

function unsettledIn({ isExchanging, uncommitted, position }: Polled, group: string): Fault | undefined {
  if (isExchanging) return exchanging();
  /* Before the first commit of a partition nothing of it is in the tables. */
  const lost = uncommitted.filter((partition) => (position[partition] ?? 0) > partitionStart(partition));
  return lost.length === 0 ? undefined : commitsLost(group, lost);
}

const exchanging = (): Fault =>
  new Fault(
    'tables_exchanging',
    'the tables are being exchanged for new ones, one by one, and until that has ended some of them may lack rows; where it was interrupted, a running projector finishes it within a minute, or the command `rebuild` of the projector does',
    { retryable: true },
  );

const commitsLost = (group: string, partitions: readonly number[]): Fault =>
  new Fault(
    'commits_lost',
    `group ${group} has lost what it had committed of partition ${partitions.join(', ')}, so what the tables should hold is not known; run the projector with \`rebuild\`, which fills them from the log and commits it again`,
    { retryable: true },
  );

/** Rows of another version can lack what this program asks for, or say something else by the same name. */
function otherVersionIn(made: readonly string[], version: string | undefined): string | undefined {
  const other = made.filter((each) => version !== undefined && each !== version);
  if (other.length === 0) return undefined;
  return `the tables were filled by version ${other.map((each) => each || '(none)').join(', ')} of the projections, and this program asks for rows of version ${version}: run the projector of this version with \`rebuild\``;
}

const unknownPosition = (target: Position, { name, partitions }: Topic): Fault =>
  new Fault(
    'unknown_position',
    `${target} is not a position of ${name}, which has ${partitions} partitions; a position names an offset for each`,
  );

const isBehind = (now: LogPosition, before: LogPosition): boolean =>
  now.some((end, partition) => end < (before[partition] ?? 0));

/**
 * What the group has committed, also where it had committed more: tables that were lost with its commits are filled from the
 * start again. Only where it has committed nothing any more, which `unsettled` says, a position stays.
 */
const knownPosition = (before: LogPosition, { position, uncommitted }: Polled): LogPosition =>
  position.map((end, partition) =>
    uncommitted.includes(partition) ? Math.max(end, before[partition] ?? 0) : end,
  );

/** A partition without a commit was read by no contract. Its first reader commits before it reads. */
function contractOf(commits: Awaited<ReturnType<Topic['commits']>>): number | undefined {
  const contracts = commits.flatMap((commit) =>
    commit === undefined ? [] : [pinnedContract(commit.metadata) ?? FIRST_STATED_CONTRACT],
  );
  return contracts.length === 0 ? undefined : smallest(contracts);
}

/** An offset that another tool has committed says nothing about the tables; the cursor in its metadata does. */
async function poll(topic: Topic, group: string): Promise<Polled> {
  const commits = await topic.commits(group);
  requirePinned(topic, commits);
  const states = Array.from({ length: topic.partitions }, (_, partition) =>
    statesIn(decodeCommitMetadata(commits[partition]?.metadata ?? '')),
  );
  const isIdle = states.every(({ tables }) => tables === undefined || tables.kind === 'complete');
  return {
    contract: contractOf(commits),
    counted: states.flatMap(countedPartition),
    versions: [...new Set(states.flatMap(filledBy))],
    isExchanging: states.some(
      ({ tables, exchange }) => tables?.kind === 'exchanging' || exchange?.kind === 'exchange',
    ),
    uncommitted: states.flatMap(({ tables }, partition) => (tables === undefined ? [partition] : [])),
    still: isIdle ? JSON.stringify(states.map(({ tables }) => tables?.position)) : undefined,
    position: states.map(({ tables }, partition) =>
      tables ? parseEventPosition(tables.position) : partitionStart(partition),
    ),
    unprojected: unprojectedIn(states.map(({ failures }) => failures)),
  };
}

function countedPartition({ tables }: PartitionStates): CountedPartition[] {
  if (tables === undefined || !('countedFrom' in tables) || tables.countedFrom === undefined) return [];
  return [{ after: parseEventPosition(tables.countedFrom), until: parseEventPosition(tables.position) }];
}

/** Of a partition of which nothing was inserted there are no rows of any version. */
function filledBy({ tables }: PartitionStates, partition: number): string[] {
  if (tables === undefined || tables.kind === 'exchanging') return [];
  const isEmpty =
    tables.kind !== 'planned' && parseEventPosition(tables.position) === partitionStart(partition);
  return isEmpty ? [] : [tables.generation.version];
}
