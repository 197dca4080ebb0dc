/** Plain measures of how a text is built, without a model. */
export type TextStructure = {
  readonly n_bytes: number;
  readonly n_chars: number;
  readonly n_lines: number;
  readonly symbol_density: number;
  readonly derivation_steps: number;
  readonly indentation_ratio: number;
  readonly has_subgoals: boolean;
  readonly has_verification: boolean;
};

const SYMBOL = /[=+\-*/^_<>|{}\\$%&~\p{Sm}]/gu;
const RELATION = /[=<>]|\\(?:le|ge|Rightarrow|iff)(?![A-Za-z])/;
const STEP = /^\s*(?:(?:step|therefore|hence|thus|so|then|first|next|finally)\b|\d+[.)]|\(\d+\))/i;
const INDENTED = /^(?: {2}|\t)/;
const SUBGOAL = /\b(?:let us|we (?:need|want) to|goal|suppose|case \d|lemma|claim)/i;
const VERIFICATION = /check|verify|substitut|plug(?:ging)? back|confirm/i;

/**
 * Measures after the paper on cognitive scaffolds (arXiv 2605.19762), whose own expressions are not public. Characters are
 * code points; a blank line counts for nothing but `n_lines`. An effect of structure has to hold at equal length and
 * indentation, which are among them for that reason.
 */
export function textStructure(text: string): TextStructure {
  const lines = text.split(/\r\n|\r|\n/);
  const filled = lines.filter((line) => line.trim() !== '');
  const characters = codePoints(text);
  return {
    n_bytes: Buffer.byteLength(text),
    n_chars: characters,
    n_lines: text === '' ? 0 : lines.length - (lines.at(-1) === '' ? 1 : 0),
    symbol_density: characters === 0 ? 0 : (text.match(SYMBOL)?.length ?? 0) / characters,
    derivation_steps: countOf(filled, RELATION) + countOf(filled, STEP),
    indentation_ratio: filled.length === 0 ? 0 : countOf(filled, INDENTED) / filled.length,
    has_subgoals: SUBGOAL.test(text),
    has_verification: VERIFICATION.test(text),
  };
}

const countOf = (lines: readonly string[], pattern: RegExp): number =>
  lines.reduce((count, line) => count + Number(pattern.test(line)), 0);

/** Characters of which two code units are one; half of a pair is one of its own. */
export const codePoints = (text: string): number =>
  text.length - (text.match(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g)?.length ?? 0);
