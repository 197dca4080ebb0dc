import { LONG_BYTES, longContainers, longContainersInTurns, MAX_DEPTH } from './long-containers.ts';
import type { Ends } from './long-containers.ts';
import {
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  endOfString,
  isSpace,
  OPEN_ARRAY,
  OPEN_OBJECT,
  QUOTE,
  skipSpace,
} from './tokens.ts';

/**
 * A JSON array that is still text. Each iteration parses one element after the other, and arrays in it that are long stay
 * text themselves; SyntaxError for an element that is no JSON.
 */
export class LongArray implements Iterable<unknown> {
  readonly #bytes: Buffer;
  readonly #within: Within;

  constructor(bytes: Buffer, within: Within) {
    this.#bytes = bytes;
    this.#within = within;
  }

  *[Symbol.iterator](): Iterator<unknown> {
    for (const element of jsonElements(this.#bytes, this.#within.ends)) yield read(element, this.#within);
  }

  /** The whole array, where it is written as JSON. */
  toJSON(): unknown {
    return [...this];
  }
}

/** The ends of the long containers of the whole text, and how deep in it something stands. */
type Within = { readonly ends: Ends; readonly depth: number };

/**
 * As JSON.parse, but an array of more than 256 KiB is returned as a LongArray, so that a large text needs little memory.
 * Throws SyntaxError for what is no JSON; for the elements of a LongArray only when they are iterated.
 */
export function lazyJson(bytes: Buffer): unknown {
  return read(trimmed(bytes), { ends: longContainers(bytes), depth: 0 });
}

/** The same, while others have their turn. */
export async function lazyJsonInTurns(bytes: Buffer): Promise<unknown> {
  return read(trimmed(bytes), { ends: await longContainersInTurns(bytes), depth: 0 });
}

function read(bytes: Buffer, { ends, depth }: Within): unknown {
  const below = { ends, depth: depth + 1 };
  const isLong = bytes.length > LONG_BYTES && depth < MAX_DEPTH;
  if (isLong && bytes[0] === OPEN_ARRAY) return new LongArray(bytes, below);
  if (isLong && bytes[0] === OPEN_OBJECT) return Object.fromEntries(members(bytes, below));
  return JSON.parse(bytes.toString('utf8'));
}

/** The text of each element of a JSON array. Throws SyntaxError where the array's own structure is broken. */
export function* jsonElements(array: Buffer, ends?: Ends): Generator<Buffer> {
  const bytes = trimmed(array);
  expectByte(bytes, 0, OPEN_ARRAY);
  expectByte(bytes, bytes.length - 1, CLOSE_ARRAY);
  let at = skipSpace(bytes, 1);
  if (at === bytes.length - 1) return;
  for (;;) {
    const end = endOfValue(bytes, at, ends);
    yield bytes.subarray(at, end);
    at = skipSpace(bytes, end);
    if (at === bytes.length - 1) return;
    expectByte(bytes, at, COMMA);
    at = skipSpace(bytes, at + 1);
  }
}

function* members(bytes: Buffer, within: Within): Generator<[string, unknown]> {
  expectByte(bytes, bytes.length - 1, CLOSE_OBJECT);
  let at = skipSpace(bytes, 1);
  if (at === bytes.length - 1) return;
  for (;;) {
    expectByte(bytes, at, QUOTE);
    const keyEnd = endOfText(bytes, at);
    const colon = skipSpace(bytes, keyEnd);
    expectByte(bytes, colon, COLON);
    const start = skipSpace(bytes, colon + 1);
    const end = endOfValue(bytes, start, within.ends);
    yield [keyOf(bytes.subarray(at, keyEnd)), read(bytes.subarray(start, end), within)];
    at = skipSpace(bytes, end);
    if (at === bytes.length - 1) return;
    expectByte(bytes, at, COMMA);
    at = skipSpace(bytes, at + 1);
  }
}

const keyOf = (bytes: Buffer): string => String(JSON.parse(bytes.toString('utf8')));

/**
 * The text of each element of a JSON array that may be broken: cut at the commas outside of strings and brackets, so
 * that each element can be refused on its own. Undefined where the text is not within brackets. It reads no further than
 * one element beyond `most`.
 */
export function splitArray(array: Buffer, most = Infinity): Buffer[] | undefined {
  const bytes = trimmed(array.subarray(array.indexOf(BYTE_ORDER_MARK) === 0 ? BYTE_ORDER_MARK.length : 0));
  if (bytes.length < 2 || bytes[0] !== OPEN_ARRAY || bytes.at(-1) !== CLOSE_ARRAY) return undefined;
  const inside = bytes.subarray(1, -1);
  const parts: Buffer[] = [];
  let start = 0;
  for (const comma of outerCommas(inside)) {
    parts.push(trimmed(inside.subarray(start, comma)));
    if (parts.length > most) return parts;
    start = comma + 1;
  }
  const last = trimmed(inside.subarray(start));
  return parts.length === 0 && last.length === 0 ? [] : [...parts, last];
}

/** The indices of the commas outside of strings and brackets. */
function* outerCommas(bytes: Buffer): Generator<number> {
  let depth = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === QUOTE) {
      const end = endOfString(bytes, at);
      /* The rest is one element, which is refused on its own. */
      if (end < 0) return;
      at = end - 1;
    } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) depth += 1;
    else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) depth -= 1;
    else if (byte === COMMA && depth === 0) yield at;
  }
}

const BYTE_ORDER_MARK = Buffer.from('\uFEFF');

/** The index behind the value that begins at `at`. What is inside it is checked when it is parsed. */
function endOfValue(bytes: Buffer, at: number, ends?: Ends): number {
  const first = bytes[at];
  if (first === QUOTE) return endOfText(bytes, at);
  if (first === OPEN_ARRAY || first === OPEN_OBJECT) {
    const known = ends?.get(bytes.byteOffset + at);
    return known === undefined ? endOfContainer(bytes, at) : known - bytes.byteOffset;
  }
  let end = at;
  while (end < bytes.length && !isEnd(bytes[end] ?? COMMA)) end += 1;
  if (end === at) throw unexpected(bytes, at);
  return end;
}

function endOfContainer(bytes: Buffer, at: number): number {
  let depth = 0;
  for (let index = at; index < bytes.length; index += 1) {
    const byte = bytes[index];
    if (byte === QUOTE) index = endOfText(bytes, index) - 1;
    else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) depth += 1;
    else if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) depth -= 1;
    if (depth === 0) return index + 1;
  }
  throw new SyntaxError('the JSON text ends within a value');
}

function endOfText(bytes: Buffer, at: number): number {
  const end = endOfString(bytes, at);
  if (end < 0) throw new SyntaxError('the JSON text ends within a string');
  return end;
}

function trimmed(bytes: Buffer): Buffer {
  let end = bytes.length;
  while (isSpace(bytes[end - 1] ?? 0)) end -= 1;
  return bytes.subarray(Math.min(skipSpace(bytes, 0), end), end);
}

const isEnd = (byte: number): boolean =>
  byte === COMMA || byte === CLOSE_ARRAY || byte === CLOSE_OBJECT || isSpace(byte);

function expectByte(bytes: Buffer, at: number, expected: number): void {
  if (at < 0 || bytes[at] !== expected) throw unexpected(bytes, at);
}

const unexpected = (bytes: Buffer, at: number): SyntaxError =>
  new SyntaxError(
    `unexpected ${JSON.stringify(bytes.toString('latin1', Math.max(at, 0), at + 1))} at byte ${at} of a JSON value`,
  );
