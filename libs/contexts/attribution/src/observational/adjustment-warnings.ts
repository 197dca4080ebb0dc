import type { EffectQuestion } from '../effect.ts';
import type { Warning } from '../experiment.ts';
import { unexplained } from '../numerics/orthonormal.ts';
import type { Adjustment } from './adjustment.ts';
import type { ObservedContrast } from './observed-contrast.ts';

type Parts = {
  readonly question: EffectQuestion;
  readonly contrast: ObservedContrast;
  readonly regressed: {
    readonly basis: readonly Float64Array[];
    readonly ofShares: readonly Float64Array[];
    readonly adjusted: { readonly isLone: boolean };
  };
};

const percent = (part: number) => `${(100 * part).toFixed(1)} %`;

/** Runs of equal weight below which an adjusted effect rests on few comparisons. */
const FEW = 10;

/** What an adjusted effect rests on, in words: overlap, what is adjusted for, and how strong a confounder would have to be. */
export function adjustmentWarnings(parts: Parts, adjustment: Adjustment, values: Float64Array): Warning[] {
  const { regressed, question } = parts;
  const lone = `One run alone decides a term that the effect of ${question.slice} needs: its error is that of equal noise in all runs.`;
  return [
    ...partialDose(parts),
    ...(regressed.adjusted.isLone ? [{ code: 'decided_by_one_run', text: lone }] : []),
    ...notAdjusted(adjustment),
    { code: 'overlap', text: overlapText(parts, adjustment) },
    { code: 'sensitivity', text: sensitivityText(parts, adjustment, values) },
  ];
}

function partialDose({ contrast, question }: Parts): Warning[] {
  if (!contrast.isPartial) return [];
  const [from, to] = [contrast.more, contrast.less].map(({ share }) => percent(share));
  const text = `Too few runs are near the mixture without ${question.slice}: the effect is of ${from} against ${to}, the smallest share inside those that were run.`;
  return [{ code: 'partial_dose', text }];
}

function notAdjusted({ covariates }: Adjustment): Warning[] {
  const without = covariates.filter(({ countedAs }) => countedAs === 'none');
  if (without.length === 0) return [];
  const listed = without.map(({ field, values }) => `${field} (${values} values)`).join(', ');
  const text = `Differs and is not adjusted for, because its values are too many to compare runs within: ${listed}.`;
  return [{ code: 'covariates_not_adjusted', text }];
}

function overlapText({ question, contrast }: Parts, adjustment: Adjustment): string {
  const { slice } = question;
  const { share: shares } = contrast;
  const middle = (contrast.more.share + contrast.less.share) / 2;
  const above = shares.filter((share) => share >= middle).length;
  const { covariates, remainingVariance, effectiveRuns } = adjustment;
  const few = effectiveRuns < FEW ? ' That is little: most of the runs have no counterpart.' : '';
  const used = covariates.filter(({ countedAs }) => countedAs !== 'none').length;
  return (
    `${above} of ${shares.length} runs are on the side with more of ${slice} and ${shares.length - above} on the side with less. ` +
    `Adjusted for are the other shares and ${used} recorded covariates; ${percent(remainingVariance)} of the variance of the ` +
    `share is left after the covariates, as much as ${effectiveRuns.toFixed(1)} runs of equal weight carry.${few}`
  );
}

function sensitivityText(
  { question, regressed, contrast }: Parts,
  { robustness }: Adjustment,
  values: Float64Array,
): string {
  const { basis, ofShares } = regressed;
  const explained = [contrast.share, values].map((column) =>
    percent(1 - unexplained(column, basis, ofShares)),
  );
  const toZero =
    robustness.ofInterval > 0
      ? `${percent(robustness.ofInterval)} of both brings its interval to zero`
      : 'its interval contains zero without one';
  return (
    `An unrecorded confounder that explains ${percent(robustness.value)} of what is left of the variance of both the share of ` +
    `${question.slice} and ${question.capability} explains the effect; ${toZero} (robustness value). All recorded covariates ` +
    `together explain ${explained[0]} of the share and ${explained[1]} of the outcome, with the other shares held.`
  );
}
