/** Numbers from 0 up to 1, the same again for a seed: what a test does is told by its seed. */
export type Random = {
  (): number;
  /** A whole number from 0 up to, without, `end`. */
  below(end: number): number;
};

/** Mulberry32. */
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
