import { permutation } from '../numerics/random.ts';
import type { Random } from '../numerics/random.ts';

/** All ways to choose `size` of the numbers 0..count-1, in lexical order. */
function choices(count: number, size: number): number[][] {
  if (size === 0) return [[]];
  if (size > count) return [];
  const found: number[][] = [];
  const extend = (chosen: readonly number[], from: number): void => {
    if (chosen.length === size) found.push([...chosen]);
    else
      for (let next = from; next <= count - size + chosen.length; next++) extend([...chosen, next], next + 1);
  };
  extend([], 0);
  return found;
}

/** Number of ways to choose `size` of `count`. */
function binomial(count: number, size: number): number {
  let ways = 1;
  for (let index = 1; index <= size; index++) ways = (ways * (count - size + index)) / index;
  return ways;
}

/** Values in two groups, by index. */
export type Split = { readonly more: readonly number[]; readonly less: readonly number[] };

/** Relabellings, the actual one first; `isExact` where they are all that there are, each once. */
export type Relabellings<Labels> = { readonly all: readonly Labels[]; readonly isExact: boolean };

/** Largest number of relabellings that are enumerated; beyond it a random sample of `SAMPLED` is drawn. */
const ENUMERATED = 3500;
const SAMPLED = 499;

/**
 * Ways to deal the labels of two groups: the first `more` of all values belong to the first group. Of two equal groups the
 * exchanged ones count once. A permutation test has no smaller p value than one divided by their number (Fisher 1935).
 */
export function splits(more: number, less: number, generator: Random): Relabellings<Split> {
  const count = more + less;
  const mirrored = more === less;
  const rest = (chosen: readonly number[]) => {
    const taken = new Set(chosen);
    return {
      more: chosen,
      less: Array.from({ length: count }, (_, index) => index).filter((index) => !taken.has(index)),
    };
  };
  if (binomial(count, more) / (mirrored ? 2 : 1) <= ENUMERATED) {
    const chosen = choices(count, more).filter(([first]) => !mirrored || first === 0);
    return { all: chosen.map(rest), isExact: true };
  }
  const actual = rest(Array.from({ length: more }, (_, index) => index));
  const drawn = Array.from({ length: SAMPLED }, () => rest(permutation(count, generator).slice(0, more)));
  return { all: [actual, ...drawn], isExact: false };
}

/** Ways to exchange the labels within pairs, as signs of their differences; the exchange of all pairs counts once. */
export function signFlips(pairs: number, generator: Random): Relabellings<readonly number[]> {
  const isExact = 2 ** (pairs - 1) <= ENUMERATED;
  const actual = Array.from({ length: pairs }, () => 1);
  if (!isExact) {
    const drawn = Array.from({ length: SAMPLED }, () =>
      actual.map(() => (generator.uniform() < 0.5 ? 1 : -1)),
    );
    return { all: [actual, ...drawn], isExact };
  }
  const all = Array.from({ length: 2 ** (pairs - 1) }, (_, code) =>
    actual.map((_one, index) => (Math.floor(code / 2 ** index) % 2 === 0 ? 1 : -1)),
  );
  return { all, isExact };
}
