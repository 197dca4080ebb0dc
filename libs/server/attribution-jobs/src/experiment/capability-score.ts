import type { Score, Warning } from '@tributary/attribution';
import { groupBy } from '@tributary/kernel';
import type { ScoreRow } from './measurement-protocol.ts';

/**
 * How the benchmarks of a capability become one score. `single`: one benchmark, as recorded. `standardised`: each as the
 * part of the way from guessing, the recorded random baseline, to a perfect score. `mean`: one unit and one direction.
 * `unlike`: several units or directions without baselines, which are not combined.
 */
export type Scale = { readonly kind: 'single' | 'standardised' | 'mean' | 'unlike'; readonly text: string };

/** The perfect score of a benchmark; undefined where its unit has none. */
export function perfect({ unit, higher_is_better }: ScoreRow): number | undefined {
  if (!higher_is_better) return 0;
  if (unit === 'percent' || unit === '%') return 100;
  return unit === 'fraction' || unit === 'accuracy' ? 1 : undefined;
}

const isAnchored = (row: ScoreRow): boolean =>
  row.random_baseline !== null && perfect(row) !== undefined && perfect(row) !== row.random_baseline;

/** The scale of a capability, from all its comparable scores in all runs. */
export function scaleOf(capability: string, rows: readonly ScoreRow[]): Scale {
  const benchmarks = groupBy(rows, ({ benchmark }) => benchmark);
  const names = [...benchmarks.keys()].toSorted().join(', ');
  if (benchmarks.size < 2) return { kind: 'single', text: '' };
  const hasOneBaseline = (of: readonly ScoreRow[]) =>
    new Set(of.map((row) => row.random_baseline)).size === 1;
  if (rows.every(isAnchored) && [...benchmarks.values()].every(hasOneBaseline)) {
    const text = `${capability} is the mean of ${names} with equal weights, each as the part of the way from its recorded random baseline (0) to a perfect score (1).`;
    return { kind: 'standardised', text };
  }
  const units = [
    ...new Set(rows.map(({ unit, higher_is_better: up }) => `${unit}, ${up ? 'higher' : 'lower'} is better`)),
  ].toSorted();
  if (units.length === 1) {
    const text = `${capability} is the mean of ${names} with equal weights, all in ${units[0]}. Not every benchmark has one recorded random baseline, so guessing is not zero.`;
    return { kind: 'mean', text };
  }
  const text =
    `${capability} has the benchmarks ${names} in ${units.join(' and in ')}. These have no common mean. ` +
    'With a random baseline recorded for each they would be standardised.';
  return { kind: 'unlike', text };
}

/** The warning that says how a capability combines its benchmarks, or why it does not. */
export const scaleWarnings = ({ kind, text }: Scale): Warning[] =>
  kind === 'single' || kind === 'unlike' ? [] : [{ code: 'benchmarks_combined', text }];

const standardised = (row: ScoreRow): number => {
  const baseline = row.random_baseline ?? 0;
  return (row.value - baseline) / ((perfect(row) ?? 1) - baseline);
};

/** The score of one run on a capability, from one row for each benchmark. */
export function combinedScore(
  rows: readonly ScoreRow[],
  { kind, text }: Scale,
): Pick<Score, 'value' | 'unit' | 'higherIsBetter' | 'benchmarks' | 'unlike'> {
  const isStandard = kind === 'standardised';
  const values = rows.map((row) => [row.benchmark, isStandard ? standardised(row) : row.value] as const);
  return {
    value: kind === 'unlike' ? 0 : values.reduce((sum, [, value]) => sum + value, 0) / values.length,
    unit: isStandard ? 'standardised' : (rows[0]?.unit ?? ''),
    higherIsBetter: isStandard || (rows[0]?.higher_is_better ?? true),
    benchmarks: Object.fromEntries(values),
    ...(kind === 'unlike' ? { unlike: text } : {}),
  };
}
