import { largest, smallest } from '@tributary/kernel';
import { numberOf } from './divide-amounts.ts';
import type { MeasuredShard, MeasuredSlices } from './measured-slices.ts';

/**
 * Why an attribute defines no slices of these shards: `threshold_not_finite`; `attribute_not_measured` where none of the
 * shards has a measurement; `threshold_missing` where a shard has one number, and `threshold_on_histogram` where it has
 * several values; `normalisers_differ` where the numbers are relative to different corpora.
 */
export function refuseSlices(
  { attribute, atLeast }: MeasuredSlices,
  measured: ReadonlyMap<string, MeasuredShard>,
  shards: number,
): { readonly refusal: string; readonly text: string } | undefined {
  if (atLeast !== undefined && !Number.isFinite(atLeast))
    return { refusal: 'threshold_not_finite', text: `The threshold of ${attribute} is ${atLeast}.` };
  const rows = [...measured.values()];
  if (rows.length === 0) {
    const text =
      shards === 0
        ? 'The exposure of the runs names no shards, and an attribute is measured of shards.'
        : `None of the ${shards} shards that the runs consumed has a measurement of ${attribute}: tributary tag FILE --attribute NAME --shard ID.`;
    return { refusal: 'attribute_not_measured', text };
  }
  const numbers = rows.flatMap((row) => numberOf(row) ?? []);
  if (numbers.length > 0 && atLeast === undefined) {
    const text = `${attribute} is one number of each shard, from ${smallest(numbers)} to ${largest(numbers)}: name a threshold, as in attribute:${attribute}>=${largest(numbers)}.`;
    return { refusal: 'threshold_missing', text };
  }
  if (numbers.length < rows.length && atLeast !== undefined) {
    const text = `${attribute} is a histogram, so that its values are slices by themselves: leave the threshold out.`;
    return { refusal: 'threshold_on_histogram', text };
  }
  const normalisers = [...new Set(rows.map(({ normaliser }) => normaliser))].toSorted();
  if (normalisers.length < 2) return undefined;
  const text =
    `${attribute} is relative to ${normalisers.length} different normalisers (${normalisers
      .slice(0, 3)
      .map((one) => one || 'none')
      .join(', ')}), ` +
    'so that its values in these shards do not compare: measure all of them with one, by tributary tag --normaliser.';
  return { refusal: 'normalisers_differ', text };
}
