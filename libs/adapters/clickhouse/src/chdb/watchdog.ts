import { quoted } from '../statement.ts';

export type Watchdog = {
  /** Runs a query with a mark in its SQL. If the query runs beyond the limit, it is killed by that mark. */
  guard<Result>(name: string, work: (mark: string) => Promise<Result>): Promise<Result>;
  /** Resolves when no kill is running. */
  drain(): Promise<void>;
};

/**
 * Kills overdue queries from a separate session. The kill is ASYNC, because SYNC waits for the next query of the killed
 * session. The engine's own time limit is shorter; this kills queries that do not check it.
 */
export function watchdog(limitMillis: number, execute: (sql: string) => Promise<unknown>): Watchdog {
  let queries = 0;
  let kills: Promise<unknown> = Promise.resolve();

  const kill = (mark: string): void => {
    const sql = `KILL QUERY WHERE startsWith(query, ${quoted(mark)}) ASYNC`;
    kills = kills.then(() => execute(sql)).catch(() => undefined);
  };

  return {
    async guard(name, work) {
      queries += 1;
      const mark = `/* ${name.replaceAll(/[^\w.-]/g, '_')} #${queries} */`;
      const timer = setTimeout(kill, limitMillis, mark);
      try {
        return await work(mark);
      } finally {
        clearTimeout(timer);
      }
    },
    drain: async () => void (await kills),
  };
}
