import { groupBy, valueIn } from '@tributary/kernel';
import { ablationEffect, realisedArms } from './ablation/ablation.ts';
import { findPair, referenceArm } from './ablation/arm-pair.ts';
import type { RealisedArm } from './ablation/arm-pair.ts';
import { displace, parseDisplacement } from './composition/displacement.ts';
import type { Displacement, DisplacementRefusal } from './composition/displacement.ts';
import { outcomesToCome, peekWarning } from './controls/peek.ts';
import { negativeControlOutcome } from './controls/negative-control-outcome.ts';
import { planFindings } from './controls/plan.ts';
import { contradictions, recordFindings } from './controls/records.ts';
import { decompose } from './decomposition/decomposition.ts';
import { needed, neededText, runsText } from './decomposition/receivers.ts';
import { notIdentified, refused } from './effect.ts';
import type { Effect, EffectQuestion, NegativeControl, Refusal } from './effect.ts';
import { capabilitiesOf, slicesOf } from './experiment.ts';
import type { Experiment, Warning } from './experiment.ts';
import { asOneFamily } from './family.ts';
import { disagreement } from './disagreement.ts';
import { isStronger } from './controls/identification.ts';
import { seedFrom } from './numerics/random.ts';
import { adjustedEffect } from './observational/adjusted-effect.ts';
import { swarmEffects } from './swarm/swarm-effect.ts';
import { unlikeRuns } from './swarm/swarm.ts';

export type Question = {
  readonly capability: string;
  readonly slice: string;
  readonly displacement?: string | undefined;
  /** Confidence level of the intervals, between 0 and 1; 0.95 by default. */
  readonly level?: number | undefined;
  /** Whether ablation runs are paired by seed where both arms ran the same seeds; true by default. */
  readonly paired?: boolean | undefined;
  /** Capabilities that the slice cannot change (negative control outcomes); none by default. */
  readonly negativeControlOutcomes?: readonly string[] | undefined;
};

export type QuestionRefusal =
  | DisplacementRefusal
  | 'unknown_slice'
  | 'unknown_capability'
  | 'level_out_of_range'
  | 'negative_control_is_outcome';

/** One effect for each estimator that answers the question, or the reason why the question is refused. */
export type Answer = readonly Effect[] | Refusal<QuestionRefusal>;

export type ValidQuestion = EffectQuestion & {
  readonly rule: Displacement;
  readonly level: number;
  readonly paired: boolean;
  readonly negativeControlOutcomes: readonly string[];
};

/**
 * Estimates the effect of a slice on a capability with every estimator that applies: the controlled ablation
 * (`ablationEffect`), and the response surface (`swarmEffects`) or, over runs that nobody assigned and that differ in more
 * than their mixtures, the adjusted regression (`adjustedEffect`). Estimates stand side by side and are never averaged.
 * An effect is the outcome with more of the slice minus the outcome with less of it, in the unit of the score.
 * Refuses with `unknown_capability`, `unknown_slice`, `level_out_of_range`, `negative_control_is_outcome`, or a
 * `DisplacementRefusal`.
 */
export function attribute(question: Question, experiment: Experiment): Answer {
  const [answer] = attributeAll([question], experiment);
  return answer ?? [];
}

/**
 * Answers several questions, in their order. Questions about one capability share one surface and one set of resamples;
 * q values, verdicts and interpretations are over all tests of the call (`asOneFamily`). Refusals are those of `attribute`.
 */
export function attributeAll(questions: readonly Question[], experiment: Experiment): Answer[] {
  const validated = questions.map((question) => validate(question, experiment));
  const ablations = validated.map((question) =>
    'refusal' in question ? undefined : ablate(question, experiment),
  );
  const surfaces = surfaceAnswers(validated, experiment);
  const controlled = controlOutcomes(validated, experiment);
  const toCome = outcomesToCome(experiment);
  const answers = validated.map((question, index) => {
    if ('refusal' in question) return question;
    const effects = combined(question, experiment, ablations[index], surfaces[index]);
    const ofScores = valueIn(experiment.scoreWarnings ?? {}, question.capability) ?? [];
    return effects.map((effect) => {
      const peek = toCome === undefined ? [] : [peekWarning(effect, toCome)];
      const negativeControls = [...effect.negativeControls, ...controlled(index, effect)];
      return { ...effect, negativeControls, warnings: [...effect.warnings, ...ofScores, ...peek] };
    });
  });
  return asOneFamily(answers);
}

/** The question with its parsed rule and its defaults, or the reason why it is refused. */
export function validate(
  question: Question,
  experiment: Experiment,
): ValidQuestion | Refusal<QuestionRefusal> {
  const { capability, slice, level = 0.95, paired = true } = question;
  const negativeControlOutcomes = [...new Set(question.negativeControlOutcomes)].toSorted();
  const slices = slicesOf(experiment);
  const capabilities = capabilitiesOf(experiment);
  const unknown = [capability, ...negativeControlOutcomes].find((name) => !capabilities.includes(name));
  if (unknown !== undefined) {
    return {
      refusal: 'unknown_capability',
      text: `The experiment has no capability ${unknown}; it has ${capabilities.join(', ')}.`,
    };
  }
  if (negativeControlOutcomes.includes(capability)) {
    const text = `${capability} is what is asked about: a negative control outcome is another capability, which ${slice} cannot change.`;
    return { refusal: 'negative_control_is_outcome', text };
  }
  if (!slices.includes(slice)) {
    return {
      refusal: 'unknown_slice',
      text: `The experiment has no slice ${slice}; it has ${slices.join(', ')}.`,
    };
  }
  if (!(level > 0 && level < 1))
    return { refusal: 'level_out_of_range', text: `The level must lie between 0 and 1; it is ${level}.` };
  const rule = parseDisplacement(question.displacement, slice, slices);
  if (refused(rule)) return rule;
  const displacement = question.displacement ?? '';
  return { capability, slice, displacement, rule, level, paired, negativeControlOutcomes };
}

function ablate(question: ValidQuestion, experiment: Experiment): Effect | undefined {
  const { capability, slice, displacement } = question;
  const randomSeed = seedFrom(experiment.name, capability, slice, displacement);
  const effect = ablationEffect(experiment, { ...question, randomSeed });
  if (!effect || question.rule.rule !== 'proportional') return effect;
  const decomposition = decompose(experiment, question, realisedArms(experiment, capability), effect);
  return decomposition ? { ...effect, decomposition } : effect;
}

/** Groups the questions by capability and level: each group shares one surface. */
function surfaceAnswers(
  validated: readonly (ValidQuestion | Refusal<QuestionRefusal>)[],
  experiment: Experiment,
  isControlled = true,
): (Effect | undefined)[] {
  const answers: (Effect | undefined)[] = validated.map(() => undefined);
  const groups = groupBy(
    validated.flatMap((question, index) => ('refusal' in question ? [] : [{ question, index }])),
    ({ question }) => JSON.stringify([question.capability, question.level]),
  );
  for (const group of groups.values()) {
    const { capability, level } = group[0]!.question;
    const unlike = unlikeRuns(experiment, capability);
    if (unlike) {
      for (const { question, index } of group) answers[index] = adjustedEffect(experiment, unlike, question);
      continue;
    }
    const arms = realisedArms(experiment, capability);
    const questions = group.map(({ question }) => ({
      ...question,
      pair: findPair(arms, question.slice, question.rule),
    }));
    const randomSeed = seedFrom(experiment.name, capability);
    const asked = { capability, level, randomSeed, questions, isControlled };
    const effects = swarmEffects(experiment, asked);
    for (const [member, { index }] of group.entries()) answers[index] = effects?.[member];
  }
  return answers;
}

/**
 * The controls of an effect on the outcomes that its question names: the same slice, rule and estimator on each of them.
 * They are no members of the family of tests.
 */
function controlOutcomes(
  validated: readonly (ValidQuestion | Refusal<QuestionRefusal>)[],
  experiment: Experiment,
): (index: number, effect: Effect) => NegativeControl[] {
  const asked = validated.flatMap((question, index) =>
    'refusal' in question
      ? []
      : question.negativeControlOutcomes.map((capability) => ({
          index,
          question: { ...question, capability, negativeControlOutcomes: [] },
        })),
  );
  const questions = asked.map(({ question }) => question);
  const surfaces = surfaceAnswers(questions, experiment, false);
  const ablations = questions.map((question) => ablate(question, experiment));
  const kindOf = ({ estimator }: Effect) => estimator.id.split('.', 1)[0];
  return (index, effect) =>
    asked.flatMap(({ question, index: of }, at) => {
      if (of !== index || effect.effect === null) return [];
      const control = [ablations[at], surfaces[at]].find((one) => one && kindOf(one) === kindOf(effect));
      return [negativeControlOutcome(effect, question.capability, control)];
    });
}

function combined(
  question: ValidQuestion,
  experiment: Experiment,
  ablation: Effect | undefined,
  surface: Effect | undefined,
): Effect[] {
  if (ablation) return withSurface(ablation, surface);
  const missing = noMatchingAblation(question, experiment);
  if (surface) return [{ ...surface, warnings: [...surface.warnings, ...missing] }];
  const text =
    'Neither an ablation nor a swarm covers this question. Needs two arms that differ by ' +
    `${question.slice} under ${question.displacement} alone, three runs each, assigned by mixture.experiment.assigned.`;
  const none = [{ code: 'no_contrast', text }, ...leftOut(question, experiment)];
  const estimator = { id: 'none', version: '1' };
  return [notIdentified(experiment, question, estimator, missing.length > 0 ? missing : none)];
}

/**
 * Where the surface has no estimate, its reasons become warnings on the effect of the ablation. Else the effect with the
 * stronger identification comes first; a surface that reaches a part of the dose comes last.
 */
function withSurface(ablation: Effect, surface: Effect | undefined): Effect[] {
  if (!surface) return [ablation];
  if (surface.verdict === 'not_identified') {
    const reasons = surface.warnings.map(({ code, text }) => ({
      code,
      text: `No response surface supports this ablation: ${text}`,
    }));
    return [{ ...ablation, warnings: [...ablation.warnings, ...reasons] }];
  }
  if (surface.warnings.some(({ code }) => code === 'partial_dose')) return [ablation, surface];
  const found = disagreement(ablation, surface);
  const both = isStronger(surface.identification, ablation.identification)
    ? [surface, ablation]
    : [ablation, surface];
  return both.map((effect) => ({ ...effect, warnings: [...effect.warnings, ...found] }));
}

function noMatchingAblation(question: ValidQuestion, experiment: Experiment): Warning[] {
  const { capability, slice, displacement } = question;
  const arms = realisedArms(experiment, capability);
  if (arms.length === 0) return [];
  const names = arms.map(({ arm }) => arm.arm);
  const text = `No two of the arms ${names.join(', ')} differ, as realised, by ${slice} under ${displacement} alone.`;
  const missing = { code: 'no_matching_ablation', text: `${text} ${runsThatAnswer(question, arms)}` };
  const planned = planFindings(
    arms.map(({ arm }) => arm),
    arms.flatMap(({ runs }) => runs),
    'associational',
  );
  return [missing, ...leftOut(question, experiment), ...planned.map(({ warning }) => warning)];
}

/** Runs that do not count, as the reasons why too few are left. */
function leftOut({ capability }: ValidQuestion, experiment: Experiment): Warning[] {
  const names = experiment.arms.map(({ arm }) => arm);
  if (names.length === 0) return [];
  const found = [
    ...recordFindings(experiment, names, capability, 'associational'),
    ...contradictions(experiment, names, 'associational'),
  ];
  return found.map(({ warning }) => warning);
}

/** The runs that would make the question answerable by an ablation. */
function runsThatAnswer({ slice, displacement, rule }: ValidQuestion, arms: readonly RealisedArm[]): string {
  const reference = referenceArm(arms, slice);
  if (!reference) return `Needs an arm that holds ${slice}, and one without it under ${displacement}.`;
  if (rule.rule === 'added_budget') {
    return `Needs an arm with the amounts of ${reference.arm.arm} without ${slice}: ${runsText(needed(reference, displacement))}.`;
  }
  const without = displace(reference.shares, slice, rule);
  if (!without) return `No other slice can take the tokens of ${slice}.`;
  return `Needs, beside ${reference.arm.arm}, ${neededText(needed(reference, displacement, without))}.`;
}
