/** Arrays and objects whose text is longer are not parsed as a whole. */
const LONG_BYTES = 256 * 1024;

/** Objects are opened member by member down to here; deeper ones are parsed as a whole. */
const MAX_DEPTH = 8;

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_ARRAY = 91;
const BACKSLASH = 92;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

/** A JSON array that stays text. Every iteration parses one element after the other and throws SyntaxError where one is none. */
export class LongArray implements Iterable<unknown> {
  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  *[Symbol.iterator](): Iterator<unknown> {
    for (const element of jsonElements(this.#bytes)) yield JSON.parse(element.toString('utf8'));
  }
}

/**
 * JSON of any size in little memory: as JSON.parse, but an array of more than 256 KiB comes as a LongArray.
 * Throws SyntaxError for what is no JSON, for a LongArray's elements only when they are iterated.
 */
export function sparingJson(bytes: Buffer): unknown {
  const value = bytes.subarray(afterSpace(bytes, 0), beforeSpace(bytes));
  return read(value, 0);
}

function read(bytes: Buffer, depth: number): unknown {
  if (bytes.length > LONG_BYTES && bytes[0] === OPEN_ARRAY) return new LongArray(bytes);
  if (bytes.length > LONG_BYTES && bytes[0] === OPEN_OBJECT && depth < MAX_DEPTH)
    return Object.fromEntries(members(bytes, depth));
  return JSON.parse(bytes.toString('utf8'));
}

/** The elements of a JSON array, each as its text. */
export function* jsonElements(array: Buffer): Generator<Buffer> {
  const bytes = array.subarray(afterSpace(array, 0), beforeSpace(array));
  expectByte(bytes, 0, OPEN_ARRAY);
  expectByte(bytes, bytes.length - 1, CLOSE_ARRAY);
  let at = afterSpace(bytes, 1);
  if (at === bytes.length - 1) return;
  for (;;) {
    const end = endOfValue(bytes, at);
    yield bytes.subarray(at, end);
    at = afterSpace(bytes, end);
    if (at === bytes.length - 1) return;
    expectByte(bytes, at, COMMA);
    at = afterSpace(bytes, at + 1);
  }
}

function* members(bytes: Buffer, depth: number): Generator<[string, unknown]> {
  expectByte(bytes, bytes.length - 1, CLOSE_OBJECT);
  let at = afterSpace(bytes, 1);
  if (at === bytes.length - 1) return;
  for (;;) {
    expectByte(bytes, at, QUOTE);
    const keyEnd = endOfText(bytes, at);
    const colon = afterSpace(bytes, keyEnd);
    expectByte(bytes, colon, COLON);
    const start = afterSpace(bytes, colon + 1);
    const end = endOfValue(bytes, start);
    yield [keyOf(bytes.subarray(at, keyEnd)), read(bytes.subarray(start, end), depth + 1)];
    at = afterSpace(bytes, end);
    if (at === bytes.length - 1) return;
    expectByte(bytes, at, COMMA);
    at = afterSpace(bytes, at + 1);
  }
}

const keyOf = (bytes: Buffer): string => String(JSON.parse(bytes.toString('utf8')));

/** Just after the value that begins here. What stands inside of it is judged when it is parsed. */
function endOfValue(bytes: Buffer, at: number): number {
  const first = bytes[at];
  if (first === QUOTE) return endOfText(bytes, at);
  if (first === OPEN_ARRAY || first === OPEN_OBJECT) return endOfContainer(bytes, at);
  let end = at;
  while (end < bytes.length && !isEnd(bytes[end] ?? COMMA)) end += 1;
  if (end === at) throw wrong(bytes, at);
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
  for (let index = at + 1; index < bytes.length; index += 1) {
    const byte = bytes[index];
    if (byte === BACKSLASH) index += 1;
    else if (byte === QUOTE) return index + 1;
  }
  throw new SyntaxError('the JSON text ends within a string');
}

function afterSpace(bytes: Buffer, from: number): number {
  let at = from;
  while (isSpace(bytes[at])) at += 1;
  return at;
}

function beforeSpace(bytes: Buffer): number {
  let end = bytes.length;
  while (isSpace(bytes[end - 1])) end -= 1;
  return end;
}

const isSpace = (byte: number | undefined): boolean =>
  byte === 32 || byte === 10 || byte === 13 || byte === 9;

const isEnd = (byte: number): boolean =>
  byte === COMMA || byte === CLOSE_ARRAY || byte === CLOSE_OBJECT || isSpace(byte);

function expectByte(bytes: Buffer, at: number, expected: number): void {
  if (at < 0 || bytes[at] !== expected) throw wrong(bytes, at);
}

const wrong = (bytes: Buffer, at: number): SyntaxError =>
  new SyntaxError(
    `unexpected ${JSON.stringify(bytes.toString('latin1', Math.max(at, 0), at + 1))} at byte ${at} of a JSON value`,
  );
