import type { Difference } from './controls/differences.ts';
import type { Experiment, Proxy, ScoredRun, Warning } from './experiment.ts';
import type { Adjustment } from './observational/adjustment.ts';
import type { RelativeChange } from './statistics/relative-change.ts';
import type { Interval } from './statistics/welch.ts';

/** Strength of the evidence, strongest first. An effect below `branch_from_checkpoint` is not described as a cause. */
export type Identification =
  | 'randomised'
  | 'controlled_ablation'
  | 'branch_from_checkpoint'
  | 'phase_change_controlled'
  | 'phase_change_single_run'
  | 'observational_adjusted'
  | 'model_based_influence'
  | 'associational';

/** Sign of the effect where its q value is at most 1 - level and its interval excludes zero; otherwise `inconclusive`. */
export type Verdict = 'positive' | 'negative' | 'inconclusive' | 'not_identified';

/**
 * Whether the verdict means a better or a worse outcome, by `higherIsBetter`. `improves` and `harms` need an identification
 * of `branch_from_checkpoint` or stronger; below it the effect is an association.
 */
export type Interpretation =
  | 'improves'
  | 'harms'
  | 'associated_with_better'
  | 'associated_with_worse'
  | 'inconclusive'
  | 'not_identified';

export type Dose = { readonly mixture: string; readonly share: number };

export type Estimand = {
  readonly kind: 'presence' | 'dose';
  readonly slice: string;
  readonly capability: string;
  readonly contrast: { readonly more: Dose; readonly less: Dose } | null;
  readonly text: string;
};

/** The effect on a capability that the slice cannot change, by the estimator of the effect that is controlled. */
export type ControlOutcomeEffect = {
  readonly capability: string;
  readonly effect: number | null;
  readonly interval: Interval | null;
  readonly minimumDetectableEffect: number | null;
  readonly unit: string | null;
};

/** A repetition of the estimate where the truth is known: no effect, or a planted one. */
export type NegativeControl = {
  readonly name: string;
  /** `cannot_tell` where the control had too few distinct trials to pass or to fail. */
  readonly outcome: 'passed' | 'failed' | 'cannot_tell' | 'not_run';
  readonly trials: number;
  /** Trials without an effect that showed one. */
  readonly falsePositives: number;
  /** Smallest p value that the control can reach; null where it computes none. */
  readonly attainableLevel: number | null;
  /** Size of the planted effect in the unit of the outcome; null where none was planted. */
  readonly planted: number | null;
  /** Trials that found the planted effect; null where none was planted. */
  readonly found: number | null;
  readonly text: string;
  /** Of a negative control outcome: its capability, and the effect on it; absent for every other control. */
  readonly controlOutcome?: ControlOutcomeEffect;
};

/**
 * Derivative of the outcome per unit share at the reference mixture. `cox`: along the direction of the displacement rule
 * (Cox 1971 for `proportional`). `gateaux`: towards the pure slice, defined for `proportional` only; null otherwise.
 */
export type Slope = { readonly cox: number; readonly gateaux: number | null; readonly interval: Interval };

/** Runs that would answer a question: an arm with these shares. */
export type NeededArm = {
  readonly displacement: string;
  readonly shares: readonly { readonly slice: string; readonly share: number }[];
  readonly runs: number;
  /** Seeds of the arm that they are compared with. */
  readonly seeds: readonly string[];
};

/** A part of an effect, in the unit of the score. */
export type EffectPart = {
  readonly estimate: number;
  readonly interval: Interval | null;
  readonly identification: Identification;
};

/**
 * What one slice that grows under `proportional` contributes. `own`, `displaced` and `gaveWay` are null without its arm, or
 * where the mixtures of a swarm do not support its swap. `held` and `moved` are those of a surface; arms leave them out.
 */
export type ReceiverPart = {
  readonly receiver: string;
  /** Part of the freed tokens that it takes under `proportional`. */
  readonly weight: number;
  /** The arm in which it takes them all. */
  readonly arm: string | null;
  /** The slice in the place of this receiver alone, every other slice held. */
  readonly own: EffectPart | null;
  /** The bundle minus `own`: that the other slices grow in the place of this receiver. */
  readonly displaced: EffectPart | null;
  /** `weight` times `own`: that this receiver gave way. With those of the others and the remainder it sums to the bundle. */
  readonly gaveWay: EffectPart | null;
  /** The slice with this receiver held: the others alone take the tokens. Null where one of them is not supported. */
  readonly held?: EffectPart | null;
  /** The bundle minus `held`: that this receiver moves with them. */
  readonly moved?: EffectPart | null;
  /** The runs that would make its parts known; null where they are. */
  readonly needed: NeededArm | null;
  readonly warnings: readonly Warning[];
};

/**
 * A proportional effect in parts. bundle = own + displaced = held + moved for each receiver, and bundle = sum of all
 * `gaveWay` + remainder. The remainder is the curvature of the outcome, which a surface splits too, and whatever receivers
 * without an arm, or a supported swap, contribute.
 */
export type Decomposition = {
  readonly bundle: EffectPart;
  readonly receivers: readonly ReceiverPart[];
  readonly remainder: EffectPart;
  /** Receivers whose contribution is in the remainder, because no arm is theirs. */
  readonly notSeparated: readonly string[];
  /** Why parts are not identified, with the runs that would identify them; null where all are. */
  readonly notIdentified: Warning | null;
  readonly evidence: readonly string[];
};

export type Effect = {
  readonly estimand: Estimand;
  readonly displacement: string;
  /** Outcome with more of the slice minus outcome with less of it, in `unit`; null where it is not identified. */
  readonly effect: number | null;
  readonly interval: Interval | null;
  /** Intervals of the same effect by other methods. */
  readonly otherIntervals: readonly Interval[];
  readonly pValue: number | null;
  readonly qValue: number | null;
  readonly identification: Identification;
  readonly verdict: Verdict;
  readonly interpretation: Interpretation;
  readonly n: { readonly runs: number; readonly seeds: number };
  readonly estimator: { readonly id: string; readonly version: string };
  readonly chosenBy: string | null;
  readonly unit: string | null;
  /** Direction of the outcome; null where it is not identified. */
  readonly higherIsBetter: boolean | null;
  readonly relativeChange: RelativeChange | null;
  readonly minimumDetectableEffect: number | null;
  readonly slope: Slope | null;
  /** What differs between the runs of the contrast besides the mixture, or is not known to be equal. */
  readonly differences: readonly Difference[];
  readonly warnings: readonly Warning[];
  readonly negativeControls: readonly NegativeControl[];
  readonly evidence: readonly string[];
  readonly proxy: Proxy | null;
  readonly randomSeed: number | null;
  /** The parts of a proportional effect; absent for every other effect. */
  readonly decomposition?: Decomposition | undefined;
  /** What an observational effect is adjusted for; absent for every other effect. */
  readonly adjustment?: Adjustment | undefined;
};

/** A question that cannot be answered as asked; `text` says what to change. */
export type Refusal<Code extends string = string> = { readonly refusal: Code; readonly text: string };

/** Whether a value is a refusal. */
export const refused = (value: object): value is Refusal => 'refusal' in value;

export type EffectQuestion = {
  readonly slice: string;
  readonly capability: string;
  readonly displacement: string;
};

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

/** The estimand in words. `presence` compares with no share of the slice, `dose` with a smaller share above zero. */
export function estimand(
  { slice, capability, displacement }: EffectQuestion,
  more: Dose,
  less: Dose,
): Estimand {
  const kind = less.share < 1e-6 ? 'presence' : 'dose';
  const text =
    `${capability} with ${percent(more.share)} of the tokens in ${slice} (${more.mixture}) minus with ` +
    `${percent(less.share)} (${less.mixture}), displacement ${displacement}`;
  return { kind, slice, capability, contrast: { more, less }, text };
}

/** Evidence positions of the runs, sorted and distinct. */
export const evidenceOf = (runs: readonly ScoredRun[]) =>
  [...new Set(runs.flatMap((run) => run.evidence))].toSorted();

/** What an estimator leaves open: q value, verdict and interpretation are of the family of tests. */
export const UNTESTED = { qValue: null, verdict: 'inconclusive', interpretation: 'inconclusive' } as const;

/** An effect without an estimate; its warnings say why it cannot be estimated. */
export function notIdentified(
  experiment: Experiment,
  asked: EffectQuestion,
  estimator: Effect['estimator'],
  reasons: readonly Warning[],
): Effect {
  const { slice, capability, displacement } = asked;
  const text = `${capability} with more of ${slice} minus with less of it, displacement ${displacement}`;
  return {
    estimand: { kind: 'presence', slice, capability, contrast: null, text },
    displacement,
    effect: null,
    interval: null,
    otherIntervals: [],
    pValue: null,
    qValue: null,
    identification: 'associational',
    verdict: 'not_identified',
    interpretation: 'not_identified',
    n: { runs: 0, seeds: 0 },
    estimator,
    chosenBy: null,
    unit: null,
    higherIsBetter: null,
    relativeChange: null,
    minimumDetectableEffect: null,
    slope: null,
    differences: [],
    warnings: reasons,
    negativeControls: [],
    evidence: [],
    proxy: experiment.proxy ?? null,
    randomSeed: null,
  };
}
