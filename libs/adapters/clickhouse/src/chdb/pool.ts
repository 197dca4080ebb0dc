/** Gives each member to one user at a time. Waiting users are served in order. */
export type Pool<Member> = {
  use<Result>(work: (member: Member) => Promise<Result>): Promise<Result>;
  /** Resolves when no member is in use and no user waits. */
  drain(): Promise<void>;
};

/** A pool of the given members. It throws nothing by itself; `use` rejects as its work does. */
export function pool<Member>(members: readonly Member[]): Pool<Member> {
  const idle = [...members];
  const waiting: ((member: Member) => void)[] = [];
  const running = new Set<Promise<unknown>>();

  const acquire = (): Promise<Member> => {
    const member = idle.pop();
    return member === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(member);
  };

  const release = (member: Member): void => {
    const next = waiting.shift();
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
