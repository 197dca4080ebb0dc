import { isOfSize, refused } from '@tributary/attribution';
import type { RankingQuestion, RecipeRanking, Scale, Warning } from '@tributary/attribution';
import { valueIn } from '@tributary/kernel';
import type { LogPosition, SqlReader } from '@tributary/kernel';
import { MOST_RUNS, runsOutside } from '@tributary/training';
import type { ListedRun } from '@tributary/training';
import type { JobRefusal } from './attributor.ts';
import type { Estimators } from './estimators/pool.ts';
import { declaredDatasets } from './experiment/declared-datasets.ts';
import { readRuns, scoredMembers } from './experiment/recorded-runs.ts';
import type { RecordedRuns, ScoredRuns } from './experiment/recorded-runs.ts';
import { positionsOf } from './in-log-order.ts';

/** What is measured: a capability, or one benchmark or metric of it. */
export type Outcome = {
  readonly capability: string;
  readonly benchmark?: string | undefined;
  readonly metric?: string | undefined;
};

export type RankingRequest = Pick<RankingQuestion, 'small' | 'target'> & {
  readonly outcome: Outcome;
  /** What is measured at the small scale; the outcome where absent. */
  readonly proxy?: Outcome | undefined;
};

export type RankingAnswer = RecipeRanking & {
  readonly ok: true;
  /** Started runs that were not looked at, because there are more than can be read. */
  readonly notRead: number;
  /** Positions of the facts behind the compared runs, in the order of the log. */
  readonly evidence: readonly string[];
};

/**
 * How two scales order the recipes that were run at both, as of a position of the log. Scores of the end of each completed run
 * count; each scale is measured in the way that most of its runs are.
 */
export async function rankingOf(
  sql: SqlReader,
  estimators: Estimators,
  { outcome, proxy = outcome, small, target }: RankingRequest,
  asOf: LogPosition,
): Promise<RankingAnswer | JobRefusal> {
  const { runs: started, beyond } = await runsOutside(sql, new Set(), { first: MOST_RUNS, as_of: asOf });
  const atScale = async (scale: Scale, measured: Outcome) =>
    scoredAt(sql, started.filter(isStartedAt(scale)), measured, asOf);
  const [ofSmall, ofTarget] = [await atScale(small, proxy), await atScale(target, outcome)];
  const question = { small, target, capability: outcome.capability, proxy: proxy.capability };
  const sizes = started.flatMap(({ parameters, status }) =>
    status === 'completed' ? (parameters ?? []) : [],
  );
  const ranked = await estimators.rank(question, { target: ofTarget.runs, small: ofSmall.runs, sizes });
  if (refused(ranked)) return { ok: false, ...ranked };
  return {
    ok: true,
    ...ranked,
    warnings: [...ranked.warnings, ...ofSmall.warnings, ...ofTarget.warnings],
    notRead: beyond,
    evidence: positionsOf(ranked.evidence),
  };
}

const isStartedAt =
  (scale: Scale) =>
  ({ parameters }: ListedRun): boolean =>
    parameters !== null && isOfSize(parameters, scale);

/** The runs with their scores of an outcome. Those that did not complete have none, so they decide nothing. */
async function scoredAt(
  sql: SqlReader,
  started: readonly ListedRun[],
  outcome: Outcome,
  asOf: LogPosition,
): Promise<Pick<ScoredRuns, 'runs'> & { readonly warnings: readonly Warning[] }> {
  const read = await readRuns(sql, started, asOf, { capability: outcome.capability });
  const datasets = await declaredDatasets(sql, read, asOf);
  const completed = new Set(started.flatMap(({ run_id, status }) => (status === 'completed' ? run_id : [])));
  const recorded = measuredBy({ ...read, datasets }, outcome, completed);
  const { runs, warnings } = scoredMembers(
    recorded,
    started.map(({ run_id }) => run_id),
  );
  return { runs, warnings: valueIn(warnings, outcome.capability) ?? [] };
}

/** The runs with the scores of an outcome alone, so that no other metric decides how it is measured. */
function measuredBy(
  recorded: RecordedRuns,
  { benchmark, metric }: Outcome,
  completed: ReadonlySet<string>,
): RecordedRuns {
  const isMeasured = (row: { readonly benchmark: string; readonly metric: string }) =>
    (benchmark === undefined || row.benchmark === benchmark) &&
    (metric === undefined || row.metric === metric);
  const scored = new Map(
    [...recorded.scored].flatMap(([run, rows]) =>
      completed.has(run) ? [[run, rows.filter(isMeasured)] as const] : [],
    ),
  );
  return { ...recorded, scored };
}
