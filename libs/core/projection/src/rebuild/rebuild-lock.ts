import { Fault } from '@tributary/kernel';

/** Allows one rebuild at a time. */
export type RebuildLock = {
  /** Waits for work in the background. Throws Fault `rebuild_under_way` while another one holds the lock, and `stopping` after `end`. */
  hold<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result>;
  /** As `hold`, for work that nobody waits for. */
  holdInBackground<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result>;
  /** Aborts the rebuild in progress and waits for its end. */
  end(): Promise<void>;
};

export function openRebuildLock(): RebuildLock {
  const stopping = new AbortController();
  let holder: Promise<unknown> | undefined;
  let background: Promise<unknown> | undefined;
  const hold = async <Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> => {
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
  };
  return {
    async hold(work) {
      await background;
      return hold(work);
    },
    holdInBackground(work) {
      const holding = hold(work);
      background = holding.catch(() => undefined);
      return holding;
    },
    async end() {
      stopping.abort(new Fault('stopping', 'the projector stops'));
      await holder?.catch(() => undefined);
    },
  };
}
