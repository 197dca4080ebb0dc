import type { Score, Warning } from '@tributary/attribution';
import type { finalItems } from '@tributary/evaluation';
import { groupBy } from '@tributary/kernel';
import type { RowOf } from '@tributary/kernel';
import { combinedScore, scaleOf, scaleWarnings } from './capability-score.ts';
import type { Scale } from './capability-score.ts';
import { comparableScores, protocolOf } from './measurement-protocol.ts';
import type { ScoreRow } from './measurement-protocol.ts';
import { limitWarnings } from './score-limits.ts';

type ItemRow = RowOf<typeof finalItems>;
type Measured = Pick<ScoreRow, keyof ScoreRow & keyof ItemRow>;

export type FinalScores = { readonly scores: Record<string, Score>; readonly evidence: readonly number[] };

export type ScoredExperiment = {
  readonly byRun: ReadonlyMap<string, FinalScores>;
  /** By capability. */
  readonly warnings: Readonly<Record<string, readonly Warning[]>>;
};

/**
 * The last score of every capability, by run, with its step and tokens. A score without a step counts as one of the end.
 * Each benchmark is measured by one protocol in all runs. Several benchmarks of a capability are combined by `scaleOf`.
 */
export function finalScores(rows: readonly ScoreRow[], items: readonly ItemRow[]): ScoredExperiment {
  const last = [...groupBy(rows, keyOf).values()].flatMap(lastStep);
  const comparable = comparableScores(last);
  const itemsOf = new Map(
    items
      .filter(({ capability }) => !comparable.warnings.has(capability))
      .map((row) => [measurementOf(row, row.harness_name), row]),
  );
  const byCapability = groupBy(comparable.rows, ({ capability }) => capability);
  const scales = new Map(
    [...byCapability].map(([capability, of]) => [capability, scaleOf(capability, of)] as const),
  );
  const byRun = new Map<string, FinalScores>();
  for (const [run, ofRun] of groupBy(comparable.rows, ({ run_id }) => run_id)) {
    const final = [...groupBy(ofRun, ({ capability }) => capability)];
    const scored = final.map(
      ([capability, its]) => [capability, scoreOf(its, itemsOf, scales.get(capability))] as const,
    );
    byRun.set(run, {
      scores: Object.fromEntries(scored),
      evidence: [...ofRun, ...final.flatMap(([, its]) => itemsUnder(its, itemsOf) ?? [])].map(
        ({ evidence }) => evidence,
      ),
    });
  }
  const warnings = [...scales].flatMap(([capability, scale]) => {
    const all = [
      ...(comparable.warnings.get(capability) ?? []),
      ...scaleWarnings(scale),
      ...limitWarnings(byCapability.get(capability) ?? []),
    ];
    return all.length > 0 ? [[capability, all] as const] : [];
  });
  return { byRun, warnings: Object.fromEntries(warnings) };
}

const keyOf = ({ run_id, capability }: { readonly run_id: string; readonly capability: string }): string =>
  JSON.stringify([run_id, capability]);

/** What scores and items of one measurement share, so that items never stand for a score of another one. */
const measurementOf = (row: Measured, harness: string): string =>
  JSON.stringify([
    row.run_id,
    row.capability,
    row.benchmark,
    row.metric,
    row.metric_version,
    row.shots,
    row.filter,
    row.task_version,
    row.task_hash,
    harness,
  ]);

function lastStep(rows: readonly ScoreRow[]): ScoreRow[] {
  const at = ({ step }: ScoreRow) => step ?? Infinity;
  const last = rows.reduce((latest, row) => Math.max(latest, at(row)), -Infinity);
  return rows.filter((row) => at(row) === last);
}

const SINGLE: Scale = { kind: 'single', text: '' };

function scoreOf(rows: readonly ScoreRow[], itemsOf: ReadonlyMap<string, ItemRow>, scale = SINGLE): Score {
  const tokens = new Set(rows.map((row) => row.tokens));
  return {
    ...combinedScore(rows, scale),
    comparability: rows.map((row) => `${row.benchmark} ${protocolOf(row)}`).join('; '),
    step: rows[0]?.step ?? undefined,
    tokens: tokens.size === 1 ? (rows[0]?.tokens ?? undefined) : undefined,
    ...uncertainty(rows, itemsOf),
  };
}

/** The items of a score: of its step, and only where the capability is one benchmark, because those of several are not pooled. */
function itemsUnder(
  [row, ...others]: readonly ScoreRow[],
  itemsOf: ReadonlyMap<string, ItemRow>,
): ItemRow | undefined {
  const items = row && others.length === 0 ? itemsOf.get(measurementOf(row, row.harness)) : undefined;
  return items && items.last_step === row?.step ? items : undefined;
}

/** Known only where the capability is one benchmark: errors of several are not pooled either. */
function uncertainty(
  rows: readonly ScoreRow[],
  itemsOf: ReadonlyMap<string, ItemRow>,
): Pick<Score, 'stderr' | 'items'> {
  if (rows.length !== 1) return {};
  const items = itemsUnder(rows, itemsOf);
  return {
    stderr: rows[0]?.stderr ?? undefined,
    items: items && { ids: items.item_ids, values: items.item_values },
  };
}
