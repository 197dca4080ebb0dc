import type { Score, Warning } from '@tributary/attribution';
import type { finalItems } from '@tributary/evaluation';
import { groupBy } from '@tributary/kernel';
import type { RowOf } from '@tributary/kernel';
import { comparableScores, protocolOf } from './measurement-protocol.ts';
import type { ScoreRow } from './measurement-protocol.ts';

type ItemRow = RowOf<typeof finalItems>;

export type FinalScores = { readonly scores: Record<string, Score>; readonly evidence: readonly number[] };

export type ScoredExperiment = {
  readonly byRun: ReadonlyMap<string, FinalScores>;
  /** By capability. */
  readonly warnings: Readonly<Record<string, readonly Warning[]>>;
};

/**
 * The last score of every capability, by run. A score without a step counts as one of the end. Each benchmark is measured
 * by one protocol in all runs. The score of a capability is the mean of its benchmarks, which are kept too.
 */
export function finalScores(rows: readonly ScoreRow[], items: readonly ItemRow[]): ScoredExperiment {
  const last = [...groupBy(rows, keyOf).values()].flatMap(lastStep);
  const comparable = comparableScores(last);
  const itemsOf = new Map(
    items.filter(({ capability }) => !comparable.warnings.has(capability)).map((row) => [keyOf(row), row]),
  );
  const byRun = new Map<string, FinalScores>();
  for (const [run, ofRun] of groupBy(comparable.rows, ({ run_id }) => run_id)) {
    const final = [...groupBy(ofRun, ({ capability }) => capability)];
    const scored = final.map(([capability, its]) => [capability, scoreOf(its, itemsOf)] as const);
    byRun.set(run, {
      scores: Object.fromEntries(scored),
      evidence: ofRun.map(({ evidence }) => evidence),
    });
  }
  return { byRun, warnings: Object.fromEntries(comparable.warnings) };
}

const keyOf = ({ run_id, capability }: { readonly run_id: string; readonly capability: string }): string =>
  JSON.stringify([run_id, capability]);

function lastStep(rows: readonly ScoreRow[]): ScoreRow[] {
  const at = ({ step }: ScoreRow) => step ?? Infinity;
  const last = rows.reduce((latest, row) => Math.max(latest, at(row)), -Infinity);
  return rows.filter((row) => at(row) === last);
}

function scoreOf(rows: readonly ScoreRow[], itemsOf: ReadonlyMap<string, ItemRow>): Score {
  return {
    value: rows.reduce((sum, { value }) => sum + value, 0) / rows.length,
    unit: rows[0]?.unit ?? '',
    higherIsBetter: rows[0]?.higher_is_better ?? true,
    comparability: rows.map((row) => `${row.benchmark} ${protocolOf(row)}`).join('; '),
    benchmarks: Object.fromEntries(rows.map(({ benchmark, value }) => [benchmark, value])),
    ...(rows.length === 1 ? uncertainty(rows[0], itemsOf) : {}),
  };
}

/** Known only where the capability is one benchmark: neither errors nor items of several can be pooled. */
function uncertainty(
  row: ScoreRow | undefined,
  itemsOf: ReadonlyMap<string, ItemRow>,
): Pick<Score, 'stderr' | 'items'> {
  const items = row && itemsOf.get(keyOf(row));
  const ofSameStep = items && items.last_step === row.step;
  return {
    stderr: row?.stderr ?? undefined,
    items: ofSameStep ? { ids: items.item_ids, values: items.item_values } : undefined,
  };
}
