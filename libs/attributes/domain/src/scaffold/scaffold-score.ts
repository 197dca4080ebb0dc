import { softmax } from '../classify.ts';
import { requireFinite } from '../require-finite.ts';

/** What the model was trained to tell apart, in the order of its outputs. */
export const SCAFFOLD_LABELS = ['not_code', 'code'] as const;

/**
 * How code-like a document is, from 0 to 1: the mean over its chunks of the probability of `code`, after the temperature.
 * It is the score f(x) of arXiv 2605.19762, by which mathematics is called a scaffold above a threshold. Fault `not_finite`
 * where a logit or the temperature is no number.
 */
export function scaffoldScore(logits: readonly (readonly number[])[], temperature: number): number {
  requireFinite('a scaffold score', [temperature]);
  const scores = logits.map((row) => softmax(row.map((logit) => logit / temperature))[1]!);
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}
