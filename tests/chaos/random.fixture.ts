/** Numbers in [0, 1), determined by a seed: a test is repeated with its seed. */
export type Random = {
  (): number;
  /** An integer in [0, end). */
  below(end: number): number;
};

/** Mulberry32, a 32-bit generator. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return Object.assign(next, { below: (end: number) => Math.floor(next() * end) });
}
