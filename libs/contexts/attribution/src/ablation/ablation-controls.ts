import { estimateOf } from './arm-comparison.ts';
import type { ArmValues } from './arm-comparison.ts';
import type { NegativeControl } from '../effect.ts';
import { mean } from '../numerics/moments.ts';
import type { Random } from '../numerics/random.ts';
import { signFlips, splits } from '../statistics/relabellings.ts';
import { pValueOf } from '../statistics/welch.ts';
import type { Comparison, Estimate } from '../statistics/welch.ts';

type Relabelled = { readonly all: readonly ArmValues[]; readonly isExact: boolean };

/** The values with every relabelling: labels exchanged within pairs of one seed, or dealt anew over all seeds. */
function relabelled(values: ArmValues, generator: Random): Relabelled {
  const { more, less, isPaired } = values;
  if (isPaired) {
    const { all, isExact } = signFlips(more.length, generator);
    const flipped = (signs: readonly number[]) => ({
      ...values,
      more: signs.map((sign, index) => (sign > 0 ? more : less)[index]!),
      less: signs.map((sign, index) => (sign > 0 ? less : more)[index]!),
    });
    return { all: all.map(flipped), isExact };
  }
  const pooled = [...more, ...less];
  const { all, isExact } = splits(more.length, less.length, generator);
  const dealt = (side: readonly number[]) => side.map((index) => pooled[index]!);
  return {
    all: all.map((split) => ({ ...values, more: dealt(split.more), less: dealt(split.less) })),
    isExact,
  };
}

const size = ({ effect, standardError }: Estimate) => (effect === 0 ? 0 : Math.abs(effect) / standardError);

function outcomeOf(passes: boolean, fails: boolean): NegativeControl['outcome'] {
  if (passes) return 'passed';
  return fails ? 'failed' : 'cannot_tell';
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

/** Relative difference of two statistics that is rounding. */
const ROUNDING = 1e-9;

/**
 * Permutation test of the labels (Fisher 1935; studentised, Janssen 1997): without an effect every relabelling is as likely
 * as the actual one. An effect that the estimator finds must be rare among relabellings too. The control cannot tell where
 * the number of relabellings does not allow a p value at the level, or where one relabelling more or less would decide.
 */
function shuffledLabels(
  values: ArmValues,
  found: Comparison,
  level: number,
  generator: Random,
): NegativeControl {
  const { all, isExact } = relabelled(values, generator);
  const actual = size(found);
  const asLarge = all.slice(1).filter((one) => size(estimateOf(one)) >= actual * (1 - ROUNDING)).length;
  const [pValue, attainableLevel] = [(asLarge + 1) / all.length, 1 / all.length];
  const rate = 1 - level + ROUNDING;
  const cannotReach = attainableLevel > rate;
  const isFound = found.pValue <= rate;
  const contradicts = isFound && asLarge / all.length > rate;
  const borders = isFound && pValue > rate && !contradicts;
  const counted = isExact ? `the ${all.length} distinct relabellings` : `${all.length} random relabellings`;
  const what = values.isPaired ? 'of the arms within seeds' : 'of the arms';
  const reason = cannotReach ? `, above ${percent(1 - level)}: it cannot tell` : '';
  return {
    name: values.isPaired ? 'exchanged_labels_within_seeds' : 'shuffled_arm_labels',
    outcome: outcomeOf(!cannotReach && !borders && !contradicts, !cannotReach && contradicts),
    trials: all.length,
    falsePositives: asLarge,
    attainableLevel,
    planted: null,
    found: null,
    text:
      `Of ${counted} ${what}, ${asLarge} besides the actual one show as large an effect, p = ${pValue.toPrecision(2)}. ` +
      `The smallest p that this control can reach is ${percent(attainableLevel)}${reason}.`,
  };
}

/** Number of relabellings that an effect is planted in. */
const PLANTED = 200;

/** Shares of the planted effects from which the control passes, and below which it fails. */
const [ENOUGH, TOO_FEW] = [0.6, 0.4];

/** Outcomes without an effect: deviations from the mean of the arm, or of the differences in pairs, at their full spread. */
function withoutEffect(values: ArmValues): ArmValues {
  const inflated = (of: readonly number[]) => {
    const centre = mean(of);
    const factor = Math.sqrt(of.length / (of.length - 1));
    return of.map((value) => factor * (value - centre));
  };
  const { more, less, isPaired } = values;
  if (!isPaired) return { ...values, more: inflated(more), less: inflated(less) };
  return {
    ...values,
    more: inflated(more.map((value, index) => value - less[index]!)),
    less: less.map(() => 0),
  };
}

/**
 * Positive control: an effect of the minimum detectable size is added to relabelled outcomes without an effect, and the
 * estimator should find it in four of five.
 */
function plantedEffect(
  values: ArmValues,
  planted: number,
  level: number,
  generator: Random,
): NegativeControl {
  const { all } = relabelled(withoutEffect(values), generator);
  const every = Math.max(1, Math.ceil(all.length / PLANTED));
  const trials = all.filter((_, index) => index % every === 0);
  const found = trials.filter((one) => {
    const estimate = estimateOf({ ...one, more: one.more.map((value) => value + planted) });
    return estimate.effect > 0 && pValueOf(estimate) <= 1 - level + ROUNDING;
  }).length;
  const share = found / trials.length;
  return {
    name: 'planted_effect',
    outcome: outcomeOf(share >= ENOUGH, share < TOO_FEW),
    trials: trials.length,
    falsePositives: 0,
    attainableLevel: null,
    planted,
    found,
    text:
      `An effect of ${planted.toPrecision(3)}, the minimum detectable one, was planted in ${trials.length} relabellings of ` +
      `the outcomes without their effect and found in ${found}; four of five are expected.`,
  };
}

const notRun = (name: string): NegativeControl => ({
  name,
  outcome: 'not_run',
  trials: 0,
  falsePositives: 0,
  attainableLevel: null,
  planted: null,
  found: null,
  text: 'The control needs two seeds in each arm whose scores differ.',
});

/** The controls of an ablation: relabelled arms, where no effect is expected, and a planted effect, which is. */
export function ablationControls(
  values: ArmValues | undefined,
  comparison: Comparison | undefined,
  { level, detectable, generator }: { level: number; detectable: number | null; generator: Random },
): NegativeControl[] {
  if (!values || !comparison || detectable === null)
    return ['shuffled_arm_labels', 'planted_effect'].map(notRun);
  return [
    shuffledLabels(values, comparison, level, generator),
    plantedEffect(values, detectable, level, generator),
  ];
}
