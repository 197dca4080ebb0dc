import { stringAt, textAt } from './parse.ts';
import {
  BACKSLASH,
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  DOT,
  END,
  INVALID,
  isDigit,
  LOWER_E,
  LOWER_U,
  MINUS,
  OPEN_ARRAY,
  OPEN_OBJECT,
  QUOTE,
  skipSpace,
  Tokeniser,
  UPPER_E,
  ZERO,
} from './tokens.ts';

/** What JSON.parse accepts although it loses something of the text. */
export type JsonFlaw = {
  readonly code: 'too_deep' | 'too_many_keys' | 'duplicate_key' | 'number_not_exact' | 'invalid_text';
  /** RFC 6901 pointer to the flaw. */
  readonly pointer: string;
  readonly message: string;
};

/** Levels of arrays and objects in each other, and members of one object, that a text may have. */
export type JsonBounds = { readonly depth: number; readonly keys: number };

/** Beyond these levels nothing has a canonical form. */
const BOUNDS: JsonBounds = { depth: 32, keys: Infinity };

type Level = { readonly keys: Set<string> | undefined; key: string; index: number };

/**
 * The first flaw of a JSON text, or undefined: a repeated key (`duplicate_key`), a number that no 64-bit float holds
 * exactly (`number_not_exact`), a NUL or a lone surrogate (`invalid_text`), more levels than the bounds allow
 * (`too_deep`), or members of one object (`too_many_keys`). The text must be valid JSON. `inside` names the members within
 * which the text stands.
 */
export function findFlaw(
  bytes: Buffer,
  {
    inside = [],
    bounds = BOUNDS,
  }: { readonly inside?: readonly string[]; readonly bounds?: JsonBounds } = {},
): JsonFlaw | undefined {
  const path: Level[] = inside.map((key) => ({ keys: new Set(), key, index: 0 }));
  const tokens = new Tokeniser(bytes);
  for (let kind = tokens.next(); kind !== END && kind !== INVALID; kind = tokens.next()) {
    const flaw = inspect(tokens, path, bounds);
    if (flaw) return flaw;
  }
  return undefined;
}

function inspect(tokens: Tokeniser, path: Level[], bounds: JsonBounds): JsonFlaw | undefined {
  const level = path.at(-1);
  switch (tokens.kind) {
    case OPEN_OBJECT:
    case OPEN_ARRAY:
      path.push({ keys: tokens.kind === OPEN_OBJECT ? new Set() : undefined, key: '', index: 0 });
      return path.length > bounds.depth
        ? flawAt('too_deep', path, `nested deeper than ${bounds.depth} levels`)
        : undefined;
    case CLOSE_OBJECT:
    case CLOSE_ARRAY:
      path.pop();
      return undefined;
    case COMMA:
      if (level) level.index += 1;
      return undefined;
    case QUOTE:
      return inspectString(tokens, path, bounds);
    case ZERO:
      return inspectNumber(tokens, path);
    default:
      return undefined;
  }
}

function inspectNumber(tokens: Tokeniser, path: readonly Level[]): JsonFlaw | undefined {
  if (isShort(tokens)) return undefined;
  const literal = textAt(tokens);
  if (isExactNumber(literal)) return undefined;
  const message = `${literal.slice(0, 40)} does not survive as a 64-bit float; send it as text or with fewer digits`;
  return flawAt('number_not_exact', path, message);
}

function inspectString(
  tokens: Tokeniser,
  path: readonly Level[],
  { keys: most }: JsonBounds,
): JsonFlaw | undefined {
  const { bytes, end, isEscaped } = tokens;
  const level = path.at(-1);
  const isKey = level?.keys !== undefined && bytes[skipSpace(bytes, end)] === COLON;
  if (!isKey && !isEscaped) return undefined;
  const value = stringAt(tokens);
  if (level?.keys && isKey) {
    level.key = value;
    if (level.keys.has(value)) return flawAt('duplicate_key', path, 'the key occurs twice in the object');
    level.keys.add(value);
    if (level.keys.size > most)
      return flawAt('too_many_keys', path.slice(0, -1), `an object with more than ${most} members`);
  }
  if (value.isWellFormed() && !value.includes('\0')) return undefined;
  return flawAt('invalid_text', path, 'the string contains a NUL or half of a surrogate pair');
}

function flawAt(code: JsonFlaw['code'], path: readonly Level[], message: string): JsonFlaw {
  const pointer = path.map((level) => `/${level.keys ? escapePointer(level.key) : level.index}`).join('');
  return { code, pointer, message };
}

const escapePointer = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

/**
 * Whether `findFlaw` may find something in a text whose value is known: a quick pass that never says no wrongly. Arrays
 * of numbers that are known to be exact may be left out of the text. The text must be valid JSON, so the
 * first byte of a token says what it is. The tokeniser would take twice the time, for every telemetry event.
 */
export function mayHaveFlaw(bytes: Buffer, value: unknown, bounds = BOUNDS): boolean {
  let keys = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) at = endOfPlainString(bytes, at) - 1;
    else if (byte === COLON) keys += 1;
    else if (isDigit(byte)) at = endOfShortNumber(bytes, at) - 1;
    if (at < 0) return true;
  }
  return keys !== keysOf(value, bounds.depth, bounds.keys);
}

/** -1 for a string with a `\u` escape, which may stand for a NUL or a lone surrogate. */
function endOfPlainString(bytes: Buffer, start: number): number {
  let at = start + 1;
  for (let byte = bytes[at]; byte !== QUOTE && at < bytes.length; byte = bytes[at]) {
    if (byte === BACKSLASH) at += 1;
    if (byte === BACKSLASH && bytes[at] === LOWER_U) return -1;
    at += 1;
  }
  return at + 1;
}

const MAX_DIGITS = 15;

/** -1 for more than 15 digits, or an exponent of three. Any other number is exact. `start` is the first digit. */
function endOfShortNumber(bytes: Buffer, start: number): number {
  let at = endOfDigits(bytes, start);
  let digits = at - start;
  if (bytes[at] === DOT) {
    const fraction = at + 1;
    at = endOfDigits(bytes, fraction);
    digits += at - fraction;
  }
  if (digits > MAX_DIGITS) return -1;
  if (bytes[at] !== LOWER_E && bytes[at] !== UPPER_E) return at;
  const exponent = isDigit(bytes[at + 1] ?? 0) ? at + 1 : at + 2;
  at = endOfDigits(bytes, exponent);
  return at - exponent < 3 ? at : -1;
}

function endOfDigits(bytes: Buffer, start: number): number {
  let at = start;
  while (isDigit(bytes[at] ?? 0)) at += 1;
  return at;
}

/** A number that needs no look at its value. */
const isShort = ({ bytes, start, end }: Tokeniser): boolean =>
  endOfShortNumber(bytes, bytes[start] === MINUS ? start + 1 : start) === end;

/**
 * A repeated key is lost in parsing, so the value has fewer keys than the text. Infinity for a value with more than `depth`
 * levels, or an object of more than `most` members.
 */
function keysOf(value: unknown, depth: number, most: number): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (depth === 0) return Infinity;
  if (Array.isArray(value)) return typeof value[0] === 'number' ? 0 : keysOfItems(value, depth - 1, most);
  const items = Object.values(value);
  return items.length > most ? Infinity : items.length + keysOfItems(items, depth - 1, most);
}

function keysOfItems(items: readonly unknown[], depth: number, most: number): number {
  let keys = 0;
  for (const item of items) keys += keysOf(item, depth, most);
  return keys;
}

/** Whether a JSON number prints again as the same decimal: 0.30000000000000004 does, 9007199254740993 does not. */
export function isExactNumber(literal: string): boolean {
  const number = Number(literal);
  if (!Number.isFinite(number)) return false;
  const printed = String(number);
  return printed === literal || decimal(printed) === decimal(literal);
}

/** Significant digits and the power of ten of the last one, so that equal values give the same text. */
function decimal(literal: string): string {
  const [mantissa = '', exponent = '0'] = literal.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.');
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = withoutTrailingZeros(digits);
  if (significant === '') return '0';
  const power = Number(exponent) - fraction.length + (digits.length - significant.length);
  return `${mantissa.startsWith('-') ? '-' : ''}${significant}e${power}`;
}

/** A pattern would begin anew at each zero of a long run of them that a digit ends. */
function withoutTrailingZeros(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === '0') end -= 1;
  return digits.slice(0, end);
}
