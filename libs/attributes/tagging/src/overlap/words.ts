/** The normalisation below, named in the version of what uses it. */
export const WORDS = 'words/1';

const ASCII = /^[\0-\x7F]*$/;
const ASCII_WORD = /[a-z0-9]+/g;

/** Scripts that put no space between words: each of their characters is a word. */
const UNSPACED =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}';
const HAS_UNSPACED = new RegExp(`[${UNSPACED}]`, 'u');
const SPACED_WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;
const ANY_WORD = new RegExp(
  `[${UNSPACED}]\\p{M}*|[\\p{L}\\p{N}](?:(?![${UNSPACED}])[\\p{L}\\p{N}\\p{M}])*`,
  'gu',
);

/**
 * Soft hyphens and joiners stand within words and are not seen. They are removed first, because marks on both sides of one
 * are then on the same character. No other character has one in its NFKC.
 */
const UNSEEN = /\u00AD|\u200C|\u200D|\u2060/g;

/**
 * Marks beyond the thirtieth on one character, where the Stream-Safe Text Format (Unicode Annex 15) cuts too: the time to
 * put marks into their order is quadratic in their number. U+FF9E and U+FF9F become marks.
 */
const EXCESS_MARKS = /([\p{M}\uFF9E\uFF9F]{30})[\p{M}\uFF9E\uFF9F]+/gu;

/**
 * The words of a text, so that copies which differ in case, punctuation, spaces, line ends or form of Unicode have the same
 * ones: runs of letters, digits and their marks after NFKC and case folding. Everything else only separates.
 */
export function wordsOf(text: string): readonly string[] {
  if (ASCII.test(text)) return text.toLowerCase().match(ASCII_WORD) ?? [];
  const folded = foldCase(text.replace(UNSEEN, '').replace(EXCESS_MARKS, '$1').normalize('NFKC'));
  return folded.match(HAS_UNSPACED.test(folded) ? ANY_WORD : SPACED_WORD) ?? [];
}

/** Upper case first, which has one form for ß and ss, and for each sigma; the last sigma of a word has another lower one. */
const foldCase = (text: string): string =>
  text.toUpperCase().toLowerCase().replaceAll('ς', 'σ').normalize('NFKC');
