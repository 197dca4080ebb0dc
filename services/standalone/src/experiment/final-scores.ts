import type { Score } from '@tributary/attribution';
import type { finalItems, scores } from '@tributary/evaluation';
import { groupBy } from '@tributary/kernel';
import type { RowOf } from '@tributary/kernel';

type ScoreRow = RowOf<typeof scores>;
type ItemRow = RowOf<typeof finalItems>;

export type FinalScores = { readonly scores: Record<string, Score>; readonly evidence: readonly number[] };

/** The last score of every capability, by run; one without a step is of the end. Several benchmarks of one capability are averaged and kept beside. */
export function finalScores(rows: readonly ScoreRow[], items: readonly ItemRow[]): Map<string, FinalScores> {
  const itemsOf = new Map(items.map((row) => [`${row.run_id} ${row.capability}`, row]));
  const byRun = new Map<string, FinalScores>();
  for (const [run, ofRun] of groupBy(rows, ({ run_id }) => run_id)) {
    const final = [...groupBy(ofRun, ({ capability }) => capability).values()].map(lastStep);
    const scored = final.map((last) => [capabilityOf(last), scoreOf(last, itemsOf)] as const);
    byRun.set(run, {
      scores: Object.fromEntries(scored),
      evidence: final.flat().map(({ evidence }) => evidence),
    });
  }
  return byRun;
}

const capabilityOf = (rows: readonly ScoreRow[]): string => rows[0]?.capability ?? '';

function lastStep(rows: readonly ScoreRow[]): ScoreRow[] {
  const at = ({ step }: ScoreRow) => step ?? Infinity;
  const last = Math.max(...rows.map(at));
  return rows.filter((row) => at(row) === last);
}

function scoreOf(rows: readonly ScoreRow[], itemsOf: ReadonlyMap<string, ItemRow>): Score {
  return {
    value: rows.reduce((sum, { value }) => sum + value, 0) / rows.length,
    unit: rows[0]?.unit ?? '',
    higherIsBetter: rows[0]?.higher_is_better ?? true,
    comparability: rows.map(comparabilityOf).join('; '),
    benchmarks: Object.fromEntries(rows.map(({ benchmark, value }) => [benchmark, value])),
    ...(rows.length === 1 ? uncertainty(rows[0], itemsOf) : {}),
  };
}

function comparabilityOf({
  benchmark,
  metric,
  harness,
  shots,
  filter,
  task_version,
  item_limit,
}: ScoreRow): string {
  const parts = [
    shots === null ? '' : `${shots}-shot`,
    filter,
    task_version && `version ${task_version}`,
    item_limit === null ? '' : `limit ${item_limit}`,
  ];
  return [benchmark, metric, harness, ...parts].filter((part) => part !== '').join(' ');
}

/** Known only where the capability is one benchmark: neither errors nor items of several can be pooled unseen. */
function uncertainty(
  row: ScoreRow | undefined,
  itemsOf: ReadonlyMap<string, ItemRow>,
): Pick<Score, 'stderr' | 'items'> {
  const items = row && itemsOf.get(`${row.run_id} ${row.capability}`);
  const ofSameStep = items && items.last_step === row.step;
  return {
    stderr: row?.stderr ?? undefined,
    items: ofSameStep ? { ids: items.item_ids, values: items.item_values } : undefined,
  };
}
