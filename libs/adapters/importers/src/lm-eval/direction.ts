import type { Findings } from '../findings.ts';
import { metricOf } from '../sweep/metric.ts';

/** Metrics of harnesses whose names do not tell which direction is better. */
const HIGHER: Readonly<Record<string, boolean>> = {
  bits_per_byte: false, byte_perplexity: false, word_perplexity: false,
  likelihood_difference: false, likelihood_diff: false, pct_stereotype: false,
  ter: false, mc1: true, mc2: true, mcc: true, chrf: true, bypass: false,
}; // prettier-ignore

export type Direction = { readonly unit: string; readonly higherIsBetter: boolean };

/** Unit and direction of a metric; `told` is what the harness says. A guess is told to the findings. */
export function directionOf(name: string, told: unknown, findings: Findings, source: string): Direction {
  const { unit, higherIsBetter, directionKnown } = metricOf(name);
  if (typeof told === 'boolean') return { unit, higherIsBetter: told };
  const known = HIGHER[name];
  if (known !== undefined) return { unit, higherIsBetter: known };
  if (!directionKnown) findings.warn('direction_assumed', `${source}: ${name}: larger is taken as better`);
  return { unit, higherIsBetter };
}
