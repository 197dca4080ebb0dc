import * as token from './tokens.ts';

/** The numbers of an array, and the index of its closing bracket. */
export type NumberArray = { readonly values: readonly (number | null)[]; readonly end: number };

const MAX_VALUES = 1_024;

/** Most digits whose integer is exact, and the largest power of ten that is. */
const MAX_DIGITS = 15;
const POWERS = Float64Array.from({ length: 23 }, (_, power) => Number(`1e${power}`));

/** Local, because the engine folds constants of a module but loads imported ones every time. */
const [PLUS, COMMA, MINUS, DOT] = [token.PLUS, token.COMMA, token.MINUS, token.DOT];
const [ZERO, NINE, CLOSE_ARRAY, LOWER_E, LOWER_N] = [
  token.ZERO,
  0x39,
  token.CLOSE_ARRAY,
  token.LOWER_E,
  0x6e,
];
const SPACE = 0x20;

/** The reader's index, and the digits and the value that it has read. Reading is synchronous, so one serves every call. */
const reader = { at: 0, digits: 0, value: 0 };
const held = new Float64Array(MAX_VALUES);

/**
 * Reads numbers and nulls up to the closing bracket; `start` is the index behind the opening one. `other`: the array
 * begins with something else. `unreadable`: it continues with something else, or with a number that is not exact.
 */
export function numberArray(bytes: Buffer, start: number): NumberArray | 'other' | 'unreadable' {
  reader.at = start;
  const first = skipSpace(bytes);
  if (!isDigit(first) && first !== MINUS && first !== LOWER_N) return 'other';
  let hasNull = false;
  for (let count = 0; count < MAX_VALUES;) {
    if (!readNumber(bytes, skipSpace(bytes))) return 'unreadable';
    hasNull ||= Number.isNaN(reader.value);
    held[count++] = reader.value;
    const next = skipSpace(bytes);
    if (next === CLOSE_ARRAY) return { values: hasNull ? withNulls(count) : plain(count), end: reader.at };
    if (next !== COMMA) return 'unreadable';
    reader.at += 1;
  }
  return 'unreadable';
}

function plain(count: number): number[] {
  // oxlint-disable-next-line unicorn/no-new-array -- made at its size and as doubles, which Array.from takes long over
  const values = new Array<number>(count);
  for (let index = 0; index < count; index += 1) values[index] = held[index] ?? 0;
  return values;
}

const withNulls = (count: number): (number | null)[] =>
  plain(count).map((value) => (Number.isNaN(value) ? null : value));

/** Returns the first byte that is not white space. */
function skipSpace(bytes: Buffer): number {
  let byte = bytes[reader.at] ?? 0;
  while (byte <= SPACE && token.isSpace(byte)) byte = bytes[++reader.at] ?? 0;
  return byte;
}

/**
 * A decimal of up to 15 digits is a quotient or product of two exact floats, so one rounding makes it right
 * (Clinger, How to Read Floating Point Numbers Accurately, 1990). NaN, which is no JSON number, stands for null.
 */
function readNumber(bytes: Buffer, first: number): boolean {
  if (first === LOWER_N) return readNull(bytes);
  const start = reader.at;
  if (first === MINUS) reader.at += 1;
  const leading = bytes[reader.at];
  reader.digits = 0;
  const whole = readDigits(bytes);
  if (whole === 0 || (whole > 1 && leading === ZERO)) return false;
  const fraction = readFraction(bytes);
  const power = readExponent(bytes) - fraction;
  if (whole + fraction > MAX_DIGITS) return readLong(bytes, start);
  if (!(Math.abs(power) < POWERS.length)) return false;
  const value = scaled(reader.digits, power);
  reader.value = first === MINUS ? -value : value;
  return true;
}

const scaled = (digits: number, power: number): number =>
  power < 0 ? digits / (POWERS[-power] ?? 1) : digits * (POWERS[power] ?? 1);

/** Appends to the digits read, and returns how many followed. */
function readDigits(bytes: Buffer): number {
  const from = reader.at;
  let { digits } = reader;
  let at = from;
  for (let byte = bytes[at] ?? 0; isDigit(byte); byte = bytes[++at] ?? 0) digits = digits * 10 + byte - ZERO;
  reader.digits = digits;
  reader.at = at;
  return at - from;
}

/** How many digits follow a point; NaN where none does, which is no power of ten. */
function readFraction(bytes: Buffer): number {
  if (bytes[reader.at] !== DOT) return 0;
  reader.at += 1;
  return readDigits(bytes) || NaN;
}

function readExponent(bytes: Buffer): number {
  if (((bytes[reader.at] ?? 0) | 32) !== LOWER_E) return 0;
  const { digits } = reader;
  const sign = bytes[reader.at + 1];
  reader.at += sign === MINUS || sign === PLUS ? 2 : 1;
  reader.digits = 0;
  const power = readDigits(bytes) === 0 ? NaN : reader.digits;
  reader.digits = digits;
  return sign === MINUS ? -power : power;
}

/** More digits are exact where the float prints the same text. */
function readLong(bytes: Buffer, start: number): boolean {
  const literal = bytes.toString('latin1', start, reader.at);
  reader.value = Number(literal);
  return String(reader.value) === literal;
}

function readNull(bytes: Buffer): boolean {
  const isNull = bytes.toString('latin1', reader.at, reader.at + 4) === 'null';
  reader.at += 4;
  reader.value = NaN;
  return isNull;
}

const isDigit = (byte: number): boolean => byte >= ZERO && byte <= NINE;
