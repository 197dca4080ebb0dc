import { Fault } from '@tributary/kernel';

/** Gives each member to one user at a time. Waiting users are served in order. */
export type Pool<Member> = {
  /** Rejects as the work does; where waiting is limited, also with Fault `engine_busy` (retryable), without the work begun. */
  use<Result>(work: (member: Member) => Promise<Result>): Promise<Result>;
  /** Resolves when no member is in use and no user waits. */
  drain(): Promise<void>;
};

/** How long a user waits for a member. */
export type WaitLimit = {
  readonly millis: number;
  /** Calls `expire` after milliseconds; returns what prevents that. A timer of the process by default. */
  readonly timer?: (millis: number, expire: () => void) => () => void;
};

/** A pool of the given members. Users wait as long as it takes where there is no limit. It throws nothing by itself. */
export function pool<Member>(members: readonly Member[], limit?: WaitLimit): Pool<Member> {
  const idle = [...members];
  /** In the order in which they came. */
  const waiting = new Set<(member: Member) => void>();
  const running = new Set<Promise<unknown>>();

  const wait = (): Promise<Member> =>
    new Promise((resolve, reject) => {
      let stopTimer = (): void => undefined;
      const take = (member: Member): void => {
        waiting.delete(take);
        stopTimer();
        resolve(member);
      };
      waiting.add(take);
      if (!limit) return;
      const { millis, timer = processTimer } = limit;
      /* Who gives up leaves the queue at once, so no member is given to it. */
      const giveUp = (): void => {
        waiting.delete(take);
        reject(busy(members.length, millis));
      };
      stopTimer = timer(millis, giveUp);
    });

  const acquire = (): Promise<Member> => {
    const member = idle.pop();
    return member === undefined ? wait() : Promise.resolve(member);
  };

  const release = (member: Member): void => {
    const [next] = waiting;
    if (next) next(member);
    else idle.push(member);
  };

  const run = async <Result>(work: (member: Member) => Promise<Result>): Promise<Result> => {
    const member = await acquire();
    try {
      return await work(member);
    } finally {
      release(member);
    }
  };

  return {
    use(work) {
      const job = run(work);
      running.add(job);
      const done = (): boolean => running.delete(job);
      job.then(done, done);
      return job;
    },
    async drain() {
      while (running.size > 0) await Promise.allSettled(running);
    },
  };
}

const processTimer = (millis: number, expire: () => void): (() => void) => {
  const timer = setTimeout(expire, millis);
  return () => clearTimeout(timer);
};

const busy = (members: number, millis: number): Fault =>
  new Fault(
    'engine_busy',
    `the engine runs ${members} queries at once, and this one could not begin within ${millis / 1000} s; ask again later`,
    { retryable: true },
  );
