import { Fault } from '@tributary/kernel';
import { areFilledFromAnother, unplannedTables } from './another-topic.ts';
import { checkpointsOf, isExchanging, versionsOf } from './group-checkpoint.ts';
import type { GroupCheckpoint } from './group-checkpoint.ts';
import type { GroupRebuild } from './group-rebuild.ts';
import { rebuildTables } from './rebuild-tables.ts';

/**
 * Fills the tables of a running group again, or finishes an exchange that was interrupted. Nothing is lost for it, and no
 * other rebuild is waited for. Where the disk has no room for the tables twice, what was filled is dropped. For an operator to decide about, it throws Fault `tables_version` where another version filled
 * the tables, and `tables_ahead` where another group or topic may have. Throws those of `rebuildTables`, too.
 */
export async function refillTables(work: GroupRebuild): Promise<void> {
  const live = checkpointsOf(await work.topic.commits(work.groups.live));
  if (!isExchanging(live)) await requireOwn(work, live);
  const unattended = { ...work, memberTimeout: 0, isUnattended: true };
  try {
    await rebuildTables(unattended, { verify: false, fresh: false });
  } catch (fault) {
    if (fault instanceof Fault && fault.code === 'disk_full') await work.shadow.drop();
    throw fault;
  }
}

async function requireOwn(work: GroupRebuild, live: readonly GroupCheckpoint[]): Promise<void> {
  if (versionsOf(live).some((version) => version !== work.version))
    throw new Fault(
      'tables_version',
      'another version of the projections filled the tables: run the command `rebuild` of the version that is to fill them',
    );
  const { offsets, isOfAnotherTopic } = await unplannedTables(work);
  const isOwn = !isOfAnotherTopic && !(await areFilledFromAnother(work));
  if (isOwn && offsets.every((offset) => offset === 0)) return;
  throw new Fault(
    'tables_ahead',
    `the tables hold events that group ${work.groups.live} has not planned: another group fills them, or the offsets of this one are lost. Where no other group fills them, run the command \`rebuild\``,
  );
}
