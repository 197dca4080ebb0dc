import { FNV_OFFSET, mix } from './hash.ts';

/**
 * A token has two sides: `word`, a hash of its lower-case characters, and `shape`, a small number for what it looks
 * like. Names and topics change between sources; shapes change less.
 */
export type OnToken = (word: number, shape: number, isFirstOfLine: boolean) => void;

const SPACE = 0;
const ALPHABETIC = 1;
const DIGIT = 2;
const MARK = 3;
const NEWLINE = 4;

const CLASSES = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (character === '\n') return NEWLINE;
  if (/[A-Za-z_]/.test(character)) return ALPHABETIC;
  if (/[0-9]/.test(character)) return DIGIT;
  return code <= 32 ? SPACE : MARK;
});

const BACKSLASH = 92;
const UNDERSCORE = 95;

/* Shapes. Marks have their character code, from 33 on; a run of one mark has 128 more; after a space 512 more. */
const SHAPE = {
  single: 1,
  capital: 2,
  short: 3,
  lower: 4,
  title: 5,
  upper: 6,
  camel: 7,
  snake: 8,
  foreign: 9,
  command: 10,
  digit: 11,
  number: 12,
  symbol: 13,
  line: 300,
  blank: 310,
} as const;
const AFTER_SPACE = 512;
const RUN = 128;

const isSymbol = (code: number): boolean =>
  (code >= 0x2190 && code <= 0x2bff) || (code >= 0x2070 && code <= 0x209f);
/** Above ASCII everything is alphabetic but arrows, mathematical and technical symbols. */
const classOf = (code: number): number => {
  if (code < 128) return CLASSES[code]!;
  return isSymbol(code) ? MARK : ALPHABETIC;
};

/** Widths of an indentation in a few steps, a tab counting four. */
const INDENT_STEPS = [0, 2, 4, 8];
const indentStep = (width: number): number => INDENT_STEPS.filter((step) => width > step).length;

/** Reports every token of a text, in order; a line break is a token with the indentation of the next line. */
export function scan(text: string, onToken: OnToken): void {
  const { length } = text;
  let at = 0;
  let isFirst = true;
  let afterSpace = 0;
  while (at < length) {
    const code = text.charCodeAt(at);
    const kind = classOf(code);
    if (kind === SPACE) {
      at++;
      afterSpace = AFTER_SPACE;
      continue;
    }
    if (kind === NEWLINE) {
      const line = endOfBreak(text, at);
      onToken(line.shape, line.shape, false);
      at = line.end;
      isFirst = true;
      afterSpace = 0;
      continue;
    }
    const start = at;
    at = endOfToken(text, at, kind, code);
    onToken(hashOf(text, start, at), shapeOf(text, start, at, kind) + afterSpace, isFirst);
    isFirst = false;
    afterSpace = 0;
  }
}

/** Where the line break at `at` ends: behind blank lines and the indentation of the next line with text. */
function endOfBreak(text: string, at: number): { readonly end: number; readonly shape: number } {
  let lines = 0;
  let width = 0;
  let end = at;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code === 10) {
      lines++;
      width = 0;
    } else if (code === 9) width += 4;
    else if (code === 32) width++;
    else if (code !== 13) break;
  }
  return { end, shape: (lines > 1 ? SHAPE.blank : SHAPE.line) + indentStep(width) };
}

function endOfToken(text: string, start: number, kind: number, first: number): number {
  let at = start + 1;
  if (first === BACKSLASH) {
    while (at < text.length && classOf(text.charCodeAt(at)) === ALPHABETIC) at++;
    return at;
  }
  if (kind === MARK) {
    while (at < text.length && text.charCodeAt(at) === first) at++;
    return at;
  }
  const isWord = kind === ALPHABETIC;
  while (at < text.length) {
    const next = classOf(text.charCodeAt(at));
    if (next !== kind && !(isWord && next === DIGIT)) break;
    at++;
  }
  return at;
}

/** Digits count as one digit, so that numbers differ by their length alone, up to four digits. */
function hashOf(text: string, start: number, end: number): number {
  let hash = FNV_OFFSET;
  const isNumber = classOf(text.charCodeAt(start)) === DIGIT;
  const stop = isNumber ? Math.min(end, start + 4) : Math.min(end, start + 24);
  for (let at = start; at < stop; at++) {
    const code = text.charCodeAt(at);
    if (code >= 65 && code <= 90) hash = mix(hash, code + 32);
    else hash = mix(hash, code >= 48 && code <= 57 ? 48 : code);
  }
  return hash;
}

function shapeOf(text: string, start: number, end: number, kind: number): number {
  const first = text.charCodeAt(start);
  if (kind === DIGIT) return end - start === 1 ? SHAPE.digit : SHAPE.number;
  if (first === BACKSLASH && end - start > 1) return SHAPE.command;
  if (kind === MARK) return first > 127 ? SHAPE.symbol : first + (end - start > 1 ? RUN : 0);
  return shapeOfWord(text, start, end);
}

function shapeOfWord(text: string, start: number, end: number): number {
  let capitals = 0;
  let digits = 0;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code > 127) return SHAPE.foreign;
    if (code === UNDERSCORE) return SHAPE.snake;
    if (code < 65) digits++;
    else if (code < 97) capitals++;
  }
  const length = end - start;
  const isCapital = text.charCodeAt(start) < 97;
  if (length === 1) return isCapital ? SHAPE.capital : SHAPE.single;
  if (capitals === 0) return length <= 3 ? SHAPE.short : SHAPE.lower;
  return shapeOfCapitals(capitals, isCapital, capitals + digits === length);
}

function shapeOfCapitals(capitals: number, isFirst: boolean, isAll: boolean): number {
  if (isAll) return SHAPE.upper;
  return isFirst && capitals === 1 ? SHAPE.title : SHAPE.camel;
}
