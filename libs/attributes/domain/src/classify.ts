import type { Calibration } from './calibration.ts';
import { chunksOf } from './chunks.ts';
import { featuresOf, PADDING, type Features } from './features.ts';
import { DOMAINS, type Domain } from './labels.ts';
import { requireFinite } from './require-finite.ts';

/** A document's domain with one probability for each of `DOMAINS`; without a domain where the model abstains. */
export type DocumentDomain = {
  readonly domain: Domain | undefined;
  readonly probabilities: Readonly<Record<Domain, number>>;
};

/** The two inputs of the model, for a number of chunks: `ids` [chunks, width] and `weights` [chunks, 1, width]. */
export type FeatureBatch = {
  readonly chunks: number;
  readonly width: number;
  readonly ids: Int32Array;
  readonly weights: Float32Array;
};

export const featuresOfDocument = (text: string): Features[] => chunksOf(text).map(featuresOf);

/** Rows are as long as the longest of them; the rest is padding of weight 0. */
export function batchOf(features: readonly Features[]): FeatureBatch {
  const width = features.reduce((most, { ids }) => Math.max(most, ids.length), 1);
  const ids = new Int32Array(features.length * width).fill(PADDING);
  const weights = new Float32Array(features.length * width);
  for (const [row, one] of features.entries()) {
    ids.set(one.ids, row * width);
    weights.set(one.weights, row * width);
  }
  return { chunks: features.length, width, ids, weights };
}

/**
 * The domain of a document from the logits of its chunks, row after row.
 * Probabilities are means over the chunks, after the temperature. Fault `not_finite` where a logit or a constant is no number.
 */
export function documentDomain(
  logits: readonly (readonly number[])[],
  { temperature, abstainBelow }: Pick<Calibration, 'temperature' | 'abstainBelow'>,
): DocumentDomain {
  requireFinite('a domain', [temperature, abstainBelow]);
  const rows = logits.map((row) => softmax(row.map((logit) => logit / temperature)));
  const means = DOMAINS.map((_, index) => rows.reduce((sum, row) => sum + row[index]!, 0) / rows.length);
  const best = means.indexOf(largest(means));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- one entry for each domain
  const probabilities = Object.fromEntries(DOMAINS.map((domain, index) => [domain, means[index]!])) as Record<
    Domain,
    number
  >;
  return { domain: means[best]! < abstainBelow ? undefined : DOMAINS[best], probabilities };
}

/** Probabilities from logits. Fault `not_finite` where one is no number. */
export function softmax(logits: readonly number[]): number[] {
  requireFinite('probabilities', logits);
  const most = largest(logits);
  const powers = logits.map((logit) => Math.exp(logit - most));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

const largest = (numbers: readonly number[]): number =>
  numbers.reduce((most, one) => Math.max(most, one), -Infinity);
