import { isOfSize, refused } from '@tributary/attribution';
import type { RankingQuestion, RecipeRanking } from '@tributary/attribution';
import { valueIn } from '@tributary/kernel';
import type { LogPosition, SqlReader } from '@tributary/kernel';
import { MOST_RUNS, runsOutside } from '@tributary/training';
import type { JobRefusal } from './attributor.ts';
import type { Estimators } from './estimators/pool.ts';
import { declaredDatasets } from './experiment/declared-datasets.ts';
import { readRuns, scoredMembers } from './experiment/recorded-runs.ts';
import type { RecordedRuns } from './experiment/recorded-runs.ts';
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

/** How two scales order the recipes that were run at both, as of a position of the log. Scores of the end of each run count. */
export async function rankingOf(
  sql: SqlReader,
  estimators: Estimators,
  { outcome, proxy = outcome, small, target }: RankingRequest,
  asOf: LogPosition,
): Promise<RankingAnswer | JobRefusal> {
  const { runs: started, beyond } = await runsOutside(sql, new Set(), { first: MOST_RUNS, as_of: asOf });
  const ofScales = started.filter(
    ({ parameters }) => parameters !== null && (isOfSize(parameters, small) || isOfSize(parameters, target)),
  );
  const read = await readRuns(sql, ofScales, asOf);
  const recorded = { ...read, datasets: await declaredDatasets(sql, read, asOf) };
  const ids = ofScales.map(({ run_id }) => run_id);
  const scored = scoredMembers(measuredBy(recorded, outcome), ids);
  const proxied = proxy === outcome ? scored : scoredMembers(measuredBy(recorded, proxy), ids);
  const question = { small, target, capability: outcome.capability, proxy: proxy.capability };
  const sizes = started.flatMap(({ parameters }) => parameters ?? []);
  const ranked = await estimators.rank(question, { target: scored.runs, small: proxied.runs, sizes });
  if (refused(ranked)) return { ok: false, ...ranked };
  const ofScores = [
    ...(valueIn(scored.warnings, outcome.capability) ?? []),
    ...(proxied === scored ? [] : (valueIn(proxied.warnings, proxy.capability) ?? [])),
  ];
  return {
    ok: true,
    ...ranked,
    warnings: [...ranked.warnings, ...ofScores],
    notRead: beyond,
    evidence: positionsOf(ranked.evidence),
  };
}

/** The runs with the scores of an outcome alone, so that no other metric decides how it is measured. */
function measuredBy(recorded: RecordedRuns, { capability, benchmark, metric }: Outcome): RecordedRuns {
  const isMeasured = (row: {
    readonly capability: string;
    readonly benchmark: string;
    readonly metric: string;
  }) =>
    row.capability === capability &&
    (benchmark === undefined || row.benchmark === benchmark) &&
    (metric === undefined || row.metric === metric);
  const scored = new Map([...recorded.scored].map(([run, rows]) => [run, rows.filter(isMeasured)] as const));
  return { ...recorded, scored, items: new Map() };
}
