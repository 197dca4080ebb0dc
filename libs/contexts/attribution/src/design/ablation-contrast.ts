import { differsByRule, findPair, pairOf, referenceArm } from '../ablation/arm-pair.ts';
import type { RealisedArm } from '../ablation/arm-pair.ts';
import type { ValidQuestion } from '../attribute.ts';
import { close, isWithin, shareOf } from '../composition/composition.ts';
import type { Composition } from '../composition/composition.ts';
import { displace } from '../composition/displacement.ts';
import type { Refusal } from '../effect.ts';
import { armsOf } from '../experiment.ts';
import type { Arm, Experiment } from '../experiment.ts';
import { newArmName } from './planned-runs.ts';

/** The two arms of a contrast; `less` has no run where it has still to be launched. */
export type ArmContrast = {
  readonly more: RealisedArm;
  readonly less: RealisedArm;
  /** Whether `less` is no arm of the experiment yet. */
  readonly isNew: boolean;
};

/**
 * The arms that answer the question, or the reference with the arm that it lacks: the one that was assigned and has no
 * scored run, else a new one. Refuses with `no_reference` or `nothing_to_refill`.
 */
export function contrastOfArms(
  experiment: Experiment,
  question: ValidQuestion,
  arms: readonly RealisedArm[],
): ArmContrast | Refusal<'no_reference' | 'nothing_to_refill'> {
  const { slice, rule } = question;
  const pair = findPair(arms, slice, rule);
  if (pair) return { more: pair.more, less: pair.less, isNew: false };
  const more = referenceArm(arms, slice);
  if (!more) {
    const text = `No arm with scored runs holds ${slice}. Launch one that does first: its mixture is what the effect is about.`;
    return { refusal: 'no_reference', text };
  }
  const shares = without(more, question);
  if (!shares) {
    return { refusal: 'nothing_to_refill', text: `No other slice can take the tokens of ${slice}.` };
  }
  const total = rule.rule === 'added_budget' ? more.total * (1 - shareOf(more.shares, slice)) : more.total;
  const assigned = assignedArm(experiment, question, arms, more);
  if (assigned) return { more, less: { ...assigned, total }, isNew: false };
  const name = newArmName(
    experiment,
    rule.rule === 'proportional' ? `wo_${slice}` : `wo_${slice}_${question.displacement}`,
  );
  const arm = armLike(more.arm, name, `${experiment.name}-${name}`);
  return { more, less: { arm, runs: [], shares, total }, isNew: true };
}

/** A new arm that nobody has assigned yet. */
const armLike = ({ design, heldEqual }: Arm, name: string, mixtureId: string): Arm => ({
  arm: name,
  mixtureId,
  design,
  assignment: 'manual',
  control: false,
  role: 'train',
  heldEqual,
});

function without({ shares }: RealisedArm, { slice, rule }: ValidQuestion): Composition | undefined {
  if (rule.rule !== 'added_budget') return displace(shares, slice, rule);
  const others = Object.entries(shares).filter(([leaf]) => !isWithin(leaf, slice));
  return others.some(([, share]) => share > 0) ? close(Object.fromEntries(others)) : undefined;
}

/** An arm whose planned shares make the contrast and that has no scored run. */
function assignedArm(
  experiment: Experiment,
  { slice, rule }: ValidQuestion,
  arms: readonly RealisedArm[],
  more: RealisedArm,
): RealisedArm | undefined {
  if (rule.rule === 'added_budget') return undefined;
  return armsOf(experiment, 'controlled_ablation')
    .flatMap((arm): RealisedArm[] => {
      const isScored = arms.some((one) => one.arm.arm === arm.arm);
      if (isScored || !arm.planned) return [];
      return [{ arm, runs: [], shares: close(arm.planned), total: more.total }];
    })
    .find((less) => differsByRule(pairOf(more, less, slice), slice, rule));
}
