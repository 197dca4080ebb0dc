/** Plain measures of a text, each a share between 0 and 1: what a reader would look at before the words. */
export const MEASURES = [
  'alphabetic',
  'capitals',
  'digits',
  'blanks',
  'operators',
  'brackets',
  'quotes',
  'backslashes',
  'dollars',
  'ends_of_statement',
  'non_ascii',
  'indented_lines',
  'sentence_lines',
  'marked_lines',
  'long_lines',
  'empty_lines',
  'function_words',
  'keywords',
  'derivation_words',
  'question_words',
  'tags',
] as const;

const PER_CHARACTER = [
  /[A-Za-z]/,
  /[A-Z]/,
  /[0-9]/,
  /\s/,
  /[=+\-*/^<>|~&%]/,
  /[()[\]{}]/,
  /["'`]/,
  /\\/,
  /\$/,
  /[;{}]/,
];
/** For each ASCII character, the measures that count it, as bits. */
const BITS = Uint16Array.from({ length: 128 }, (_, code) =>
  PER_CHARACTER.reduce(
    (bits, pattern, index) => bits | (pattern.test(String.fromCharCode(code)) ? 1 << index : 0),
    0,
  ),
);

const FUNCTION_WORDS =
  /\b(?:the|of|and|to|a|in|is|that|for|it|as|with|by|on|are|this|be|or|from|was|which|an)\b/gi;
const KEYWORDS =
  /\b(?:return|function|def|class|import|const|let|var|if|else|elif|for|while|end|null|nil|None|self|this|public|private|static|void|int|struct|fn|use|sub|my|func|package|module|foreach|try|catch|throw|new|switch|case|break)\b/g;
const DERIVATION_WORDS =
  /\b(?:therefore|hence|thus|so|since|because|then|follows|implies|suppose|assume|let|given|we|prove|proof|answer|first|second|next|finally|step|substitut\w+|simplif\w+|solv\w+)\b/gi;
const QUESTION_WORDS =
  /\b(?:how|what|which|find|calculate|compute|determine|evaluate|many|much|total|each)\b|\?/gi;
const TAGS = /<\/?[a-z][^<>]{0,80}>/gi;

const countOf = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** One share for each of `MEASURES`, in their order. */
export function measuresOf(text: string): number[] {
  const length = Math.max(1, text.length);
  const characters = charactersOf(text);
  const lines = text.split('\n');
  const filled = Math.max(1, lines.filter((line) => line.trim() !== '').length);
  const share = (isOne: (line: string) => boolean): number => lines.filter(isOne).length / filled;
  const words = Math.max(1, countOf(text, /[A-Za-z]{2,}/g));
  return [
    ...characters.map((count) => count / length),
    share((line) => /^\s{2,}\S|^\t+\S/.test(line)),
    share((line) => /[a-z)][.!?:]["')]?\s*$/.test(line)),
    share((line) => /^\s*(?:#|\*|-|\d+[.)]|```|>|=+$|\.\. )/.test(line)),
    share((line) => line.length > 100),
    1 - filled / lines.length,
    ...[FUNCTION_WORDS, KEYWORDS, DERIVATION_WORDS, QUESTION_WORDS, TAGS].map((pattern) =>
      Math.min(1, countOf(text, pattern) / words),
    ),
  ];
}

/** Counts of characters by class, the last of them those above ASCII. */
function charactersOf(text: string): number[] {
  const counts = Array.from({ length: PER_CHARACTER.length + 1 }, () => 0);
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 127) counts[PER_CHARACTER.length]!++;
    else for (let bits = BITS[code]!, index = 0; bits > 0; bits >>= 1, index++) counts[index]! += bits & 1;
  }
  return counts;
}

/** Steps on a logarithmic scale: 0, then up to 1/128, 1/64, … 1. */
const STEPS = 9;
const stepOf = (share: number): number => (share <= 0 ? 0 : Math.max(1, 8 + Math.ceil(Math.log2(share))));

/** One number for each measure: which measure and which step. */
export const measureBuckets = (text: string): number[] =>
  measuresOf(text).map((share, index) => index * STEPS + Math.min(STEPS - 1, stepOf(share)));
