import { Fault } from '@tributary/kernel';

/** Allows one rebuild at a time. */
export type RebuildLock = {
  /** Throws Fault `rebuild_under_way` while another one holds the lock, and `stopping` after `end`. */
  hold<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result>;
  /** Aborts the rebuild in progress and waits for its end. */
  end(): Promise<void>;
};

export function openRebuildLock(): RebuildLock {
  const stopping = new AbortController();
  let holder: Promise<unknown> | undefined;
  return {
    async hold(work) {
      stopping.signal.throwIfAborted();
      if (holder)
        throw new Fault('rebuild_under_way', 'the tables are being rebuilt: wait for it to end', {
          retryable: true,
        });
      const holding = work(stopping.signal).finally(() => {
        holder = undefined;
      });
      holder = holding;
      return holding;
    },
    async end() {
      stopping.abort(new Fault('stopping', 'the projector stops'));
      await holder?.catch(() => undefined);
    },
  };
}
