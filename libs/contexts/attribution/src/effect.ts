import type { Experiment, Proxy, ScoredRun, Warning } from './experiment.ts';
import type { RelativeChange } from './statistics/relative-change.ts';
import type { Interval } from './statistics/welch.ts';

/** From the strongest to the weakest; nothing below branch_from_checkpoint is worded as a cause. */
export type Identification =
  | 'randomised'
  | 'controlled_ablation'
  | 'branch_from_checkpoint'
  | 'phase_change_controlled'
  | 'phase_change_single_run'
  | 'observational_adjusted'
  | 'model_based_influence'
  | 'associational';

/** The sign of the effect where its interval leaves zero out. */
export type Verdict = 'positive' | 'negative' | 'inconclusive' | 'not_identified';

/** The verdict in the outcome's own sense of better. */
export type Interpretation = 'improves' | 'harms' | 'undetermined';

export type Dose = { readonly mixture: string; readonly share: number };

export type Estimand = {
  readonly kind: 'presence' | 'dose';
  readonly slice: string;
  readonly capability: string;
  readonly contrast: { readonly more: Dose; readonly less: Dose } | null;
  readonly text: string;
};

export type NegativeControl = {
  readonly name: string;
  readonly outcome: 'passed' | 'failed' | 'not_run';
  readonly trials: number;
  readonly falsePositives: number;
  readonly text: string;
};

/** dY per unit share at the reference: along the Cox direction, and towards the pure slice where that is defined. */
export type Slope = { readonly cox: number; readonly gateaux: number | null; readonly interval: Interval };

export type Effect = {
  readonly estimand: Estimand;
  readonly displacement: string;
  /** Outcome with more of the slice minus outcome with less of it. */
  readonly effect: number | null;
  readonly interval: Interval | null;
  /** The same effect's interval by other methods; shown, never averaged. */
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
  readonly relativeChange: RelativeChange | null;
  readonly minimumDetectableEffect: number | null;
  readonly slope: Slope | null;
  readonly warnings: readonly Warning[];
  readonly negativeControls: readonly NegativeControl[];
  readonly evidence: readonly string[];
  readonly proxy: Proxy | null;
  readonly randomSeed: number | null;
};

export type EffectQuestion = {
  readonly slice: string;
  readonly capability: string;
  readonly displacement: string;
};

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

/** "presence" is the slice against its absence; "dose" compares two amounts above zero. */
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

export function verdictOf(interval: Interval | null): Verdict {
  if (!interval) return 'inconclusive';
  if (interval.low > 0) return 'positive';
  return interval.high < 0 ? 'negative' : 'inconclusive';
}

export function interpretationOf(verdict: Verdict, higherIsBetter: boolean): Interpretation {
  if (verdict !== 'positive' && verdict !== 'negative') return 'undetermined';
  return (verdict === 'positive') === higherIsBetter ? 'improves' : 'harms';
}

/** Evidence positions of the runs, each once and in order. */
export const evidenceOf = (runs: readonly ScoredRun[]) =>
  [...new Set(runs.flatMap((run) => run.evidence))].toSorted();

/** An answer all the same: it says why nothing can be estimated. */
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
    interpretation: 'undetermined',
    n: { runs: 0, seeds: 0 },
    estimator,
    chosenBy: null,
    unit: null,
    relativeChange: null,
    minimumDetectableEffect: null,
    slope: null,
    warnings: reasons,
    negativeControls: [],
    evidence: [],
    proxy: experiment.proxy ?? null,
    randomSeed: null,
  };
}
