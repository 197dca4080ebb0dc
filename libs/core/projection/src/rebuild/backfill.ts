import { ReadLimits } from './bounded-log.ts';
import type { Offsets } from './bounded-log.ts';
import type { BackfillProgress, RebuildStore } from './rebuild-store.ts';

/** Fills the shadow tables from the log. */
export type Backfill = {
  /** Resolves when the shadow tables hold exactly what lies before these offsets. Throws what stops the worker for good. */
  to(offsets: Offsets): Promise<void>;
  /** Fills up to the live tables, again and again, until the distance no longer shrinks. The offsets reached then. */
  catchUp(): Promise<Offsets>;
  end(): Promise<void>;
};

const REPORT_MS = 10_000;

type Source = Pick<RebuildStore, 'startBackfill' | 'target' | 'report' | 'throwIfStopping'>;

export async function startBackfill(store: Source): Promise<Backfill> {
  const limits = new ReadLimits();
  const worker = await store.startBackfill(limits);
  const to = async (offsets: Offsets): Promise<void> => {
    limits.raise(offsets);
    for (let reported = performance.now(); ; await worker.changed()) {
      store.throwIfStopping();
      const progress = await worker.progress();
      if (isAt(progress, offsets)) return;
      if (performance.now() - reported < REPORT_MS) continue;
      reported = performance.now();
      const delay = progress.delay === undefined ? '' : `; ${progress.delay}`;
      store.report(`${total(progress.offsets)} of ${total(offsets)} events${delay}`);
    }
  };
  return {
    to,
    async catchUp() {
      let { offsets } = await worker.progress();
      for (let left = Infinity; ;) {
        const target = await store.target(offsets);
        const gap = total(target) - total(offsets);
        if (left < Infinity && (gap <= 0 || gap >= left)) return offsets;
        left = gap;
        await to(target);
        offsets = target;
      }
    },
    end: () => worker.end(),
  };
}

const isAt = ({ offsets, isSettled }: BackfillProgress, wanted: Offsets): boolean =>
  isSettled && wanted.every((offset, partition) => offsets[partition] === offset);

const total = (offsets: Offsets): number => offsets.reduce((sum, offset) => sum + offset, 0);
