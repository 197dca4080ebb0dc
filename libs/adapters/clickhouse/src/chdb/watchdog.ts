import { quoted } from '../statement.ts';

export type Watchdog = {
  /** Runs a query under a mark that its text carries; a query that outstays the limit is killed by it. */
  guard<Result>(name: string, work: (mark: string) => Promise<Result>): Promise<Result>;
  /** Resolves when no kill is under way. */
  drain(): Promise<void>;
};

/**
 * Ends overdue queries from a session of its own. ASYNC, because SYNC waits for the victim's next query.
 * The engine's own time limit comes first; this catches what does not look at the clock.
 */
export function watchdog(limitMillis: number, execute: (sql: string) => Promise<unknown>): Watchdog {
  let asked = 0;
  let kills: Promise<unknown> = Promise.resolve();

  const kill = (mark: string): void => {
    const sql = `KILL QUERY WHERE startsWith(query, ${quoted(mark)}) ASYNC`;
    kills = kills.then(() => execute(sql)).catch(() => undefined);
  };

  return {
    async guard(name, work) {
      asked += 1;
      const mark = `/* ${name.replaceAll(/[^\w.-]/g, '_')} #${asked} */`;
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
