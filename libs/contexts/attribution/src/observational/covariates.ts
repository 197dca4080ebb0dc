import { largest, smallest } from '@tributary/kernel';
import { valueOf } from '../controls/differences.ts';
import { BUDGET, BUDGET_TOLERANCE, mayDiffer, sliceNames } from '../controls/may-differ.ts';
import { NOTHING } from '../controls/recorded-value.ts';
import type { ScoredRun } from '../experiment.ts';

/** How a covariate enters the regression. `none`: it differs and cannot be adjusted for. */
export type CountedAs = 'number' | 'logarithm' | 'levels' | 'none';

/** A recorded fact that differs between the runs. */
export type Covariate = {
  readonly field: string;
  readonly countedAs: CountedAs;
  /** Distinct values. */
  readonly values: number;
  /** Runs that record it. */
  readonly recorded: number;
  /** Its columns in the regression, one value for each run. */
  readonly columns: readonly Float64Array[];
};

/** Facts that say which data a run consumed, which its shares say as well. */
const OF_TREATMENT: ReadonlySet<string> = new Set(['snapshot', 'shards']);

/** Ratio of the largest to the smallest value from which a positive number counts by its logarithm. */
const LOGARITHM_FROM = 3;

/** Runs for each value of a fact, on average, without which it names runs rather than groups of them. */
const RUNS_A_VALUE = 3;

/** What of a run its covariates are read from. */
type Varied = Pick<ScoredRun, 'runId' | 'facts' | 'shares' | 'total'>;

type Fact = { readonly field: string; readonly values: readonly (string | null)[] };

/** Facts of the starts of the runs that are not equal in all, in order of their names, and the consumed amount. */
function variedFacts(runs: readonly Varied[]): Fact[] {
  const slices = sliceNames(runs);
  const fields = [...new Set(runs.flatMap(({ facts }) => [...(facts?.keys() ?? [])]))].toSorted();
  const facts = fields.flatMap((field): Fact[] => {
    if (OF_TREATMENT.has(field)) return [];
    if (runs.every((run) => run.facts?.has(field) !== true || mayDiffer(field, run.facts, slices))) return [];
    const values = runs.map((run) => valueOf(run, field));
    return new Set(values).size > 1 ? [{ field, values }] : [];
  });
  const totals = runs.map(({ total }) => total);
  const isEven = largest(totals) / smallest(totals) - 1 <= BUDGET_TOLERANCE;
  return isEven ? facts : [...facts, { field: BUDGET, values: totals.map(String) }];
}

/** Whether the runs differ in anything recorded that may matter, besides their data. */
export const differInFacts = (runs: readonly Varied[]): boolean =>
  runs.length > 0 && variedFacts(runs).length > 0;

/**
 * What an observational comparison adjusts for: every fact of the starts of the runs that differs between them, and the
 * consumed amount. All were decided before the training, so none of them is an effect of the mixture. Excluded are those
 * on the list of what may differ (seeds, names, folders), and those that name the data. Numbers enter as they are, positive
 * ones that span a factor of three or more by their logarithm; anything else by an indicator for each value but the most
 * frequent one, and not at all where there are fewer than three runs for each value. Runs that do not record a fact are a
 * level of their own.
 */
export const covariatesOf = (runs: readonly ScoredRun[]): Covariate[] =>
  variedFacts(runs).map((fact) => encoded(fact));

function encoded({ field, values }: Fact): Covariate {
  const known = values.filter((value) => value !== null);
  const distinct = new Set(known).size;
  const about = { field, values: distinct, recorded: known.length };
  const missing = known.length < values.length ? [indicator(values, null)] : [];
  const numbers = known.filter((value) => value !== NOTHING).map(Number);
  if (numbers.length > 0 && numbers.every(Number.isFinite)) {
    const [low, high] = [smallest(numbers), largest(numbers)];
    const isWide = low > 0 && high / low >= LOGARITHM_FROM;
    const read = (value: string) => (isWide ? Math.log(Number(value)) : Number(value));
    const isNumber = (value: string | null) => value !== null && value !== NOTHING;
    const column = standardised(values.map((value) => (isNumber(value) ? read(value!) : null)));
    const nothing = known.includes(NOTHING) ? [indicator(values, NOTHING)] : [];
    return {
      ...about,
      countedAs: isWide ? 'logarithm' : 'number',
      columns: [...missing, ...nothing, column],
    };
  }
  if (distinct > values.length / RUNS_A_VALUE) return { ...about, countedAs: 'none', columns: [] };
  return { ...about, countedAs: 'levels', columns: [...missing, ...indicators(values)] };
}

/** From -1 to 1 around the mean, so that no square overflows; the mean where a run records nothing. */
function standardised(values: readonly (number | null)[]): Float64Array {
  const within = (column: Float64Array) => {
    const most = column.reduce((size, value) => Math.max(size, Math.abs(value)), 0) || 1;
    return column.map((value) => value / most);
  };
  const scaled = within(Float64Array.from(values, (value) => value ?? 0));
  const known = scaled.filter((_, run) => values[run] !== null);
  const middle = known.reduce((sum, value) => sum + value, 0) / known.length;
  return within(scaled.map((value, run) => (values[run] === null ? 0 : value - middle)));
}

const indicator = (values: readonly (string | null)[], level: string | null) =>
  Float64Array.from(values, (value) => Number(value === level));

/** An indicator of each value, in their order, but of the most frequent one. */
function indicators(values: readonly (string | null)[]): Float64Array[] {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  const levels = [...counts.keys()].toSorted();
  const usual = levels.reduce(
    (most, level) => (counts.get(level)! > counts.get(most)! ? level : most),
    levels[0]!,
  );
  return levels.filter((level) => level !== usual).map((level) => indicator(values, level));
}
