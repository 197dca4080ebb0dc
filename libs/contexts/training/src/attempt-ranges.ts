import type { LogPosition, SqlReader } from '@tributary/kernel';
import { segmentFinder } from './counted-history.ts';
import type { CountedHistory } from './counted-history.ts';
import { OPEN_END } from './history.ts';
import { firstSteps } from './history-queries.ts';

/** Steps of a history that one attempt is responsible for. */
export type AttemptRange = {
  readonly run: string;
  readonly attempt: number;
  readonly firstStep: number;
  /** Inclusive; infinite of the newest attempt. */
  readonly lastStep: number;
};

/** A history as ranges of steps from 0 on, in order: each is of the oldest attempt that no later one supersedes there. */
export function attemptRanges({ run_ids, attempts, ends }: CountedHistory): AttemptRange[] {
  const segments = run_ids.map((run, at) => ({ run, attempt: attempts[at] ?? 0, end: ends[at] ?? OPEN_END }));
  let firstStep = 0;
  return segments
    .toReversed()
    .toSorted((left, right) => left.end - right.end)
    .flatMap(({ run, attempt, end }) => {
      if (end <= firstStep) return [];
      const lastStep = end >= OPEN_END ? Infinity : end - 1;
      const range = { run, attempt, firstStep, lastStep };
      firstStep = end;
      return [range];
    });
}

/** The first step of a history of which exposure or metrics are recorded; undefined where there is none. */
export async function firstCountedStep(
  sql: SqlReader,
  { run_ids, attempts, ends }: CountedHistory,
  as_of: LogPosition,
): Promise<number | undefined> {
  const rows = await sql.all(firstSteps, { run_ids, attempts, as_of });
  const segmentOf = segmentFinder({ run_ids, attempts });
  const found = rows.flatMap(({ run_id, attempt, first_step }) =>
    first_step !== null && first_step < (ends[segmentOf(run_id, attempt)] ?? 0) ? [first_step] : [],
  );
  return found.length === 0 ? undefined : found.reduce((first, step) => Math.min(first, step));
}
