import { Fault } from '@tributary/kernel';

/** A filter or an order that cannot be read. */
export const invalidFilter = (message: string): Fault<'filter_invalid'> =>
  new Fault('filter_invalid', message);

export const filterTooLong = (message: string): Fault<'filter_too_long'> =>
  new Fault('filter_too_long', message);

export type Token =
  | {
      readonly kind: 'name';
      readonly text: string;
      /** For a name with a dot: the part before the first dot, and the key after it, both without quotes. */
      readonly path?: { readonly prefix: string; readonly key: string };
    }
  | { readonly kind: 'operator' | 'number' | 'text' | 'mark'; readonly text: string };

/** The tokens of a filter, read once from the first to the last. */
export class Tokens {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(text: string) {
    this.#tokens = tokensOf(text);
  }

  get next(): Token | undefined {
    return this.#tokens[this.#at];
  }

  take(): Token | undefined {
    const token = this.next;
    this.#at += 1;
    return token;
  }

  /** Takes the next token if it is this word, in any case. */
  takeWord(word: string): boolean {
    const { next } = this;
    if (next?.kind !== 'name' || next.text.toUpperCase() !== word) return false;
    this.#at += 1;
    return true;
  }
}

/**
 * Splits a filter into tokens and reads every character a bounded number of times. A double-quoted word without a dot is
 * a string. Throws Fault `filter_invalid`.
 */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = endOf(text, 0, isBlank); at < text.length;) {
    const [token, end] = tokenAt(text, at);
    tokens.push(token);
    at = endOf(text, end, isBlank);
  }
  return tokens;
}

function tokenAt(text: string, at: number): readonly [Token, number] {
  for (const [kind, scan] of SCANS) {
    const end = scan(text, at);
    if (end > at) return [tokenOf(kind, text.slice(at, end)), end];
  }
  const headEnd = quotedEnd(text, at) ?? endOf(text, at, isNamePart);
  if (headEnd > at) return nameAt(text, at, headEnd);
  throw invalidFilter(`syntax error in the filter at ${JSON.stringify(text.slice(at, at + 40))}`);
}

/** Each returns the end of a token, and its start where there is none. Tried in this order, before names. */
const SCANS: readonly (readonly [Exclude<Token['kind'], 'name'>, (text: string, at: number) => number])[] = [
  ['operator', operatorEnd],
  ['number', numberEnd],
  ['text', textEnd],
  ['mark', (text, at) => ('(),'.includes(text.charAt(at)) ? at + 1 : at)],
];

const OPERATORS = ['!=', '<>', '>=', '<=', '=', '>', '<'];

function operatorEnd(text: string, at: number): number {
  return at + (OPERATORS.find((operator) => text.startsWith(operator, at))?.length ?? 0);
}

/** Digits with a sign, a point and an exponent, followed by nothing that would make them part of a name. */
function numberEnd(text: string, from: number): number {
  const start = isSign(text.charCodeAt(from)) ? from + 1 : from;
  const whole = endOf(text, start, isDigit);
  const fraction = text.charCodeAt(whole) === DOT ? endOf(text, whole + 1, isDigit) : whole;
  const hasDigits = whole > start || fraction > whole + 1;
  const end = hasDigits ? exponentEnd(text, fraction) : from;
  const next = text.charCodeAt(end);
  return isWordPart(next) || next === DOT ? from : end;
}

function exponentEnd(text: string, from: number): number {
  if (!'eE'.includes(text.charAt(from) || ' ')) return from;
  const digits = isSign(text.charCodeAt(from + 1)) ? from + 2 : from + 1;
  const end = endOf(text, digits, isDigit);
  return end > digits ? end : from;
}

/** A string in single quotes, in which a quote is doubled or follows a backslash. */
function textEnd(text: string, from: number): number {
  if (text.charCodeAt(from) !== QUOTE) return from;
  for (let at = from + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE && text.charCodeAt(at + 1) !== QUOTE) return at + 1;
    if (code === QUOTE) at += 1;
    if (code === BACKSLASH) {
      at += 1;
      if (isLineEnd(text.charAt(at))) return from;
    }
  }
  return from;
}

/** The end of a part of a name in backticks or double quotes. Undefined where none begins here or it is not closed. */
function quotedEnd(text: string, at: number): number | undefined {
  const quote = text.charAt(at);
  if (quote !== '`' && quote !== '"') return undefined;
  const close = endOf(text, at + 1, (code) => code !== quote.charCodeAt(0));
  return close < text.length ? close + 1 : undefined;
}

/** A name, which may have a dot and a key after it. Outside of quotes a key has more characters than a name. */
function nameAt(text: string, at: number, headEnd: number): readonly [Token, number] {
  const head = text.slice(at, headEnd);
  const keyAt = headEnd + 1;
  const end =
    text.charCodeAt(headEnd) === DOT ? (quotedEnd(text, keyAt) ?? endOf(text, keyAt, isKeyPart)) : keyAt;
  if (end > keyAt) {
    const path = { prefix: unquoted(head), key: unquoted(text.slice(keyAt, end)) };
    return [{ kind: 'name', text: text.slice(at, end), path }, end];
  }
  return [{ kind: head.startsWith('"') ? 'text' : 'name', text: unquoted(head) }, headEnd];
}

function tokenOf(kind: Exclude<Token['kind'], 'name'>, text: string): Token {
  if (kind === 'operator') return { kind, text: text === '<>' ? '!=' : text };
  if (kind !== 'text') return { kind, text };
  const content = text.slice(1, -1).replaceAll("''", "'");
  return { kind, text: content.replaceAll(/\\(['\\])/g, '$1') };
}

function unquoted(text: string): string {
  const quote = text.charAt(0);
  const isQuoted = (quote === '"' || quote === '`') && text.length > 1 && text.endsWith(quote);
  return isQuoted ? text.slice(1, -1) : text;
}

/** The end of the run of such characters. */
function endOf(text: string, from: number, isPart: (code: number) => boolean): number {
  let at = from;
  while (at < text.length && isPart(text.charCodeAt(at))) at += 1;
  return at;
}

const [DOT, QUOTE, BACKSLASH, DOLLAR, HYPHEN, UNDERSCORE] = [0x2e, 0x27, 0x5c, 0x24, 0x2d, 0x5f];

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;
const isLetter = (code: number): boolean => (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a;
const isSign = (code: number): boolean => code === 0x2b || code === HYPHEN;
const isWordPart = (code: number): boolean => isDigit(code) || isLetter(code) || code === UNDERSCORE;
const isNamePart = (code: number): boolean => isWordPart(code) || code === DOLLAR || code === HYPHEN;
const isBlank = (code: number): boolean => /\s/.test(String.fromCharCode(code));
const isKeyPart = (code: number): boolean => !/[\s!=<>(),'"`]/.test(String.fromCharCode(code));
const isLineEnd = (character: string): boolean => /^[\n\r\u2028\u2029]?$/.test(character);
