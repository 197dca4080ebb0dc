import type { Identification } from '../effect.ts';
import type { Arm, Experiment, ScoredRun, Warning } from '../experiment.ts';
import type { ArmPair } from '../ablation/arm-pair.ts';
import { shareOf } from '../composition/composition.ts';
import { quantile } from '../numerics/moments.ts';
import type { Swarm } from '../swarm/swarm.ts';
import { isRandomised } from '../experiment.ts';
import { scaleFindings } from './accuracy-scales.ts';
import { checkedAssignment } from './assignment.ts';
import { followsShare } from './balance.ts';
import type { Association } from './balance.ts';
import { briefly } from './briefly.ts';
import { allOf, countedValues, differencesOf, differenceText, valueOf } from './differences.ts';
import type { Difference, DifferenceState, Sides } from './differences.ts';
import { evaluationDifferences } from './evaluations.ts';
import { weakest } from './identification.ts';
import { BUDGET, BUDGET_TOLERANCE } from './may-differ.ts';
import { planFindings } from './plan.ts';
import { contradictions, recordFindings, repeatedSeeds } from './records.ts';
import type { Finding } from './records.ts';
import { isHeldEqual } from './required-facts.ts';
import { runsToSeparate } from '../swarm/runs-to-add.ts';

/** What differs between the sides of a contrast besides the mixture, and how strong an identification that leaves. */
export type Audit = {
  /** Why no effect can be told from that of another covariate. */
  readonly refusal: Warning | undefined;
  readonly identification: Identification;
  readonly differences: readonly Difference[];
  readonly warnings: readonly Warning[];
};

/** Absolute correlation with the share from which a covariate cannot be told from it. */
const SEPARABLE_BELOW = 0.95;

/** Largest p value of an association with the share at which a covariate counts as following it. */
const FOLLOWS = 0.05;

const CODES: Readonly<Record<DifferenceState, string>> = {
  differs: 'configuration_differs',
  partly_recorded: 'partly_recorded',
  varies_alike: 'varies_on_both_sides',
  not_recorded: 'not_recorded',
};

const LEADS: Readonly<Record<DifferenceState, string>> = {
  differs: 'The sides differ in more than the mixture',
  partly_recorded: 'Some runs record it and others do not, so agreement is unknown',
  varies_alike: 'The runs differ, equally often on both sides',
  not_recorded: 'No run records it, so agreement is unknown',
};

const NAMED = 6;

/** One warning for each state of the differences, with the values of both sides. */
function differenceWarnings(differences: readonly Difference[]): Warning[] {
  return (['differs', 'partly_recorded', 'varies_alike', 'not_recorded'] as const).flatMap((state) => {
    const found = differences.filter(
      (difference) => difference.state === state && difference.field !== BUDGET,
    );
    if (found.length === 0) return [];
    /* What no run records has no values, so all of it is named. */
    const named = state === 'not_recorded' ? found : found.slice(0, NAMED);
    const more = found.length > named.length ? `; and ${found.length - named.length} more` : '';
    const text = `${LEADS[state]}: ${named.map(differenceText).join('; ')}${more}.`;
    return [{ code: CODES[state], text }];
  });
}

/** The realised budgets, where they differ by more than the tolerance; within each side where the budget is added. */
function budgetDifferences(sides: Sides, isBudgetAdded: boolean): Difference[] {
  const uneven = (runs: Sides['more']) => {
    const totals = runs.map(({ total }) => total).toSorted((left, right) => left - right);
    return totals.at(-1)! / totals[0]! - 1 > BUDGET_TOLERANCE;
  };
  if (isBudgetAdded ? !uneven(sides.more) && !uneven(sides.less) : !uneven(allOf(sides))) return [];
  const values = countedValues(sides, ({ total, unit }) => `${total.toLocaleString('en-US')} ${unit}`);
  return [{ field: BUDGET, state: 'differs', values: values.slice(0, 8) }];
}

function budgetWarnings(differences: readonly Difference[]): Warning[] {
  const found = differences.filter(({ field }) => field === BUDGET);
  return found.map((difference) => ({
    code: 'budget_differs',
    text: `The runs did not spend the same budget: ${differenceText(difference)}.`,
  }));
}

const warningsOf = (differences: readonly Difference[], findings: readonly Finding[]): Warning[] => [
  ...budgetWarnings(differences),
  ...differenceWarnings(differences),
  ...findings.map(({ warning }) => warning),
];

/** Leaves out what no run records and the protocol of every arm held equal; a warning names it. */
function withoutHeld(found: readonly Difference[], arms: readonly Arm[]) {
  const isHeld = ({ field, state }: Difference) =>
    state === 'not_recorded' && arms.every(({ heldEqual = [] }) => isHeldEqual(field, heldEqual));
  const fields = found.filter(isHeld).map(({ field }) => field);
  const text = `No run records it, and the protocol says that it was held equal: ${fields.join(', ')}.`;
  const warning = { code: 'held_equal_by_protocol', text };
  const held: Finding[] = fields.length === 0 ? [] : [{ warning, cap: 'randomised' }];
  return { differences: found.filter((difference) => !isHeld(difference)), held };
}

const ABLATION_CAPS: Readonly<Record<DifferenceState, Identification>> = {
  differs: 'associational',
  partly_recorded: 'associational',
  varies_alike: 'controlled_ablation',
  not_recorded: 'observational_adjusted',
};

/**
 * Compares the two arms of an ablation in everything that their runs record. A recorded difference leaves an association;
 * a fact that is not recorded leaves `observational_adjusted`; a design in blocks leaves `controlled_ablation`.
 */
export function auditArms(
  experiment: Experiment,
  { more, less }: ArmPair,
  capability: string,
  isBudgetAdded: boolean,
): Audit {
  const sides = { more: more.runs, less: less.runs };
  const arms = [more.arm, less.arm];
  const names = arms.map(({ arm }) => arm);
  const found = [
    ...budgetDifferences(sides, isBudgetAdded),
    ...differencesOf(sides, isBudgetAdded ? more.total / less.total : null),
    ...evaluationDifferences(sides),
  ];
  const { differences, held } = withoutHeld(found, arms);
  const assignment = checkedAssignment(experiment, arms, sides);
  const findings = [
    ...held,
    ...unassigned(experiment),
    ...assignment.findings,
    ...methodFindings(allOf(sides), 'controlled_ablation'),
    ...scaleFindings(allOf(sides), capability),
    ...recordFindings(experiment, names, capability, 'controlled_ablation'),
    ...contradictions(experiment, names, 'controlled_ablation'),
    ...planFindings(arms, allOf(sides), 'controlled_ablation'),
    ...repeatedSeeds([more.runs, less.runs], 'controlled_ablation'),
  ];
  const caps = [...differences.map(({ state }) => ABLATION_CAPS[state]), ...findings.map(({ cap }) => cap)];
  return {
    refusal: undefined,
    identification: weakest([assignment.base, ...caps]),
    differences,
    warnings: warningsOf(differences, findings),
  };
}

/** What remains of arms that nobody assigned: which runs were started, and which were kept, may depend on other things. */
function unassigned({ origin, leftOut = [] }: Experiment): Finding[] {
  if (origin !== 'found') return [];
  const text =
    'No assignment is recorded. The arms were found by comparing runs, so it is unknown why each was started and ' +
    'whether others were left out of the record.';
  const without = leftOut.length === 0 ? [] : [`Recorded, agreeing and left out: ${leftOut.join(' ')}`];
  const warning = { code: 'found_by_comparison', text: [text, ...without].join(' ') };
  return [{ warning, cap: 'controlled_ablation' }];
}

/** Runs whose shares were determined in different ways, or not counted at all. */
function methodFindings(runs: readonly ScoredRun[], cap: Identification): Finding[] {
  const methods = [...new Set(runs.map(({ method }) => method))].toSorted();
  if (methods.every((method) => method === 'measured')) return [];
  const text = `Shares were determined by: ${methods.join(', ')}.`;
  const warning = { code: 'shares_not_measured', text };
  return [{ warning, cap: methods.length > 1 ? cap : 'randomised' }];
}

/**
 * Compares the runs of a swarm in everything that they record. Its sides are the runs above and not above the median share
 * of the slice. A covariate that differs and follows the share (permutation test at .05) leaves an association; one that
 * does not, and a fact that is not recorded, leave `observational_adjusted`, and an association without randomisation.
 * `adjustedFor` are the fields that the estimator adjusts for: where all runs record them they lower nothing, and what no
 * run records leaves `observational_adjusted`.
 */
export function auditSwarm(
  experiment: Experiment,
  swarm: Swarm,
  { capability, slice }: { readonly capability: string; readonly slice: string },
  adjustedFor: ReadonlySet<string> = new Set(),
): Audit {
  const { runs } = swarm;
  const shares = runs.map((run) => shareOf(run.shares, slice));
  const median = quantile(shares, 0.5);
  const sides = {
    more: runs.filter((_, index) => shares[index]! > median),
    less: runs.filter((_, index) => shares[index]! <= median),
  };
  const found = [
    ...budgetDifferences(sides, false),
    ...differencesOf(sides, null).map(asDiffering),
    ...evaluationDifferences(sides).map(asDiffering),
  ];
  const { differences, held } = withoutHeld(found, swarm.arms);
  const left = differences.filter(({ field, state }) => state !== 'differs' || !adjustedFor.has(field));
  const names = swarm.arms.map(({ arm }) => arm);
  const isAssigned = swarm.arms.every(isRandomised);
  const findings = [
    ...held,
    ...unassigned(experiment),
    ...(isAssigned ? [] : [NOT_RANDOMISED]),
    ...imbalances(experiment, { swarm, slice, shares }, left),
    ...methodFindings(runs, 'observational_adjusted'),
    ...scaleFindings(runs, capability),
    ...recordFindings(experiment, names, capability, 'observational_adjusted'),
    ...contradictions(experiment, names, 'observational_adjusted'),
    ...planFindings(swarm.arms, runs, 'observational_adjusted'),
    /* Runs that differ in what is adjusted for are no repetitions of each other. */
    ...(adjustedFor.size > 0 ? [] : repeatedSeeds(byMixture(runs), 'observational_adjusted')),
  ];
  const unlike = isAssigned ? 'observational_adjusted' : 'associational';
  const ofUnknown = adjustedFor.size > 0 ? 'observational_adjusted' : unlike;
  const caps = left.map(({ field, state }): Identification => {
    if (field === BUDGET) return 'associational';
    return state === 'not_recorded' ? ofUnknown : unlike;
  });
  const base = isAssigned ? 'randomised' : 'observational_adjusted';
  return {
    refusal: findings.map(({ warning }) => warning).find(({ code }) => code === NOT_SEPARABLE),
    identification: weakest([base, ...caps, ...findings.map(({ cap }) => cap)]),
    differences,
    warnings: warningsOf(left, findings),
  };
}

const NOT_RANDOMISED: Finding = {
  warning: {
    code: 'not_randomised',
    text: 'No randomisation is recorded: the mixtures may depend on other choices.',
  },
  cap: 'observational_adjusted',
};

/** In a swarm the halves are no arms: whatever varies may differ. */
const asDiffering = (difference: Difference): Difference =>
  difference.state === 'varies_alike' ? { ...difference, state: 'differs' } : difference;

function byMixture(runs: readonly ScoredRun[]): ScoredRun[][] {
  const groups = new Map<string, ScoredRun[]>();
  for (const run of runs) groups.set(run.mixtureId, [...(groups.get(run.mixtureId) ?? []), run]);
  return [...groups.values()];
}

/** A covariate with its values by run, and how it goes along with the share of the slice. */
type Following = Association & { readonly field: string; readonly values: readonly (string | null)[] };

const followingText = (of: readonly Following[]) =>
  briefly(
    of.map(
      ({ field, correlation, pValue }) =>
        `${field} (correlation ${correlation.toFixed(3)}, p = ${pValue.toFixed(3)})`,
    ),
  );

/** The differing covariates that follow the share of the slice. */
function imbalances(
  experiment: Experiment,
  {
    swarm,
    slice,
    shares,
  }: { readonly swarm: Swarm; readonly slice: string; readonly shares: readonly number[] },
  differences: readonly Difference[],
): Finding[] {
  const varied = differences.filter(({ field, state }) => state !== 'not_recorded' && field !== BUDGET);
  const following = varied.map(({ field }): Following => {
    const values = swarm.runs.map((run) => valueOf(run, field));
    return { field, values, ...followsShare(field, values, shares) };
  });
  const bound = following.filter(({ pValue }) => pValue <= FOLLOWS);
  const tied = bound.filter(({ correlation }) => correlation >= SEPARABLE_BELOW);
  const loose = bound.filter((one) => !tied.includes(one));
  const finding = (code: string, text: string): Finding => ({
    warning: { code, text },
    cap: 'associational',
  });
  const toAdd = tied.slice(0, NAMED).map((one) => runsToSeparate(swarm, slice, one, experiment.runs));
  const others = tied.length - toAdd.length;
  if (others > 0) toAdd.push(`So it is with ${others} more, which the differences of the answer list.`);
  const apart = `The share of ${slice} cannot be told from what moves with it: ${followingText(tied)}. ${toAdd.join(' ')}`;
  return [
    ...(tied.length === 0 ? [] : [finding(NOT_SEPARABLE, apart)]),
    ...(loose.length === 0
      ? []
      : [
          finding(
            'covariate_follows_share',
            `Covariates follow the share of ${slice}: ${followingText(loose)}.`,
          ),
        ]),
  ];
}

const NOT_SEPARABLE = 'not_separable';
