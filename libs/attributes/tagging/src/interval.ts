import { requireFinite } from '@tributary/complexity';
import type { ValueSummary } from './summary.ts';

/** The 97.5th percentile of the normal distribution. */
const Z = 1.959963984540054;

/**
 * A 95 % interval for the mean over all rows of a file, from a sample of them without replacement: normal, with the finite
 * population correction. Undefined for fewer than two documents. Fault `not_finite` where a number is none.
 */
export function meanInterval(
  { n, mean, sd }: ValueSummary,
  { rows, drawn }: { readonly rows: number; readonly drawn: number },
): readonly [number, number] | undefined {
  requireFinite('an interval', [n, mean, sd, rows, drawn]);
  if (n < 2) return undefined;
  const correction = Math.sqrt(Math.max(0, 1 - drawn / rows));
  const half = Z * Math.sqrt((sd * sd) / (n - 1)) * correction;
  return [mean - half, mean + half];
}
