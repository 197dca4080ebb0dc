import type { Warning } from '@tributary/attribution';
import type { scores } from '@tributary/evaluation';
import { groupBy } from '@tributary/kernel';
import type { RowOf } from '@tributary/kernel';

export type ScoreRow = RowOf<typeof scores>;

/** What was chosen for a benchmark of a capability; the warning is there where there was a choice. */
type Chosen = {
  readonly capability: string;
  readonly kept: readonly ScoreRow[];
  readonly warning: Warning | undefined;
};

export type MeasuredAlike = {
  readonly rows: readonly ScoreRow[];
  /** By capability. */
  readonly warnings: Readonly<Record<string, readonly Warning[]>>;
};

/**
 * Scores of one benchmark by another metric, with other shots or of another version are other quantities, so one way of
 * measuring is taken for all runs: the one that most runs share, of several such the first by its text. What was measured
 * on a part of the items gives way to what was measured on all.
 */
export function measuredAlike(rows: readonly ScoreRow[]): MeasuredAlike {
  const benchmarks = groupBy(rows, ({ capability, benchmark }) => JSON.stringify([capability, benchmark]));
  const chosen = [...benchmarks.values()].map(chooseWay);
  const warned = groupBy(
    chosen.filter(({ warning }) => warning !== undefined),
    ({ capability }) => capability,
  );
  const warnings = [...warned].map(
    ([capability, of]) => [capability, of.flatMap(({ warning }) => warning ?? [])] as const,
  );
  const kept = new Set(chosen.flatMap((one) => one.kept));
  return { rows: rows.filter((row) => kept.has(row)), warnings: Object.fromEntries(warnings) };
}

function chooseWay(rows: readonly ScoreRow[]): Chosen {
  const all = groupBy(rows, wayOf);
  const whole = rows.filter(({ item_limit }) => item_limit === null);
  const ways = groupBy(whole.length > 0 ? whole : rows, wayOf);
  const [way = '', kept = []] = [...ways].toSorted(byRunsThenText)[0] ?? [];
  const { capability = '', benchmark = '' } = rows[0] ?? {};
  const text =
    `${benchmark} was measured in ${all.size} ways, which are not averaged: used is ${way}, ` +
    `which ${runsOf(kept)} of ${runsOf(rows)} runs have; the others are left out.`;
  const warning = all.size > 1 ? { code: 'several_ways_of_measuring', text } : undefined;
  return { capability, kept: newestOfRuns(kept), warning };
}

type Way = readonly [string, readonly ScoreRow[]];

const byRunsThenText = ([leftWay, left]: Way, [rightWay, right]: Way): number =>
  runsOf(right) - runsOf(left) || Number(leftWay > rightWay) - Number(leftWay < rightWay);

const runsOf = (rows: readonly ScoreRow[]): number => new Set(rows.map(({ run_id }) => run_id)).size;

/** Two checkpoints of one step, measured alike, are one measurement told twice: the later one counts. */
const newestOfRuns = (rows: readonly ScoreRow[]): ScoreRow[] =>
  [...groupBy(rows, ({ run_id }) => run_id).values()].map((ofRun) =>
    ofRun.reduce((newest, row) => (row.evidence > newest.evidence ? row : newest)),
  );

/** Metric, harness, shots and whatever else makes a score another quantity, as one text. */
export function wayOf(row: ScoreRow): string {
  const { metric, metric_version, harness, shots, filter, task_version, split, prompt_digest, item_limit } =
    row;
  const parts = [
    metric,
    metric_version && `metric version ${metric_version}`,
    harness,
    shots === null ? '' : `${shots}-shot`,
    filter,
    task_version && `version ${task_version}`,
    split && `split ${split}`,
    prompt_digest && `prompt ${prompt_digest.slice(0, 19)}`,
    item_limit === null ? '' : `limit ${item_limit}`,
  ];
  return parts.filter((part) => part !== '').join(' ');
}
