import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  eventPosition,
  Fault,
  formatEventPosition,
  formatLogPosition,
  parseEventPosition,
  partitionStart,
  query,
} from '@tributary/kernel';
import { canonicalJson } from '@tributary/json';
import { lostFacts } from '@tributary/projection';
import type {
  BackfillWorker,
  ComparedTable,
  FailedFact,
  Offsets,
  PartitionStates,
  ReadLimits,
  RebuildStore,
  TableMarks,
} from '@tributary/projection';
import { z } from 'zod';
import { atLivePositions, missingEvents, requireUnwritten } from './another-topic.ts';
import type { UnplannedTables } from './another-topic.ts';
import {
  checkpointsOf,
  commitsOf,
  isAt,
  isSettled,
  offsetsOf,
  reachedOffset,
  versionsOf,
} from './group-checkpoint.ts';
import type { GroupCheckpoint } from './group-checkpoint.ts';
import { groupExchange, planExchange } from './group-exchange.ts';
import { exchangedTables } from './group-rebuild.ts';
import type { GroupRebuild } from './group-rebuild.ts';
import type { LiveHold } from './live-hold.ts';

const typeAt = query(import.meta.url, 'type-at', {
  params: z.object({ position: z.int() }),
  row: z.object({ type: z.string() }),
});

/**
 * A rebuild beside the projectors of a group. Its states are the commits of two groups: the live one, and the next one,
 * which fills the shadow tables.
 */
export function groupStore(work: GroupRebuild, unplanned: UnplannedTables, hold: LiveHold): RebuildStore {
  const lost = unplanned.offsets;
  const { groups, shadow, tables, report, signal } = work;
  const live = (): Promise<GroupCheckpoint[]> => checkpoints(work, groups.live);
  const target = async (filled: Offsets = []): Promise<number[]> =>
    (await live()).map(({ offset }, partition) =>
      Math.max(offset, lost[partition] ?? 0, filled[partition] ?? 0),
    );
  return {
    shadow,
    tables,
    exchange: groupExchange(work, hold),
    async prepare(fresh) {
      if (!fresh && (await canResume(work, await target())))
        report('resuming where the last run was interrupted');
      else await startOver(work);
    },
    startBackfill: (limits) => groupBackfill(work, limits),
    /* A group that repeats a batch steps back for a moment. */
    target,
    async untilHoldable(catchUp) {
      report('the new tables have caught up: the projectors wait for the exchange; answers go on');
      await hold.untilHeld(catchUp);
    },
    async hold(filled, compare) {
      const offsets = await target(filled);
      return compare({ offsets, isStill: async () => isAt(await live(), offsets) });
    },
    async lost(compared, held) {
      const events = hasSameRegister(compared) ? [] : await missingEvents(work, unplanned, held);
      return events.length > 0 ? events : missingFacts(work, unplanned);
    },
    async planExchange(marks, held) {
      await requireAlone(work);
      if (unplanned.isOfAnotherTopic) await requireUnwritten(work, unplanned);
      const now = await live();
      const isMoved = now.some(
        ({ offset }, partition) => Math.max(offset, lost[partition] ?? 0) !== held[partition],
      );
      return !isMoved && planExchange(work, { hold, live: now, marks });
    },
    /* The next run resumes. */
    abandon: () => hold.release(),
    async eventType(position) {
      const [event] = await shadow.shadow.all(typeAt, { position: parseEventPosition(position) });
      return event?.type;
    },
    positionAt: (offsets) =>
      formatLogPosition(offsets.map((offset, partition) => eventPosition(partition, offset))),
    report,
    throwIfStopping: () => signal?.throwIfAborted(),
  };
}

const REGISTER = 'log_event';

/** Where both have the same rows of the register, neither has an event that the other lacks. */
const hasSameRegister = (compared: readonly ComparedTable[]): boolean =>
  compared.some(({ table, equal }) => table === REGISTER && equal);

/** Facts that made no rows, and whose rows the live tables have. Their events are in the register all the same. */
async function missingFacts(
  work: GroupRebuild,
  { isOfAnotherTopic }: UnplannedTables,
): Promise<FailedFact[]> {
  const { shadow, tables } = work;
  const failed = work.failed?.() ?? [];
  return lostFacts(
    shadow.live,
    tables.filter((table) => table !== REGISTER),
    isOfAnotherTopic ? await atLivePositions(work, failed) : failed,
  );
}

const checkpoints = async ({ topic }: GroupRebuild, group: string): Promise<GroupCheckpoint[]> =>
  checkpointsOf(await topic.commits(group));

/** Makes empty shadow tables, and a group before the first event that names them. */
async function startOver(work: GroupRebuild): Promise<void> {
  const { topic, groups, shadow } = work;
  const atZero = (states: (partition: number) => PartitionStates): GroupCheckpoint[] =>
    Array.from({ length: topic.partitions }, (_, partition) => ({ offset: 0, states: states(partition) }));
  /* A group that names no tables is started over, whatever shadow tables there are. */
  await topic.moveGroup(groups.next, commitsOf(atZero(() => ({}))));
  await shadow.make();
  const digest = digestOf(await shadow.marks(exchangedTables(work)));
  const named = atZero((partition) => ({
    shadow: { kind: 'shadow', position: formatEventPosition(partitionStart(partition)), digest },
  }));
  await topic.moveGroup(groups.next, commitsOf(named));
}

const digestOf = (marks: TableMarks): string =>
  createHash('sha256').update(canonicalJson(marks)).digest('hex').slice(0, 16);

/**
 * The shadow tables are those that the group names, this version fills them, and they are not ahead of the target. Facts
 * that made no rows are tried again: what they lacked may have been put back.
 */
async function canResume(work: GroupRebuild, target: Offsets): Promise<boolean> {
  const { groups, shadow, version } = work;
  const next = await checkpoints(work, groups.next);
  if (versionsOf(next).some((made) => made !== version)) return false;
  if (next.some((checkpoint, partition) => reachedOffset(checkpoint) > (target[partition] ?? 0)))
    return false;
  if (next.some(({ states }) => states.failures?.kind === 'failures')) return false;
  const marks = await shadow.marks(exchangedTables(work)).catch((fault: unknown) => {
    if (fault instanceof Fault && fault.code === 'shadow_lost') return undefined;
    throw fault;
  });
  return marks !== undefined && next.every(({ states }) => states.shadow?.digest === digestOf(marks));
}

/** Retryable faults that end a rebuild. */
const ENDING: ReadonlySet<string> = new Set(['blobs_missing', 'insert_incomplete']);

/**
 * Fills the shadow tables as a member of the next group, which works on after a retryable fault. A folder of blobs that is
 * not the right one ends it: nobody would mount another one for a rebuild that waits. So does a block that the engine knows
 * and does not have: nobody fills shadow tables again.
 */
async function groupBackfill(work: GroupRebuild, limits: ReadLimits): Promise<BackfillWorker> {
  const { topic, groups, queueBytes, pollMillis } = work;
  const membership = await topic.join({ group: groups.next, queueBytes, work: work.work(limits) });
  return {
    async progress() {
      requireRoom(work);
      const next = await checkpoints(work, groups.next);
      const fault = membership.fault();
      const isRetried = fault instanceof Fault && fault.retryable && !ENDING.has(fault.code);
      const progress = { offsets: offsetsOf(next), isSettled: isSettled(next) };
      if (fault === undefined) return progress;
      if (isRetried) return { ...progress, delay: fault.message };
      throw fault;
    },
    changed: () => pause(pollMillis),
    end: () => membership.leave(),
  };
}

/** The live tables need the room that is left more than the shadow tables do. */
function requireRoom({ isUnattended, outage }: GroupRebuild): void {
  const fault = outage?.();
  if (isUnattended && fault instanceof Fault && fault.code === 'disk_full') throw fault;
}

/** Waits until no other rebuild is a member of the next group: a run that was killed is one until its session ends. */
export async function untilAlone(work: GroupRebuild): Promise<void> {
  const { topic, groups, pollMillis, memberTimeout, report } = work;
  const until = performance.now() + memberTimeout;
  for (let isReported = false; (await topic.members(groups.next)) > 0; await pause(pollMillis)) {
    if (performance.now() > until) throw underWay(groups.next);
    if (!isReported)
      report('waiting: another rebuild is running, or one that was killed is not forgotten yet');
    isReported = true;
  }
}

/** Throws Fault `rebuild_under_way` unless this rebuild is the only member of the next group. */
export async function requireAlone({ topic, groups }: GroupRebuild): Promise<void> {
  if ((await topic.members(groups.next)) !== 1) throw underWay(groups.next);
}

const underWay = (group: string): Fault =>
  new Fault(
    'rebuild_under_way',
    `another rebuild is running in group ${group}: wait for its end, or stop it`,
    {
      retryable: true,
    },
  );
