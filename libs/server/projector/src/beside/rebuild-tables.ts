import { setTimeout as pause } from 'node:timers/promises';
import { eventPosition, Fault, formatLogPosition } from '@tributary/kernel';
import type { Position } from '@tributary/kernel';
import { begin } from './begin.ts';
import { compare } from './compare.ts';
import type { Comparison } from './compare.ts';
import { floorOf, targetsOf } from './live-tables.ts';
import { finishExchange, isExchanging, planExchange } from './exchange.ts';
import { beginFilling } from './filling.ts';
import type { Filling } from './filling.ts';
import type { Rebuilding } from './rebuilding.ts';
import { offsetsOf, standsOf, versionsOf } from './stand.ts';

export type Asked = {
  /** Compares only: the live tables stay, and their projectors go on. */
  readonly verify: boolean;
  /** Begins anew where an earlier run was broken off. */
  readonly fresh: boolean;
};

export type Outcome =
  | (Comparison & {
      readonly position: Position;
      readonly exchanged: boolean;
      /** Whether the live tables were made by this version; others may rightly differ. */
      readonly sameVersion: boolean;
    })
  /** An earlier run was broken off while it exchanged the tables; they are exchanged now. */
  | 'finished';

/**
 * Fills new tables beside those of a group, whose projectors go on meanwhile, compares both, and exchanges them unless
 * it is only to verify. A kill leaves the old tables with the old group, or a plan that the next run finishes; what was
 * filled is gone on with. Throws Fault `rebuild_under_way` beside another one, `rebuild_unfinished` where there is a
 * plan to finish and it is only to verify, and what stops the filling.
 */
export async function rebuildTables(work: Rebuilding, { verify, fresh }: Asked): Promise<Outcome> {
  const { topic, groups, shadow, tell } = work;
  const live = standsOf(await topic.commits(groups.live));
  await untilAlone(work);
  /* Tables that were exchanged by half are filled again like any others. */
  if (isExchanging(live) && !(fresh && !verify)) return finish(work, verify);
  const floor = await floorOf(work);
  if (await begin(work, fresh, floor)) tell('going on where the last run was broken off');
  const filling = await beginFilling(work, floor);
  try {
    const offsets = await filling.after();
    const compared = verify
      ? { ...(await compare(work, offsets)), position: positionAt(offsets), exchanged: false }
      : await exchanging(work, filling, floor);
    const sameVersion = versionsOf(live).every((version) => version === work.version);
    await filling.end();
    await shadow.drop();
    return { ...compared, sameVersion };
  } catch (error) {
    await filling.end();
    throw error;
  }
}

async function finish(work: Rebuilding, verify: boolean): Promise<'finished'> {
  if (verify)
    throw new Fault(
      'rebuild_unfinished',
      'a rebuild was broken off while it exchanged the tables: run `rebuild` without --verify, which finishes it',
    );
  await finishExchange(work);
  await work.shadow.drop();
  return 'finished';
}

/** Takes the last stretch once the projectors have stopped; again from there where one comes back before the plan. */
async function exchanging(work: Rebuilding, filling: Filling, floor: readonly number[]) {
  const { topic, groups, tell } = work;
  for (;;) {
    await untilStopped(work, filling);
    const live = standsOf(await topic.commits(groups.live));
    const offsets = targetsOf(live, floor);
    await filling.to(offsets);
    tell('comparing');
    const compared = await compare(work, offsets);
    await requireAlone(work);
    if (!(await isUnmoved(work, offsetsOf(live)))) continue;
    try {
      await planExchange(work, live);
    } catch (fault) {
      if (fault instanceof Fault && fault.code === 'group_busy') continue;
      throw fault;
    }
    await finishExchange(work);
    return { ...compared, position: positionAt(offsets), exchanged: true };
  }
}

const isUnmoved = async ({ topic, groups }: Rebuilding, offsets: readonly number[]): Promise<boolean> =>
  offsetsOf(standsOf(await topic.commits(groups.live))).every(
    (offset, partition) => offset === offsets[partition],
  );

async function untilStopped({ topic, groups, every, tell }: Rebuilding, filling: Filling): Promise<void> {
  for (let told = false; (await topic.members(groups.live)) > 0; await pause(every)) {
    if (!told) tell('the new tables have caught up: stop the projectors; answers go on');
    told = true;
    await filling.after();
  }
}

/** A run that was killed is a member until its session is over. */
async function untilAlone({ topic, groups, every, forgotten, tell }: Rebuilding): Promise<void> {
  const until = performance.now() + forgotten;
  for (let told = false; (await topic.members(groups.next)) > 0; await pause(every)) {
    if (performance.now() > until) throw underWay(groups.next);
    if (!told) tell('another rebuild is at work, or one that was killed is not forgotten yet: waiting');
    told = true;
  }
}

async function requireAlone({ topic, groups }: Rebuilding): Promise<void> {
  if ((await topic.members(groups.next)) !== 1) throw underWay(groups.next);
}

const underWay = (group: string): Fault =>
  new Fault('rebuild_under_way', `another rebuild is at work in group ${group}: let it end, or stop it`, {
    retryable: true,
  });

const positionAt = (offsets: readonly number[]): Position =>
  formatLogPosition(offsets.map((offset, partition) => eventPosition(partition, offset)));
