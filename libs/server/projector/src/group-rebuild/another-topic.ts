import {
  appendAll,
  eventPosition,
  Fault,
  formatEventPosition,
  parseEventPosition,
  partitionStart,
  query,
} from '@tributary/kernel';
import { holdsFrom, lastPosition } from '@tributary/projection';
import type { FailedFact, Offsets } from '@tributary/projection';
import { z } from 'zod';
import { checkpointsOf, reachedOffset } from './group-checkpoint.ts';
import type { GroupRebuild } from './group-rebuild.ts';

const eventsMissing = query(import.meta.url, 'events-missing', {
  params: z.object({ as_of: z.array(z.number()), most: z.int() }),
  row: z.object({ position: z.coerce.number(), source: z.string(), id: z.string() }),
});

/** Events that are counted and of which some are named, and positions that are looked up at once. */
const MOST = 1_000;

const eventsElsewhere = query(import.meta.url, 'events-elsewhere', {
  params: z.object({ positions: z.array(z.number()) }),
  row: z.object({ position: z.coerce.number(), filled_position: z.coerce.number() }),
});

const countedLogs = query(import.meta.url, 'counted-logs', {
  params: z.object({}),
  row: z.object({ log_id: z.string() }),
});

/** How far the live tables are beyond what their group has planned. */
export type UnplannedTables = {
  /** By partition; 0 where the group has planned all of it. Below these, the shadow tables are to hold everything. */
  readonly offsets: Offsets;
  /** What they hold. */
  readonly held: Offsets;
  /** Whether another topic filled them: its positions are not those of this one. */
  readonly isOfAnotherTopic: boolean;
};

/**
 * What the live tables hold beyond everything that their group has planned. They do where the group's offsets were lost,
 * and then no projector moves them; and where a new group is to follow a topic that another one was copied to. Such
 * tables are recognised by positions that the topic does not have, and are replaced by those of the whole topic.
 */
export async function unplannedTables(work: GroupRebuild): Promise<UnplannedTables> {
  const { topic, groups, shadow } = work;
  const held = await heldBy(work);
  const isInPartitionBeyond = await holdsFrom(shadow.live, topic.partitions);
  /* Read after the tables: what they hold was planned before. */
  const commits = await topic.commits(groups.live);
  const ends = (await topic.bounds()).map(({ end }) => end);
  const isBeyond = isInPartitionBeyond || held.some((offset, partition) => offset > (ends[partition] ?? 0));
  /* Without a commit nobody knows whether the positions of the tables are those of this topic, so all of it is filled in. */
  const isFilled = isBeyond || held.some((offset) => offset > 0);
  if (isFilled && commits.every((commit) => commit === undefined))
    return { offsets: ends, held, isOfAnotherTopic: isBeyond };
  const planned = checkpointsOf(commits).map(reachedOffset);
  requireInTopic(work, planned, ends);
  const offsets = held.map((offset, partition) => ((planned[partition] ?? 0) >= offset ? 0 : offset));
  return { offsets, held, isOfAnotherTopic: false };
}

/**
 * Whether the tables were filled from another topic too: that of this group was left for it. Tables that have lost their
 * counts do not say.
 */
export async function areFilledFromAnother({ topic, shadow }: GroupRebuild): Promise<boolean> {
  const logs = await shadow.live.all(countedLogs, {}).catch(nothingIfRefused);
  return logs.some(({ log_id }) => log_id !== topic.name);
}

/** Only what is in the topic is planned, and planned before it is in the tables. The rebuild would wait for it for ever. */
function requireInTopic({ topic, groups }: GroupRebuild, planned: Offsets, ends: Offsets): void {
  const partition = planned.findIndex((offset, at) => offset > (ends[at] ?? 0));
  if (partition < 0) return;
  const named = (offset = 0): string => formatEventPosition(eventPosition(partition, offset));
  throw new Fault(
    'log_behind_tables',
    `the projectors of group ${groups.live} have read up to ${named(planned[partition])}, and ${topic.name} ends at ${named(ends[partition])}: it was created again, or an older copy of it was put back. Put back the newer one. To fill the tables from this one, and lose what it lacks, set KAFKA_GROUP to a new name for all services, and run \`rebuild --accept-missing\``,
  );
}

async function heldBy({ topic, shadow }: GroupRebuild): Promise<number[]> {
  const held: number[] = [];
  for (let partition = 0; partition < topic.partitions; partition += 1)
    held.push((await lastPosition(shadow.live, partition)) - partitionStart(partition));
  return held;
}

/**
 * Throws Fault `tables_written` where the tables of another topic have moved: a projector of its group still works, which
 * would write its rows into the new tables.
 */
export async function requireUnwritten(work: GroupRebuild, { held }: UnplannedTables): Promise<void> {
  const now = await heldBy(work);
  if (now.every((offset, partition) => offset === held[partition])) return;
  throw new Fault(
    'tables_written',
    'a projector of another group still writes to the tables, and would write to the new ones: stop it, then run `rebuild` again',
  );
}

/**
 * Events of the live tables that the shadow tables lack, at most a thousand: the topic was not copied as a whole, is another
 * one, or an older copy of it was put back. Tables of this topic may hold more than is held for the comparison: the batch
 * of a projector that died before its commit, which the next one inserts again. A table that cannot be read has nothing to
 * lose.
 */
export async function missingEvents(
  { shadow, topic }: GroupRebuild,
  { isOfAnotherTopic }: UnplannedTables,
  held: Offsets,
): Promise<FailedFact[]> {
  const asOf = isOfAnotherTopic ? [] : held.map((offset, partition) => eventPosition(partition, offset));
  const inShadow = `${shadow.nameOf('tributary.log_event')})`;
  const sql = eventsMissing.sql.replace('tributary.log_event)', inShadow);
  const rows = await shadow.live
    .all({ ...eventsMissing, sql }, { as_of: asOf, most: MOST })
    .catch(nothingIfRefused);
  return rows.map(({ position, source, id }) => ({
    position: formatEventPosition(position),
    detail: `event ${id} of ${source} is not in ${topic.name}`,
  }));
}

/**
 * The facts that failed in tables of this topic, with the positions at which the live tables, of another topic, have them.
 * One that those lack is left out, and so are all where their register cannot be read.
 */
export async function atLivePositions(
  { shadow }: GroupRebuild,
  failed: readonly FailedFact[],
): Promise<FailedFact[]> {
  const details = new Map(failed.map(({ position, detail }) => [parseEventPosition(position), detail]));
  const asked = [...details.keys()];
  const inShadow = `${shadow.nameOf('tributary.log_event')})`;
  const sql = eventsElsewhere.sql.replace('tributary.log_event)', inShadow);
  const live: FailedFact[] = [];
  for (let from = 0; from < asked.length; from += MOST) {
    const positions = asked.slice(from, from + MOST);
    const rows = await shadow.live.all({ ...eventsElsewhere, sql }, { positions }).catch(nothingIfRefused);
    appendAll(
      live,
      rows.map(({ position, filled_position }) => ({
        position: formatEventPosition(position),
        detail: details.get(filled_position) ?? '',
      })),
    );
  }
  return live;
}

/** A damaged table. */
function nothingIfRefused(fault: unknown): [] {
  if (fault instanceof Fault && !fault.retryable) return [];
  throw fault;
}
