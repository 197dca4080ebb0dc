import type { Fault } from './fault.ts';

/** Gives each member to one user at a time. Waiting users are served in order. */
export type Pool<Member> = {
  /**
   * Rejects as the work does; where waiting is limited, also with the fault of the limit, and where the signal aborts
   * before a member is free, with its reason: the work has not begun then.
   */
  use<Result>(work: (member: Member) => Promise<Result>, signal?: AbortSignal): Promise<Result>;
  /** Resolves when no member is in use and no user waits. */
  drain(): Promise<void>;
  /** Users that work now, and users that wait. */
  readonly working: number;
  readonly waiting: number;
};

/** How long a user waits for a member, and how many do. */
export type WaitLimit = {
  readonly millis?: number | undefined;
  /** Users that wait; further ones are refused at once. */
  readonly most?: number | undefined;
  /** The fault of a user that has waited too long (`late`), or that finds too many waiting (`crowded`). */
  readonly refusal: (why: 'late' | 'crowded') => Fault;
  /** Calls `expire` after milliseconds; returns what prevents that. A timer of the process by default. */
  readonly timer?: (millis: number, expire: () => void) => () => void;
};

/** A pool of the given members. Users wait as long as it takes where there is no limit. It throws nothing by itself. */
export function pool<Member>(members: readonly Member[], limit?: WaitLimit): Pool<Member> {
  const idle = [...members];
  const queue = queueOf<Member>(limit);
  const running = new Set<Promise<unknown>>();

  const acquire = async (signal: AbortSignal | undefined): Promise<Member> => {
    signal?.throwIfAborted();
    return idle.pop() ?? queue.join(signal);
  };

  const run = async <Result>(
    work: (member: Member) => Promise<Result>,
    signal: AbortSignal | undefined,
  ): Promise<Result> => {
    const member = await acquire(signal);
    try {
      return await work(member);
    } finally {
      if (!queue.serve(member)) idle.push(member);
    }
  };

  return {
    use(work, signal) {
      const job = run(work, signal);
      running.add(job);
      const done = (): boolean => running.delete(job);
      job.then(done, done);
      return job;
    },
    get working() {
      return members.length - idle.length;
    },
    get waiting() {
      return queue.length;
    },
    async drain() {
      while (running.size > 0) await Promise.allSettled(running);
    },
  };
}

/** Users that wait, in the order in which they came. */
type Queue<Member> = {
  readonly length: number;
  join(signal: AbortSignal | undefined): Promise<Member>;
  /** Gives a member to the first one; false where nobody waits. */
  serve(member: Member): boolean;
};

function queueOf<Member>(limit: WaitLimit | undefined): Queue<Member> {
  const waiting = new Set<(member: Member) => void>();
  const { millis, most = Infinity, timer = processTimer, refusal } = limit ?? {};

  const join = (signal: AbortSignal | undefined): Promise<Member> =>
    new Promise((resolve, reject) => {
      if (refusal && waiting.size >= most) return reject(refusal('crowded'));
      let stopTimer = (): void => undefined;
      /* Who gives up leaves the queue at once, so no member is given to it. */
      const leave = (): void => {
        waiting.delete(take);
        stopTimer();
        signal?.removeEventListener('abort', abort);
      };
      const take = (member: Member): void => {
        leave();
        resolve(member);
      };
      const giveUp = (reason: unknown): void => {
        leave();
        reject(reason);
      };
      const abort = (): void => giveUp(signal?.reason);
      waiting.add(take);
      signal?.addEventListener('abort', abort);
      if (refusal && millis !== undefined) stopTimer = timer(millis, () => giveUp(refusal('late')));
      return undefined;
    });

  return {
    get length() {
      return waiting.size;
    },
    join,
    serve(member) {
      const [next] = waiting;
      next?.(member);
      return next !== undefined;
    },
  };
}

const processTimer = (millis: number, expire: () => void): (() => void) => {
  const timer = setTimeout(expire, millis);
  return () => clearTimeout(timer);
};
