import { quoted } from '../statement.ts';

export type Watchdog = {
  /**
   * Runs a query with a mark in its SQL. If the query runs beyond the limit, or the signal aborts, it is killed by that
   * mark. Where the signal has aborted before, it throws the reason, and the query does not run.
   */
  guard<Result>(name: string, work: (mark: string) => Promise<Result>, signal?: AbortSignal): Promise<Result>;
  /** Resolves when no kill is running. */
  drain(): Promise<void>;
};

const AGAIN_MILLIS = 200;

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
    async guard(name, work, signal) {
      signal?.throwIfAborted();
      queries += 1;
      const mark = `/* ${name.replaceAll(/[^\w.-]/g, '_')} #${queries} */`;
      let timer = setTimeout(kill, limitMillis, mark);
      const abort = (): void => {
        clearTimeout(timer);
        kill(mark);
        /* A query that has just been handed to its thread is not known to the engine yet. */
        timer = setInterval(kill, AGAIN_MILLIS, mark);
      };
      signal?.addEventListener('abort', abort, { once: true });
      try {
        return await work(mark);
      } finally {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
      }
    },
    drain: async () => void (await kills),
  };
}
