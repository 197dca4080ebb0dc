/**
 * White space as Unicode defines it and the tokenizers were trained with it: `\s` of JavaScript also has the byte order mark, and
 * lacks the next line.
 */
const SPACE = String.raw`\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000`;
/** Behind an apostrophe, in any case; what folds to an s is the long s too. */
const SUFFIX = String.raw`'(?:[sSſ]|[dD]|[mM]|[tT]|[lL][lL]|[vV][eE]|[rR][eE])`;
const UPPER = String.raw`[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]`;
const LOWER = String.raw`[\p{Ll}\p{Lm}\p{Lo}\p{M}]`;
const BEFORE_WORD = String.raw`[^\r\n\p{L}\p{N}]?`;

const patternOf = (...alternatives: readonly string[]): RegExp => new RegExp(alternatives.join('|'), 'gu');

const R50K = patternOf(
  "'(?:[sdmt]|ll|ve|re)",
  String.raw` ?\p{L}+`,
  String.raw` ?\p{N}+`,
  ` ?[^${SPACE}\\p{L}\\p{N}]+`,
  `[${SPACE}]+(?![^${SPACE}])`,
  `[${SPACE}]`,
);

const CL100K = patternOf(
  SUFFIX,
  `${BEFORE_WORD}\\p{L}+`,
  String.raw`\p{N}{1,3}`,
  ` ?[^${SPACE}\\p{L}\\p{N}]+[\\r\\n]*`,
  `[${SPACE}]+$`,
  `[${SPACE}]*[\\r\\n]`,
  `[${SPACE}]+(?![^${SPACE}])`,
  `[${SPACE}]`,
);

const O200K = patternOf(
  `${BEFORE_WORD}${UPPER}*${LOWER}+(?:${SUFFIX})?`,
  `${BEFORE_WORD}${UPPER}+${LOWER}*(?:${SUFFIX})?`,
  String.raw`\p{N}{1,3}`,
  ` ?[^${SPACE}\\p{L}\\p{N}]+[\\r\\n/]*`,
  `[${SPACE}]*[\\r\\n]+`,
  `[${SPACE}]+(?![^${SPACE}])`,
  `[${SPACE}]+`,
);

/** What a text is cut by before its parts are merged from bytes, by tokenizer. Every character is in one part. */
export const PATTERNS = {
  r50k_base: R50K,
  p50k_base: R50K,
  cl100k_base: CL100K,
  o200k_base: O200K,
} as const;
