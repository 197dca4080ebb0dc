import type { LogPosition, SqlReader } from '@tributary/kernel';
import { consumedIn, firstFacts, orderPositions } from '@tributary/training';
import type { CountedHistory } from '@tributary/training';
import { MAX_EVIDENCE } from '../answer.ts';
import type { Evidence } from '../answer.ts';
import type { RunPath } from './run-paths.ts';

/** The facts behind what was consumed on paths of a run: of the exposure and of the orders the first, and how many there are. */
export async function factsBehind(
  reader: SqlReader,
  counted: RunPath,
  superseded: readonly RunPath[],
  { run, as_of }: { readonly run: string; readonly as_of: LogPosition },
): Promise<Evidence[]> {
  const history = united([counted, ...superseded].map((path) => path.history));
  const { run_ids, attempts, ends } = history;
  const { facts } =
    superseded.length === 0
      ? counted.consumption
      : await consumedIn(reader, history, { run, by: 'domain', as_of });
  const orders = await reader.all(orderPositions, {
    run_ids,
    attempts,
    ends,
    of_shards: 'all',
    shard_ids: [],
    first: MAX_EVIDENCE,
    as_of,
  });
  const positions = await firstFacts(reader, history, { first: MAX_EVIDENCE, as_of });
  return [{ positions, total: facts }, ...orders];
}

/** The steps of several histories, each attempt up to the last end that it has: paths of one run share most of their facts. */
function united(histories: readonly CountedHistory[]): CountedHistory {
  const segments = new Map<string, { run: string; attempt: number; end: number; isPassed: boolean }>();
  for (const { run_ids, attempts, ends, passed } of histories)
    for (const [at, run] of run_ids.entries()) {
      const [attempt = 0, end = 0] = [attempts[at], ends[at]];
      const key = JSON.stringify([run, attempt]);
      const known = segments.get(key);
      const isPassed = known?.isPassed === true || passed[at] === true;
      segments.set(key, { run, attempt, end: Math.max(end, known?.end ?? 0), isPassed });
    }
  const all = [...segments.values()];
  return {
    run_ids: all.map(({ run }) => run),
    attempts: all.map(({ attempt }) => attempt),
    ends: all.map(({ end }) => end),
    taken_over: all.map(({ end }) => end),
    passed: all.map(({ isPassed }) => isPassed),
    open_segments: [0],
    open_buckets: [0],
    unplaced: histories.flatMap(({ unplaced }) => unplaced),
    unresolved: histories.flatMap(({ unresolved }) => unresolved),
    exposures: histories.reduce((sum, { exposures }) => sum + exposures, 0),
  };
}
