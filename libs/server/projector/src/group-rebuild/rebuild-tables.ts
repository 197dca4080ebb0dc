import { Fault, retry, sleep } from '@tributary/kernel';
import { finishExchange, runRebuild } from '@tributary/projection';
import type { RebuildRequest, Rebuilt } from '@tributary/projection';
import { unplannedTables } from './another-topic.ts';
import { checkpointsOf, isExchanging, versionsOf } from './group-checkpoint.ts';
import { groupExchange } from './group-exchange.ts';
import type { GroupRebuild } from './group-rebuild.ts';
import { groupStore, requireAlone, untilAlone } from './group-store.ts';
import { LiveHold } from './live-hold.ts';

export type RebuildOutcome =
  | (Rebuilt & {
      /** Whether this version had filled the live tables, from this topic; those of another one may rightly differ. */
      readonly sameVersion: boolean;
    })
  /** An earlier run was interrupted while it exchanged the tables; they are exchanged now. */
  | 'finished';

/**
 * Rebuilds the tables of a group, whose projectors go on meanwhile. A kill leaves the old tables with the old group, or
 * a plan that the next run finishes; a backfill is resumed. Throws Fault `rebuild_under_way` while another one runs,
 * `rebuild_unfinished` where an exchange is to be finished and the request is only to verify, `rebuild_version` where
 * another version planned that exchange, `rebuild_would_lose` where the tables hold events that the topic lacks, `log_behind_tables` where their group has read
 * further than the topic reaches, `shadow_lost` where tables to be exchanged are gone, `insert_incomplete` where
 * the shadow tables lack rows, and what stops the backfill.
 */
export async function rebuildTables(work: GroupRebuild, request: RebuildRequest): Promise<RebuildOutcome> {
  const hold = new LiveHold(work);
  try {
    return await rebuildHolding(work, request, hold);
  } catch (fault) {
    if (fault instanceof Fault && fault.code === 'insert_incomplete') await dropUnlessFilled(work);
    throw fault;
  } finally {
    await hold.release();
  }
}

/** Shadow tables that lack rows are filled no further, so the next run makes new ones. Where this fails, that run does it. */
async function dropUnlessFilled(work: GroupRebuild): Promise<void> {
  const dropAlone = async (): Promise<void> => {
    const alone = await work.topic.hold(work.groups.next);
    try {
      await requireAlone(work);
      await work.shadow.drop();
    } finally {
      await alone?.release();
    }
  };
  await dropAlone().catch(() => undefined);
}

async function rebuildHolding(
  work: GroupRebuild,
  request: RebuildRequest,
  hold: LiveHold,
): Promise<RebuildOutcome> {
  const { topic, groups } = work;
  const { verify, fresh } = request;
  await untilAlone(work);
  const live = checkpointsOf(await topic.commits(groups.live));
  /* A fresh rebuild fills all tables again, also those that were exchanged before the interruption. */
  if (isExchanging(live) && !(fresh && !verify)) return finishEarlier(work, hold, verify);
  const unplanned = await unplannedTables(work);
  if (unplanned.isOfAnotherTopic)
    work.report(`the tables are those of another topic: filling new ones from ${topic.name}`);
  const rebuilt = await runRebuild(groupStore(work, unplanned, hold), request);
  const isOfVersion = versionsOf(live).every((version) => version === work.version);
  return { ...rebuilt, sameVersion: isOfVersion && !unplanned.isOfAnotherTopic };
}

async function finishEarlier(work: GroupRebuild, hold: LiveHold, verify: boolean): Promise<'finished'> {
  if (verify)
    throw new Fault(
      'rebuild_unfinished',
      'a rebuild was interrupted while it exchanged the tables: run `rebuild` without --verify, which finishes it',
    );
  /* Two that exchange the same tables would exchange them back. */
  const { topic, groups, pollMillis, signal } = work;
  const retries = {
    firstDelay: pollMillis,
    maxDelay: 2_000,
    attempts: 10,
    sleep,
    ...(signal && { signal }),
  };
  const alone = await retry(() => topic.hold(groups.next), retries);
  try {
    await requireAlone(work);
    await finishExchange(groupExchange(work, hold));
    await work.shadow.drop();
  } finally {
    await alone?.release();
  }
  return 'finished';
}
