export { canonicalDigest, canonicalJson } from './canonical.ts';
export { jsonElements, lazyJson, LongArray, splitArray } from './lazy.ts';
export { parseNumeric } from './numeric.ts';
export type { ParsedNumeric } from './numeric.ts';
export { findFlaw, mayHaveFlaw } from './strict.ts';
export type { JsonFlaw } from './strict.ts';
export { tolerantJson } from './tolerant.ts';
export { isJsonObject, wellFormed } from './values.ts';
export type { JsonObject } from './values.ts';
