import { compareScores, invalidatedScores, scores } from '@tributary/evaluation';
import type { LeftOutScore, ScoreRow, ScoreSetting as Setting, TrainingPoint } from '@tributary/evaluation';
import { Fault, formatEventPosition } from '@tributary/kernel';
import type { EventPosition, RowOf, SqlReader } from '@tributary/kernel';
import { ownHistory, supersededSaves } from '@tributary/training';
import type { Save } from '@tributary/training';
import { answered, incomplete } from '../answer.ts';
import type { Freshness } from '../answer.ts';
import { doubtsOfHistory } from '../exposure/history-doubts.ts';
import { ScoreExclusion, ScoreSetting } from '../generated/schema.ts';
import type { ExcludedScore, QueryScoreComparisonArgs, ScoreComparison } from '../generated/schema.ts';
import { freshnessOfRun, requireName } from '../known.ts';
import { scoreOf } from '../resolvers/score-of.ts';
import type { Runtime } from '../runtime.ts';

export type ComparisonQuestion = Omit<QueryScoreComparisonArgs, 'asOf'>;

/** Scores of a run that are read, and as many that were invalidated; an answer about more is incomplete. */
const MAX_SCORES = 10_000;

/** Pairs of the scores of two runs, and what is left out. Throws Fault `unknown_run`, and `same_run` for one run. */
export async function scoreComparison(
  { engine: { reader } }: Runtime,
  fresh: Freshness,
  { run, otherRun, ...filter }: ComparisonQuestion,
): Promise<ScoreComparison> {
  requireName('run', run, fresh);
  requireName('run', otherRun, fresh);
  const first = await scoresOf(reader, fresh, { run, ...filter });
  if (run === otherRun) throw new Fault('same_run', `both are run ${run}: compare it with another run`);
  const second = await scoresOf(reader, fresh, { run: otherRun, ...filter });
  const { compared, leftOut } = compareScores(first.counted, second.counted, {
    first: first.isCut,
    second: second.isCut,
  });
  const firstScores = new Set(first.counted);
  const isFirst = ({ score }: LeftOutScore): boolean => firstScores.has(score);
  const excluded = [
    ...leftOut.filter(isFirst).map(unpaired),
    ...first.excluded,
    ...leftOut.filter((one) => !isFirst(one)).map(unpaired),
    ...second.excluded,
  ];
  const reasons = [...new Set([...first.reasons, ...second.reasons])];
  const whole = reasons.reduce<Freshness>((known, reason) => incomplete(known, reason), fresh);
  return {
    ...answered(whole, { positions: [...first.positions, ...second.positions] }),
    run,
    otherRun,
    compared: compared.map((pair) => ({
      first: scoreOf(pair.first),
      second: scoreOf(pair.second),
      difference: pair.second.value - pair.first.value,
      unrecorded: pair.unrecorded.map((setting) => NAMES[setting]),
    })),
    excluded,
  };
}

type RunScores = {
  readonly counted: readonly ScoreRow[];
  readonly excluded: readonly ExcludedScore[];
  readonly positions: readonly EventPosition[];
  readonly reasons: readonly string[];
  /** Whether the run has more scores than are read. */
  readonly isCut: boolean;
};

/** The scores of a run that can be compared, and those that were invalidated or are of steps that do not count. */
async function scoresOf(
  reader: SqlReader,
  fresh: Freshness,
  { run, capability, benchmark }: Omit<ComparisonQuestion, 'otherRun'>,
): Promise<RunScores> {
  const as_of = fresh.position;
  const asked = {
    run_ids: [run],
    capability: capability ?? null,
    benchmark: benchmark ?? null,
    first: MAX_SCORES + 1,
    as_of,
  };
  const rows = await reader.all(scores, { ...asked, after: '' });
  const invalidated = await reader.all(invalidatedScores, asked);
  const history = await ownHistory(reader, [run], as_of);
  const supersededBy = await supersededSaves(reader, history, as_of);
  const read = rows.slice(0, MAX_SCORES).map((row) => ({ row, save: supersededBy(row) }));
  const superseded = read.flatMap(({ row, save }) => (save ? [supersededScore(row, save)] : []));
  return {
    isCut: rows.length > MAX_SCORES,
    counted: read.flatMap(({ row, save }) => (save ? [] : [row])),
    excluded: [...superseded, ...invalidated.slice(0, MAX_SCORES).map(invalidatedScore)],
    positions: [
      ...read.flatMap(({ row, save }) => [row.evidence, ...(save ? [save.evidence] : [])]),
      ...invalidated.slice(0, MAX_SCORES).flatMap((row) => [row.evidence, row.invalidated_by]),
    ],
    reasons: [
      ...doubtsOfHistory(history),
      ...(rows.length + invalidated.length > 0 ? [] : await noScores(reader, fresh, run)),
      ...(Math.max(rows.length, invalidated.length) > MAX_SCORES
        ? [`only the first ${MAX_SCORES} scores of run ${run} are compared`]
        : []),
    ],
  };
}

/** Why there is nothing to compare. Throws Fault `unknown_run` where no event mentions the run. */
async function noScores(reader: SqlReader, fresh: Freshness, run: string): Promise<string[]> {
  await freshnessOfRun(reader, fresh, run);
  return [`no such scores recorded of run ${run}`];
}

const NONE = { differences: [], invalidation: null, supersededAttempt: null };

const unpaired = ({ score, why, differences }: LeftOutScore): ExcludedScore => ({
  ...NONE,
  score: scoreOf(score),
  why: WHY[why],
  differences: differences.map(({ setting, own, other }) => ({ setting: NAMES[setting], own, other })),
});

const supersededScore = (row: ScoreRow, { attempt }: Save): ExcludedScore => ({
  ...NONE,
  score: scoreOf(row),
  why: ScoreExclusion.Superseded,
  supersededAttempt: attempt,
});

const invalidatedScore = (row: RowOf<typeof invalidatedScores>): ExcludedScore => ({
  ...NONE,
  score: scoreOf(row),
  why: ScoreExclusion.Invalidated,
  invalidation: {
    reason: row.reason,
    actor: row.actor,
    evidence: formatEventPosition(row.invalidated_by),
  },
});

const WHY: Readonly<Record<LeftOutScore['why'], ScoreExclusion>> = {
  not_scored: ScoreExclusion.NotScored,
  settings_differ: ScoreExclusion.SettingsDiffer,
  no_score_there: ScoreExclusion.NoScoreThere,
  repeated: ScoreExclusion.Repeated,
  not_read: ScoreExclusion.NotRead,
};

const NAMES: Readonly<Record<Setting | TrainingPoint, ScoreSetting>> = {
  metric: ScoreSetting.Metric,
  metric_version: ScoreSetting.MetricVersion,
  split: ScoreSetting.Split,
  shots: ScoreSetting.Shots,
  filter: ScoreSetting.Filter,
  task_version: ScoreSetting.TaskVersion,
  task_hash: ScoreSetting.TaskHash,
  prompt_digest: ScoreSetting.PromptDigest,
  item_limit: ScoreSetting.Limit,
  items: ScoreSetting.Items,
  precision: ScoreSetting.Precision,
  harness: ScoreSetting.Harness,
  unit: ScoreSetting.Unit,
  higher_is_better: ScoreSetting.HigherIsBetter,
  method: ScoreSetting.Method,
  tokens: ScoreSetting.Tokens,
  step: ScoreSetting.Step,
};
