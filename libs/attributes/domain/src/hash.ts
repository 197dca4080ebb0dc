/** FNV-1a, 32 bits: http://www.isthe.com/chongo/tech/comp/fnv/ */
export const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** One step over a number of up to 16 bits. */
export const mix = (hash: number, value: number): number => Math.imul(hash ^ value, FNV_PRIME);

/** One step over each half of a number of 32 bits. */
export const mixWord = (hash: number, value: number): number => mix(mix(hash, value & 0xffff), value >>> 16);

/** The low bits of FNV-1a change too regularly for short inputs; this spreads the high ones over them. */
export function finish(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (once ^ (once >>> 12)) >>> 0;
}
