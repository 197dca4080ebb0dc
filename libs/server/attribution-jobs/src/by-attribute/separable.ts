import type { Effect, Warning } from '@tributary/attribution';
import type { Cell, DividedAmounts } from './divide-amounts.ts';
import { isWithin } from './slice-names.ts';

/** Largest accepted difference in any share from a union of recorded slices; that of the pairs of arms of an ablation. */
const SHARE_TOLERANCE = 0.005;

/** Multiple correlation with recorded slices from which an attribute cannot be told from them. */
const SEPARABLE_BELOW = 0.95;

/** Standard deviation of the share, beyond what follows from recorded slices, below which it counts as none; that of a dose. */
const LEAST_VARIATION = 0.001;

type Runs = DividedAmounts['cells'];

/**
 * Why the effect of a slice by an attribute cannot be told from those of recorded slices: it is a part of some of them, and
 * its share follows from theirs. Undefined where it is a union of whole recorded slices, whose effect it then is, and where
 * its share varies by itself, with a multiple correlation below .95 with the shares of the recorded slices.
 */
export function notSeparable(cells: Runs, slice: string): Warning | undefined {
  const runs = [...cells.values()].map((of) => partsOf(of, slice));
  const pooled = fractionsOf(runs);
  const impure = runs.map((run) =>
    sumOf([...run.recorded].map(([name, { share }]) => share * impurity(pooled.get(name)!))),
  );
  const shares = runs.map(({ share }) => share);
  const isUnion = runs.every(
    ({ share }, at) => impure[at]! <= Math.min(SHARE_TOLERANCE, Math.max(share, meanOf(shares)) / 5),
  );
  if (isUnion) return undefined;
  const followed = runs.map(({ recorded }) =>
    sumOf([...recorded].map(([name, { share }]) => share * pooled.get(name)!)),
  );
  const varied = sumOfSquares(shares);
  const own = sumOfSquares(shares.map((share, at) => share - followed[at]!));
  const isLarge = Math.sqrt(own / runs.length) > LEAST_VARIATION;
  if (isLarge && own / varied > 1 - SEPARABLE_BELOW ** 2) return undefined;
  const mixed = [...pooled]
    .filter(([, fraction]) => impurity(fraction) > 0)
    .toSorted((a, b) => (a[0] < b[0] ? -1 : 1));
  const listed = mixed
    .slice(0, NAMED)
    .map(([name, fraction]) => `${(100 * fraction).toFixed(1)} % of ${name}`);
  const more = mixed.length > NAMED ? ` and ${mixed.length - NAMED} more` : '';
  const text =
    `${slice} is a part of recorded slices (${listed.join(', ')}${more}), and the runs moved these as wholes: its effect cannot be told ` +
    'from theirs. Needs runs that differ in it while the recorded slices stay as they are.';
  return { code: 'not_separable', text };
}

const NAMED = 5;

type Parts = {
  /** Share of the slice in the run. */
  readonly share: number;
  /** Share of each recorded slice, and of the slice within it. */
  readonly recorded: ReadonlyMap<string, { readonly share: number; readonly own: number }>;
};

function partsOf(cells: readonly Cell[], slice: string): Parts {
  const total = sumOf(cells.map(({ amount }) => amount));
  const recorded = new Map<string, { share: number; own: number }>();
  for (const { leaf, recorded: name, amount } of cells) {
    const known = recorded.get(name) ?? { share: 0, own: 0 };
    const share = amount / total;
    recorded.set(name, { share: known.share + share, own: known.own + (isWithin(leaf, slice) ? share : 0) });
  }
  return { share: sumOf([...recorded.values()].map(({ own }) => own)), recorded };
}

/** The part of each recorded slice that is of the slice, over all runs. */
function fractionsOf(runs: readonly Parts[]): ReadonlyMap<string, number> {
  const sums = new Map<string, { share: number; own: number }>();
  for (const { recorded } of runs)
    for (const [name, { share, own }] of recorded) {
      const known = sums.get(name) ?? { share: 0, own: 0 };
      sums.set(name, { share: known.share + share, own: known.own + own });
    }
  return new Map([...sums].map(([name, { share, own }]) => [name, own === share ? 1 : own / share]));
}

const impurity = (fraction: number): number => Math.min(fraction, 1 - fraction);

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);
const meanOf = (numbers: readonly number[]): number => sumOf(numbers) / numbers.length;

function sumOfSquares(numbers: readonly number[]): number {
  const middle = meanOf(numbers);
  return sumOf(numbers.map((number) => (number - middle) ** 2));
}

/** The effect without an estimate, for a reason. */
export const withoutEstimate = (effect: Effect, reason: Warning): Effect => ({
  ...effect,
  effect: null,
  interval: null,
  otherIntervals: [],
  pValue: null,
  qValue: null,
  identification: 'associational',
  verdict: 'not_identified',
  interpretation: 'not_identified',
  relativeChange: null,
  minimumDetectableEffect: null,
  slope: null,
  negativeControls: [],
  decomposition: undefined,
  adjustment: undefined,
  warnings: [reason, ...effect.warnings],
});
