import type { Run } from '@tributary/attribution';
import type { LogPosition, RowOf, SqlReader } from '@tributary/kernel';
import { notInTokens, realisedShares } from '@tributary/training';
import type { CountedHistory } from '@tributary/training';

/** What a run consumed. */
export type ConsumedMixture = Pick<Run, 'shares' | 'total' | 'unit' | 'method' | 'otherUnits'>;

/** What a run consumed of a slice, in one unit. */
export type ConsumedRow = RowOf<typeof realisedShares>;

/** What runs consumed, and those of which no one unit counts all. */
export type ConsumedByRuns = {
  readonly rows: readonly ConsumedRow[];
  readonly mixed: ReadonlySet<string>;
};

/** Reads what runs consumed by slice and unit. Only of runs with several units is it asked whether tokens count all. */
export async function readConsumed(
  sql: SqlReader,
  history: CountedHistory,
  as_of: LogPosition,
): Promise<ConsumedByRuns> {
  const rows = await sql.all(realisedShares, { ...history, as_of });
  const units = new Map<string, Set<string>>();
  for (const { run_id, unit } of rows) units.set(run_id, (units.get(run_id) ?? new Set()).add(unit));
  const several = new Set([...units].flatMap(([run, of]) => (of.size > 1 ? [run] : [])));
  if (several.size === 0) return { rows, mixed: several };
  const own = history.run_ids.flatMap((run, at) => (several.has(run) ? [at] : []));
  const segments = {
    run_ids: own.flatMap((at) => history.run_ids[at] ?? []),
    attempts: own.flatMap((at) => history.attempts[at] ?? []),
    ends: own.flatMap((at) => history.ends[at] ?? []),
  };
  const found = await sql.all(notInTokens, { ...segments, open_segments: [0], open_buckets: [0], as_of });
  return { rows, mixed: new Set(found.map(({ run_id }) => run_id)) };
}

/** The rows in the unit that a run is counted in: in tokens where it has any, because units are never added. */
export function inOneUnit(rows: readonly ConsumedRow[]): readonly ConsumedRow[] {
  const units = unitsOf(rows);
  const counted = units.includes('token') ? 'token' : units[0];
  return rows.filter(({ unit }) => unit === counted);
}

/**
 * What a run consumed: shares by slice, the amount, its unit, and how it was determined. A run of which no one unit counts
 * all (`isMixed`) has no shares: what lies beside its tokens has none, and a sum of units has no meaning.
 */
export function mixtureOf(rows: readonly ConsumedRow[], isMixed: boolean): ConsumedMixture {
  const [first = 'token', ...others] = unitsOf(rows);
  if (isMixed) return { shares: {}, total: 0, unit: first, method: methodsOf(rows), otherUnits: others };
  const counted = inOneUnit(rows);
  const unit = counted[0]?.unit ?? 'token';
  const total = counted.reduce((sum, { amount }) => sum + amount, 0);
  const left = unitsOf(rows).filter((other) => other !== unit);
  return {
    shares: Object.fromEntries(counted.map(({ slice, amount }) => [slice, total > 0 ? amount / total : 0])),
    total,
    unit,
    method: methodsOf(counted),
    ...(left.length > 0 ? { otherUnits: left } : {}),
  };
}

const unitsOf = (rows: readonly ConsumedRow[]): readonly string[] =>
  [...new Set(rows.map(({ unit }) => unit))].toSorted();

/** The distinct methods of the rows, which have several each. */
const methodsOf = (rows: readonly ConsumedRow[]): string =>
  [...new Set(rows.flatMap(({ methods }) => methods.split(',')))].toSorted().join(',');
