import { Fault } from '@tributary/kernel';

/** One rebuild at a time. */
export type Turns = {
  /** Throws Fault `rebuild_under_way` while another turn is taken. */
  take<Result>(turn: (signal: AbortSignal) => Promise<Result>): Promise<Result>;
  /** Tells the turn under way to stop and waits for its end; no other one is taken. */
  end(): Promise<void>;
};

export function openTurns(): Turns {
  const stopping = new AbortController();
  let underWay: Promise<unknown> | undefined;
  return {
    async take(turn) {
      stopping.signal.throwIfAborted();
      if (underWay)
        throw new Fault('rebuild_under_way', 'the tables are being rebuilt: wait for it to end', {
          retryable: true,
        });
      const taken = turn(stopping.signal).finally(() => {
        underWay = undefined;
      });
      underWay = taken;
      return taken;
    },
    async end() {
      stopping.abort(new Fault('stopping', 'the projector stops'));
      await underWay?.catch(() => undefined);
    },
  };
}
