import type { Warning } from '@tributary/attribution';
import type { scores } from '@tributary/evaluation';
import { groupBy } from '@tributary/kernel';
import type { RowOf } from '@tributary/kernel';

export type ScoreRow = RowOf<typeof scores>;

/** The scores that count for one benchmark of a capability, with a warning where several protocols were used. */
type Chosen = {
  readonly capability: string;
  readonly kept: readonly ScoreRow[];
  readonly warning: Warning | undefined;
};

export type ComparableScores = {
  readonly rows: readonly ScoreRow[];
  /** By capability. */
  readonly warnings: ReadonlyMap<string, readonly Warning[]>;
};

/**
 * Keeps the scores that can be compared. Scores of one benchmark by another metric, with other shots or of another
 * version are other quantities, so one protocol is used for all runs: the one of most runs, and among equals the first
 * by name. A score on all items has precedence over one on a part of them.
 */
export function comparableScores(rows: readonly ScoreRow[]): ComparableScores {
  const benchmarks = groupBy(rows, ({ capability, benchmark }) => JSON.stringify([capability, benchmark]));
  const chosen = [...benchmarks.values()].map(chooseProtocol);
  const warned = groupBy(
    chosen.filter(({ warning }) => warning !== undefined),
    ({ capability }) => capability,
  );
  const warnings = new Map(
    [...warned].map(([capability, of]) => [capability, of.flatMap(({ warning }) => warning ?? [])] as const),
  );
  const kept = new Set(chosen.flatMap((one) => one.kept));
  return { rows: rows.filter((row) => kept.has(row)), warnings };
}

function chooseProtocol(rows: readonly ScoreRow[]): Chosen {
  const all = groupBy(rows, protocolOf);
  const whole = rows.filter(({ item_limit }) => item_limit === null);
  const protocols = groupBy(whole.length > 0 ? whole : rows, protocolOf);
  const [protocol = '', kept = []] = [...protocols].toSorted(byRunsThenName)[0] ?? [];
  const { capability = '', benchmark = '' } = rows[0] ?? {};
  const text =
    `${benchmark} was measured in ${all.size} ways, which are not averaged: used is ${protocol}, ` +
    `which ${runsOf(kept)} of ${runsOf(rows)} runs have; the others are left out.`;
  const warning = all.size > 1 ? { code: 'several_ways_of_measuring', text } : undefined;
  return { capability, kept: newestOfRuns(kept), warning };
}

type ProtocolRows = readonly [string, readonly ScoreRow[]];

const byRunsThenName = ([leftName, left]: ProtocolRows, [rightName, right]: ProtocolRows): number =>
  runsOf(right) - runsOf(left) || Number(leftName > rightName) - Number(leftName < rightName);

const runsOf = (rows: readonly ScoreRow[]): number => new Set(rows.map(({ run_id }) => run_id)).size;

/** Two checkpoints of one step under one protocol are one measurement that was recorded twice: the later one counts. */
const newestOfRuns = (rows: readonly ScoreRow[]): ScoreRow[] =>
  [...groupBy(rows, ({ run_id }) => run_id).values()].map((ofRun) =>
    ofRun.reduce((newest, row) => (row.evidence > newest.evidence ? row : newest)),
  );

/** Metric, harness, shots, unit, direction and everything else that makes a score another quantity, as one string. */
export function protocolOf(row: ScoreRow): string {
  const { metric, metric_version, harness, shots, filter, task_version, split, prompt_digest, item_limit } =
    row;
  const { unit, higher_is_better, method, precision, task_hash } = row;
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
    task_hash && `task ${task_hash.slice(0, 12)}`,
    precision && `weights in ${precision}`,
  ];
  const scale = [unit, higher_is_better ? 'higher is better' : 'lower is better'];
  if (method !== 'measured') scale.push(method);
  return `${parts.filter((part) => part !== '').join(' ')} (${scale.filter((part) => part !== '').join(', ')})`;
}
