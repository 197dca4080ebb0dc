import type { ControlOutcomeEffect, Effect, NegativeControl } from '../effect.ts';
import type { Interval } from '../statistics/welch.ts';

/**
 * Negative control outcome (Lipsitch, Tchetgen Tchetgen and Cohen 2010): the effect of the same slice, by the same
 * estimator, on an outcome that the question says it cannot change. An effect there is bias or too narrow an interval. It
 * cannot tell where scores have one unit and it would have missed an effect as large as the one in question.
 */
export function negativeControlOutcome(
  effect: Effect,
  capability: string,
  control: Effect | undefined,
): NegativeControl {
  const controlOutcome = ofOutcome(capability, control);
  const base = { name: 'negative_control_outcome', attainableLevel: null, planted: null, found: null };
  const what = `The effect of ${effect.estimand.slice} on ${capability}, which it should not change,`;
  if (!controlOutcome.interval) {
    const reason = control?.warnings[0]?.text ?? 'This estimator has no effect on it.';
    const text = `${what} has no interval. ${reason}`;
    return { ...base, outcome: 'not_run', trials: 0, falsePositives: 0, text, controlOutcome };
  }
  const { low, high } = controlOutcome.interval;
  const isFound = low > 0 || high < 0;
  const isWeak = missesAsLarge(effect, controlOutcome);
  const withoutFinding = isWeak ? 'cannot_tell' : 'passed';
  return {
    ...base,
    outcome: isFound ? 'failed' : withoutFinding,
    trials: 1,
    falsePositives: Number(isFound),
    text: `${what} ${estimateText(controlOutcome, controlOutcome.interval)} ${couldFind(controlOutcome, isWeak)}`,
    controlOutcome,
  };
}

const ofOutcome = (capability: string, control: Effect | undefined): ControlOutcomeEffect => ({
  capability,
  effect: control?.effect ?? null,
  interval: control?.interval ?? null,
  minimumDetectableEffect: control?.minimumDetectableEffect ?? null,
  unit: control?.unit ?? null,
});

/** Whether an effect as large as the one in question would be missed; unknown where units differ. */
const missesAsLarge = (
  { effect, unit }: Effect,
  { minimumDetectableEffect: detectable, unit: ofControl }: ControlOutcomeEffect,
): boolean => unit === ofControl && detectable !== null && detectable > Math.abs(effect ?? 0);

function estimateText({ effect, unit }: ControlOutcomeEffect, { low, high, level }: Interval): string {
  const [estimate, from, to] = [effect ?? 0, low, high].map((value) => value.toPrecision(3));
  const chance = Math.round(1 / (1 - level));
  return `is ${estimate} (${from} to ${to}) ${unit}; without any, one control in ${chance} fails by chance.`;
}

function couldFind({ minimumDetectableEffect }: ControlOutcomeEffect, isWeak: boolean): string {
  if (minimumDetectableEffect === null) return 'What it could have found is not known.';
  const found = `An effect of ${minimumDetectableEffect.toPrecision(3)} would have been found in four of five repetitions`;
  return isWeak ? `${found}, which is more than the effect in question: it cannot tell.` : `${found}.`;
}
