import type { Run } from '../experiment.ts';
import { LENGTHS, mayDiffer, sliceNames } from './may-differ.ts';
import { comparable } from './recorded-value.ts';
import { missingFacts } from './required-facts.ts';

/** Runs on the two sides of a contrast: with more of the slice and with less of it. */
export type Sides<Member extends Run = Run> = {
  readonly more: readonly Member[];
  readonly less: readonly Member[];
};

/**
 * `differs`: recorded values differ between the sides. `partly_recorded`: some runs record it and others do not.
 * `varies_alike`: the values differ between runs, but each is as frequent on both sides. `not_recorded`: no run records it.
 */
export type DifferenceState = 'differs' | 'partly_recorded' | 'varies_alike' | 'not_recorded';

/** A value and the number of runs that have it on each side; null where it is not recorded. */
export type DifferenceValue = { readonly value: string | null; readonly more: number; readonly less: number };

/** A fact of the runs, other than the mixture, that is not known to be equal. */
export type Difference = {
  readonly field: string;
  readonly state: DifferenceState;
  readonly values: readonly DifferenceValue[];
};

/** Most values of one difference that are listed. */
const LISTED = 8;

export const allOf = <Member extends Run>({ more, less }: Sides<Member>): readonly Member[] => [
  ...more,
  ...less,
];

/**
 * Every fact of the runs that is not known to be equal, in order of its name. `budgetRatio` is the ratio of the realised
 * budgets where the question is about an added budget: lengths of the training in that ratio are the treatment.
 */
export function differencesOf(sides: Sides, budgetRatio: number | null): Difference[] {
  const runs = allOf(sides);
  const fields = [...new Set(runs.flatMap((run) => [...(run.facts?.keys() ?? [])]))].toSorted();
  const slices = sliceNames(runs);
  const compared = fields.filter((field) => !isPermitted(field, runs, slices));
  const found = compared.flatMap((field) => {
    const values = countedValues(sides, (run) => valueOf(run, field));
    const isTreatment = budgetRatio !== null && LENGTHS.has(field) && inRatio(sides, field, budgetRatio);
    return isTreatment ? [] : (differenceIn(field, values, sides) ?? []);
  });
  return [...found, ...notRecorded(sides, compared)];
}

/** Whether no run records the field but as what may differ. */
function isPermitted(field: string, runs: readonly Run[], slices: ReadonlySet<string>): boolean {
  return runs.every(({ facts }) => facts?.has(field) !== true || mayDiffer(field, facts, slices));
}

/** What a run records as it is compared, a member without a value among it; null where it records nothing. */
export function valueOf(run: Pick<Run, 'runId' | 'facts'>, field: string): string | null {
  const value = run.facts?.get(field);
  return value === undefined ? null : comparable(field, value, run);
}

/** The values of a fact with the number of runs on each side, the most frequent first. */
export function countedValues(sides: Sides, read: (run: Run) => string | null): DifferenceValue[] {
  const counts = new Map<string | null, { more: number; less: number }>();
  for (const side of ['more', 'less'] as const) {
    for (const run of sides[side]) {
      const value = read(run);
      const count = counts.get(value) ?? { more: 0, less: 0 };
      count[side] += 1;
      counts.set(value, count);
    }
  }
  const order = ({ value, more, less }: DifferenceValue) =>
    `${String(1e9 - more - less).padStart(10, '0')}${value}`;
  return [...counts]
    .map(([value, count]) => ({ value, ...count }))
    .toSorted((left, right) => Number(order(left) > order(right)) - Number(order(left) < order(right)));
}

/** The difference that the values show; undefined where all runs record one value. */
export function differenceIn(
  field: string,
  values: readonly DifferenceValue[],
  { more, less }: Sides,
): Difference | undefined {
  if (values.length < 2) return undefined;
  const isPartly = values.some(({ value }) => value === null);
  const isAlike = values.every(
    (one) => Math.abs(one.more / more.length - one.less / less.length) < Number.EPSILON,
  );
  const varied = isAlike ? 'varies_alike' : 'differs';
  return { field, state: isPartly ? 'partly_recorded' : varied, values: values.slice(0, LISTED) };
}

function inRatio({ more, less }: Sides, field: string, ratio: number): boolean {
  const numbers = (runs: readonly Run[]) => [...new Set(runs.map((run) => Number(run.facts?.get(field))))];
  const [high = Number.NaN, ...otherHigh] = numbers(more);
  const [low = Number.NaN, ...otherLow] = numbers(less);
  return otherHigh.length + otherLow.length === 0 && Math.abs(high / low / ratio - 1) <= 0.005;
}

function notRecorded(sides: Sides, compared: readonly string[]): Difference[] {
  const values = [{ value: null, more: sides.more.length, less: sides.less.length }];
  const recorded = allOf(sides).flatMap((run) =>
    compared.flatMap((field) => {
      const value = run.facts?.get(field);
      return value === undefined ? [] : [[field, value] as const];
    }),
  );
  return missingFacts(recorded).map((field) => ({ field, state: 'not_recorded', values }));
}

const counted = ({ value, count }: { readonly value: string | null; readonly count: number }) =>
  `${value ?? 'not recorded'} (${count} ${count === 1 ? 'run' : 'runs'})`;

/** A difference in words, with the values of both sides. */
export function differenceText({ field, state, values }: Difference): string {
  if (state === 'not_recorded') return field;
  const side = (name: 'more' | 'less') =>
    values
      .filter((one) => one[name] > 0)
      .map((one) => counted({ value: one.value, count: one[name] }))
      .join(', ');
  return `${field} is ${side('more')} with more of the slice and ${side('less')} with less`;
}
