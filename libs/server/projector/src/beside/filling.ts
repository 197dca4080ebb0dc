import { setTimeout as pause } from 'node:timers/promises';
import { Fault } from '@tributary/kernel';
import { Limits } from './limits.ts';
import { targetsOf } from './live-tables.ts';
import type { Rebuilding } from './rebuilding.ts';
import { isAt, offsetsOf, standsOf } from './stand.ts';

/** Fills the tables beside as a member of their group. */
export type Filling = {
  /** Resolves when they hold exactly what lies before these offsets. Throws what keeps it from its work for good. */
  to(offsets: readonly number[]): Promise<void>;
  /** Up to where the live tables are, until waiting longer would bring the two no closer. Where both are then. */
  after(): Promise<readonly number[]>;
  end(): Promise<void>;
};

const TELL_MS = 10_000;

export async function beginFilling(work: Rebuilding, floor: readonly number[]): Promise<Filling> {
  const { topic, groups, queueBytes, every, tell } = work;
  const limits = new Limits();
  const look = async (group: string) => standsOf(await topic.commits(group));
  const membership = await topic.join({ group: groups.next, queueBytes, work: work.work(limits) });
  let at = offsetsOf(await look(groups.next));

  const to: Filling['to'] = async (offsets) => {
    limits.raise(offsets);
    for (let told = performance.now(); ; await pause(every)) {
      const stands = await look(groups.next);
      at = offsetsOf(stands);
      if (isAt(stands, offsets)) return;
      const fault = membership.fault();
      if (fault !== undefined && !(fault instanceof Fault && fault.retryable)) throw fault;
      if (performance.now() - told < TELL_MS) continue;
      told = performance.now();
      tell(`${total(at)} of ${total(offsets)} events${fault === undefined ? '' : `; ${fault.message}`}`);
    }
  };
  return {
    to,
    async after() {
      for (let left = Infinity; ;) {
        /* A group that repeats a range steps back for a moment. */
        const target = targetsOf(
          await look(groups.live),
          at.map((offset, partition) => Math.max(offset, floor[partition] ?? 0)),
        );
        const gap = total(target) - total(at);
        if (left < Infinity && (gap <= 0 || gap >= left)) return at;
        left = gap;
        await to(target);
      }
    },
    end: () => membership.leave(),
  };
}

const total = (offsets: readonly number[]): number => offsets.reduce((sum, offset) => sum + offset, 0);
