import { findPair, pairOf } from '../ablation/arm-pair.ts';
import type { ArmPair, RealisedArm } from '../ablation/arm-pair.ts';
import { inBlocks } from '../ablation/seed-outcomes.ts';
import { shareOf } from '../composition/composition.ts';
import { auditArms } from '../controls/audit.ts';
import { notComparable } from '../controls/evaluations.ts';
import { weakest } from '../controls/identification.ts';
import { outcomesToCome } from '../controls/peek.ts';
import type {
  Decomposition,
  Effect,
  EffectPart,
  EffectQuestion,
  Identification,
  ReceiverPart,
} from '../effect.ts';
import { evidenceOf } from '../effect.ts';
import type { Experiment, Warning } from '../experiment.ts';
import { armContrast, combined } from './arm-contrast.ts';
import type { Coefficients, ContrastOptions } from './arm-contrast.ts';
import { findReceivers, neededArm, runsText } from './receivers.ts';
import type { FoundReceiver } from './receivers.ts';

export type DecomposedQuestion = EffectQuestion & { readonly level: number; readonly paired: boolean };

type Context = {
  readonly experiment: Experiment;
  readonly question: DecomposedQuestion;
  readonly pair: ArmPair;
  readonly effect: Effect;
  readonly options: ContrastOptions;
};

/**
 * Splits the effect of a proportional ablation into the slice's own part and what displaced it, from further arms in which
 * one receiver alone takes the freed tokens (`swap:<receiver>`). All parts are linear contrasts of arm means, so their
 * intervals keep the covariance of arms that they share. Undefined where no arms answer the question, or without an effect.
 */
export function decompose(
  experiment: Experiment,
  question: DecomposedQuestion,
  arms: readonly RealisedArm[],
  effect: Effect,
): Decomposition | undefined {
  const matching = findPair(arms, question.slice, { rule: 'proportional' });
  if (!matching || effect.effect === null) return undefined;
  const pair = question.paired ? inBlocks(matching).pair : matching;
  const { level, paired } = question;
  const isPeek = outcomesToCome(experiment) !== undefined;
  const context = { experiment, question, pair, effect, options: { level, paired, arms, isPeek } };
  const found = findReceivers(pair, arms, question.slice);
  const receivers = found.map((one) => receiverPart(context, one));
  const known = found.filter((_, index) => receivers[index]!.own !== null);
  return {
    bundle: { estimate: effect.effect, interval: effect.interval, identification: effect.identification },
    receivers,
    remainder: remainderOf(context, known, receivers),
    notSeparated: receivers.flatMap(({ own, receiver }) => (own === null ? [receiver] : [])),
    notIdentified: missingArms(context, receivers),
    evidence: evidenceOf(
      [pair.more, pair.less, ...known.flatMap(({ arm }) => arm ?? [])].flatMap(({ runs }) => runs),
    ),
  };
}

const difference = (more: RealisedArm, less: RealisedArm): Coefficients =>
  combined([
    [1, new Map([[more, 1]])],
    [-1, new Map([[less, 1]])],
  ]);

function receiverPart(context: Context, { receiver, weight, arm }: FoundReceiver): ReceiverPart {
  const { experiment, question, pair, effect, options } = context;
  const unknown = { receiver, weight, arm: null, own: null, displaced: null, gaveWay: null };
  if (!arm) return { ...unknown, needed: neededArm(pair, question.slice, receiver), warnings: [] };
  const runs = [pair.more, pair.less, arm].flatMap((one) => one.runs);
  const unlike = notComparable(runs, question.capability, false);
  if (unlike) {
    return {
      ...unknown,
      arm: arm.arm.arm,
      needed: neededArm(pair, question.slice, receiver),
      warnings: [unlike],
    };
  }
  const audit = auditArms(experiment, pairOf(pair.more, arm, question.slice), question.capability, false);
  const part = (contrast: Coefficients, identification: Identification): EffectPart => ({
    ...armContrast(contrast, options),
    identification,
  });
  const own = difference(pair.more, arm);
  const known = new Set(effect.warnings.map(({ text }) => text));
  return {
    receiver,
    weight,
    arm: arm.arm.arm,
    own: part(own, audit.identification),
    displaced: part(difference(arm, pair.less), weakest([audit.identification, effect.identification])),
    gaveWay: part(combined([[weight, own]]), audit.identification),
    needed: null,
    warnings: audit.warnings.filter(({ text }) => !known.has(text)),
  };
}

/** What the receivers with an arm of their own leave of the bundle. */
function remainderOf(
  { pair, effect, options }: Context,
  known: readonly FoundReceiver[],
  receivers: readonly ReceiverPart[],
): EffectPart {
  const swaps = known.flatMap(({ weight, arm }) =>
    arm ? [[-weight, difference(pair.more, arm)] as const] : [],
  );
  const contrast = combined([[1, difference(pair.more, pair.less)], ...swaps]);
  const caps = receivers.flatMap(({ displaced }) => displaced?.identification ?? []);
  return { ...armContrast(contrast, options), identification: weakest([effect.identification, ...caps]) };
}

function missingArms({ pair, question }: Context, receivers: readonly ReceiverPart[]): Warning | null {
  const needed = receivers.flatMap((one) => one.needed ?? []);
  const [first] = needed;
  if (!first) return null;
  const { slice } = question;
  const kept = percent(shareOf(pair.less.shares, slice));
  const text =
    `What ${slice} does in the place of single slices is not identified. ` +
    `Needs the arms ${needed.map(({ displacement }) => displacement).join(', ')}: each with ${kept} ${slice}, ` +
    `the freed ${percent(pair.dose)} in that slice alone and the rest as in ${pair.more.arm.arm}, ${runsText(first)}.`;
  return { code: 'decomposition_not_identified', text };
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
