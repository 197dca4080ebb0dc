import { largest } from '@tributary/kernel';
import { ONE } from './amount.ts';

/**
 * An amount in parts of the weights, whole tokens or bytes each, that add up to it exactly. Weights are finite and above
 * zero.
 */
export function divided(whole: bigint, weights: readonly number[], unit: string): bigint[] {
  const grain = unit === 'share' ? 1n : ONE;
  const scaled = addable(weights);
  const total = sumOf(scaled);
  let before = 0;
  let given = 0n;
  return scaled.map((weight, index) => {
    before += weight;
    const part = BigInt(Math.round((before / total) * 2 ** 52));
    const upTo = index === scaled.length - 1 ? whole : ((whole * part) / (grain * 2n ** 52n)) * grain;
    const share = upTo - given;
    given = upTo;
    return share;
  });
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);

/** The weights, as parts of the largest one where their sum is beyond the largest number. */
function addable(weights: readonly number[]): readonly number[] {
  if (Number.isFinite(sumOf(weights))) return weights;
  const most = largest(weights);
  return weights.map((weight) => weight / most);
}
