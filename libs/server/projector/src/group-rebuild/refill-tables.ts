import { Fault } from '@tributary/kernel';
import { checkpointsOf, isExchanging, versionsOf } from './group-checkpoint.ts';
import type { GroupRebuild } from './group-rebuild.ts';
import { rebuildTables } from './rebuild-tables.ts';

/**
 * Fills the tables of a running group again, or finishes an exchange that was interrupted. Nothing is lost for it, and no
 * other rebuild is waited for. Throws Fault `tables_version` where another version filled the tables, which is for an
 * operator to decide about, and those of `rebuildTables`.
 */
export async function refillTables(work: GroupRebuild): Promise<void> {
  const live = checkpointsOf(await work.topic.commits(work.groups.live));
  if (!isExchanging(live) && versionsOf(live).some((version) => version !== work.version))
    throw new Fault(
      'tables_version',
      'another version of the projections filled the tables: run the command `rebuild` of the version that is to fill them',
    );
  await rebuildTables({ ...work, memberTimeout: 0 }, { verify: false, fresh: false });
}
