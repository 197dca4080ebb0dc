/** The finaliser of MurmurHash3, 32 bits: every bit of the input changes half of the output. It maps no two to one. */
export function mixBits(value: number): number {
  const once = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35);
  return (twice ^ (twice >>> 16)) >>> 0;
}

/** A hash of one more number. */
export const mixIn = (hash: number, value: number): number =>
  Math.imul(hash ^ value, 0x01000193) + (hash >>> 7);
