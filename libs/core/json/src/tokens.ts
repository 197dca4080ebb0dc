/** The bytes that JSON's grammar consists of. */
export const QUOTE = 0x22;
export const PLUS = 0x2b;
export const COMMA = 0x2c;
export const MINUS = 0x2d;
export const DOT = 0x2e;
export const ZERO = 0x30;
export const COLON = 0x3a;
export const UPPER_E = 0x45;
export const OPEN_ARRAY = 0x5b;
export const BACKSLASH = 0x5c;
export const CLOSE_ARRAY = 0x5d;
export const LOWER_E = 0x65;
export const OPEN_OBJECT = 0x7b;
export const CLOSE_OBJECT = 0x7d;

const NINE = 0x39;
export const LOWER_U = 0x75;

/**
 * What a token is. Punctuation is its own byte; a string is QUOTE, a number is ZERO. WORD is a run of letters, which
 * the reader of the tokens compares with the literals that it accepts.
 */
export const END = 0;
export const WORD = 1;
export const INVALID = 2;

const SPACE = 0x20;

/** Bytes beyond the end of a text are read as 0, which is none of these. */
export const isSpace = (byte: number): boolean =>
  byte <= SPACE && (byte === SPACE || byte === 0x0a || byte === 0x0d || byte === 0x09);

export const isDigit = (byte: number): boolean => byte >= ZERO && byte <= NINE;

const isLetter = (byte: number): boolean => (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;

/** The index of the first byte from `at` that is not white space. */
export function skipSpace(bytes: Uint8Array, at: number): number {
  let index = at;
  while (isSpace(bytes[index] ?? 0)) index += 1;
  return index;
}

/** The index behind the closing quote of the string that opens at `at`; -1 where none closes it. Checks nothing else. */
export function endOfString(bytes: Uint8Array, at: number): number {
  for (let index = at + 1; index < bytes.length; index += 1) {
    const byte = bytes[index];
    if (byte === QUOTE) return index + 1;
    if (byte === BACKSLASH) index += 1;
  }
  return -1;
}

/** Splits a JSON text in UTF-8 into tokens. `kind`, `start` and `end` describe the last one; nothing is allocated. */
export class Tokeniser {
  readonly bytes: Buffer;
  kind = END;
  start = 0;
  end: number;
  /** Of a string: whether it holds an escape, and whether one of them is `\u`. */
  isEscaped = false;
  hasUnicodeEscape = false;

  constructor(bytes: Buffer, at = 0) {
    this.bytes = bytes;
    this.end = at;
  }

  /** Reads the next token. A token that breaks JSON's grammar is INVALID, and so is everything after it. */
  next(): number {
    const { bytes } = this;
    this.start = skipSpace(bytes, this.end);
    const byte = bytes[this.start];
    if (byte === undefined) return (this.kind = END);
    if (byte === QUOTE) return this.#string();
    if (byte === MINUS || isDigit(byte)) return this.#number(byte);
    if (isLetter(byte)) return this.#word(this.start);
    this.end = this.start + 1;
    return (this.kind = isPunctuation(byte) ? byte : INVALID);
  }

  #string(): number {
    const { bytes } = this;
    this.isEscaped = false;
    this.hasUnicodeEscape = false;
    for (let at = this.start + 1; at < bytes.length; at += 1) {
      const byte = bytes[at] ?? 0;
      if (byte === QUOTE) return this.#done(QUOTE, at + 1);
      if (byte < 0x20) break;
      if (byte !== BACKSLASH) continue;
      at += 1;
      this.isEscaped = true;
      if (bytes[at] === LOWER_U) {
        this.hasUnicodeEscape = true;
        if (!areHex(bytes, at + 1)) break;
      } else if (!ESCAPES.has(bytes[at] ?? 0)) break;
    }
    return this.#done(INVALID, bytes.length);
  }

  #number(first: number): number {
    const { bytes, start } = this;
    const whole = first === MINUS ? start + 1 : start;
    if (whole > start && isLetter(bytes[whole] ?? 0)) return this.#word(whole);
    const end = endOfExponent(bytes, endOfFraction(bytes, endOfWhole(bytes, whole)));
    return end < 0 ? this.#done(INVALID, bytes.length) : this.#done(ZERO, end);
  }

  #word(from: number): number {
    let at = from;
    while (isLetter(this.bytes[at] ?? 0)) at += 1;
    return this.#done(WORD, at);
  }

  #done(kind: number, end: number): number {
    this.end = end;
    return (this.kind = kind);
  }
}

const isPunctuation = (byte: number): boolean =>
  byte === COMMA ||
  byte === COLON ||
  byte === OPEN_OBJECT ||
  byte === CLOSE_OBJECT ||
  byte === OPEN_ARRAY ||
  byte === CLOSE_ARRAY;

/** What may follow a backslash, but for `u`. */
const ESCAPES = new Set(Buffer.from('"\\/bfnrt'));

/** The parts of a number end at the index that each returns; -1 where the part is malformed. */
function endOfWhole(bytes: Buffer, at: number): number {
  const end = endOfDigits(bytes, at);
  return end > at + 1 && bytes[at] === ZERO ? -1 : end;
}

const endOfFraction = (bytes: Buffer, at: number): number =>
  at >= 0 && bytes[at] === DOT ? endOfDigits(bytes, at + 1) : at;

function endOfExponent(bytes: Buffer, at: number): number {
  if (at < 0 || (bytes[at] !== LOWER_E && bytes[at] !== UPPER_E)) return at;
  const sign = bytes[at + 1];
  return endOfDigits(bytes, at + (sign === PLUS || sign === MINUS ? 2 : 1));
}

/** -1 where no digit stands at `at`. */
function endOfDigits(bytes: Buffer, at: number): number {
  let end = at;
  while (isDigit(bytes[end] ?? 0)) end += 1;
  return end === at ? -1 : end;
}

const areHex = (bytes: Uint8Array, at: number): boolean => {
  for (let index = at; index < at + 4; index += 1) {
    const byte = bytes[index] ?? 0;
    const lowerCase = byte | 0x20;
    if (!isDigit(byte) && !(lowerCase >= 0x61 && lowerCase <= 0x66)) return false;
  }
  return true;
};
