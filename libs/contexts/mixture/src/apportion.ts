/** Weights are compared as integers of so many bits, the largest of them. */
const BITS = 52;

/**
 * Whole tokens in whole parts by weights, by the method of Webster (also Sainte-Laguë): each part is its weight times one
 * common factor, rounded. The parts add up to the tokens, and none of them falls when there are more tokens; largest
 * remainders add up too, but a part can lose a token when one is added (the Alabama paradox). A part of weight 0 has 0.
 * Undefined where no weight is above 0. M. L. Balinski and H. P. Young, Fair Representation (2001), appendix A.
 */
export function apportioned(tokens: bigint, weights: readonly number[]): bigint[] | undefined {
  const largest = weights.reduce((most, weight) => Math.max(most, weight), 0);
  if (!(largest > 0)) return undefined;
  const exact = weights.map((weight) => BigInt(Math.round((weight / largest) * 2 ** BITS)));
  const total = exact.reduce((sum, weight) => sum + weight, 0n);
  const rounded = (factor: bigint): bigint[] =>
    exact.map((weight) => (2n * factor * weight + total) / (2n * total));
  /* The largest factor whose parts do not exceed the tokens; one more adds at most one token to each part. */
  const spread = BigInt(weights.length);
  let low = tokens > spread ? tokens - spread : 0n;
  let high = tokens + spread + 1n;
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (sumOf(rounded(middle)) <= tokens) low = middle;
    else high = middle;
  }
  const parts = rounded(low);
  const next = rounded(high).flatMap((part, at) => (part > (parts[at] ?? 0n) ? [at] : []));
  const left = Number(tokens - sumOf(parts));
  const gaining = new Set(next.toSorted(byPriority(parts, exact)).slice(0, left));
  return parts.map((part, at) => (gaining.has(at) ? part + 1n : part));
}

const sumOf = (parts: readonly bigint[]): bigint => parts.reduce((sum, part) => sum + part, 0n);

/** The part whose next token is rounded up first comes first; of equal ones the earlier. */
const byPriority =
  (parts: readonly bigint[], weights: readonly bigint[]) =>
  (left: number, right: number): number => {
    const ofLeft = (2n * (parts[left] ?? 0n) + 1n) * (weights[right] ?? 0n);
    const ofRight = (2n * (parts[right] ?? 0n) + 1n) * (weights[left] ?? 0n);
    if (ofLeft === ofRight) return left - right;
    return ofLeft < ofRight ? -1 : 1;
  };
