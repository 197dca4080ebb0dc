import type { Random } from '@tributary/fixtures';

/** No mutated input is longer, so that the cost of one is bounded. */
const MAX_INPUT_BYTES = 64 * 1024;

/** What parsers compare with or count by: ends of ranges, delimiters, names that objects inherit. */
const TOKENS: readonly Buffer[] = [
  '0',
  '-1',
  '1e999',
  '-0.0',
  '9007199254740993',
  '18446744073709551616',
  '9'.repeat(400),
  'NaN',
  'Infinity',
  'null',
  '""',
  '"',
  '\\',
  '\\u0000',
  '\\ud800',
  '[',
  ']',
  '{',
  '}',
  ',',
  ':',
  "'",
  '`',
  '%',
  '%%',
  '_',
  '(',
  ')',
  '\n',
  '\r\n',
  '\t',
  '\0',
  '\uFEFF',
  '\u2028',
  '../',
  '__proto__',
  'constructor',
  'toString',
  '$ref',
  '/path/to/data',
  '???',
  '[31m',
]
  .map((text) => Buffer.from(text))
  .concat([
    Buffer.from([0xff]),
    Buffer.from([0xc0, 0x80]),
    Buffer.from([0xed, 0xa0, 0x80]),
    Buffer.from([0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01]),
    Buffer.from([0xff, 0xff, 0xff, 0x7f]),
    Buffer.from([0xff, 0xff, 0xff, 0xff]),
    Buffer.alloc(8, 0xff),
    Buffer.alloc(8),
  ]);

type Mutation = (bytes: Buffer, random: Random, corpus: readonly Buffer[]) => Buffer;

const replaced = (bytes: Buffer, from: number, end: number, ...parts: readonly Buffer[]): Buffer =>
  Buffer.concat([bytes.subarray(0, from), ...parts, bytes.subarray(end)]);

const range = (bytes: Buffer, random: Random): readonly [number, number] => {
  const from = random.below(bytes.length + 1);
  /* Short ranges are the usual ones, and long ones still occur. */
  const length = Math.floor(random() ** 4 * (bytes.length - from + 1));
  return [from, from + length];
};

const MUTATIONS: readonly Mutation[] = [
  function flipBit(bytes, random) {
    if (bytes.length === 0) return bytes;
    const copy = Buffer.from(bytes);
    const at = random.below(copy.length);
    copy[at] = (copy[at] ?? 0) ^ (1 << random.below(8));
    return copy;
  },
  function setByte(bytes, random) {
    if (bytes.length === 0) return bytes;
    const copy = Buffer.from(bytes);
    copy[random.below(copy.length)] = random.below(256);
    return copy;
  },
  function insertToken(bytes, random) {
    const at = random.below(bytes.length + 1);
    return replaced(bytes, at, at, TOKENS[random.below(TOKENS.length)] ?? bytes);
  },
  function overwriteByToken(bytes, random) {
    const token = TOKENS[random.below(TOKENS.length)] ?? bytes;
    const at = random.below(bytes.length + 1);
    return replaced(bytes, at, at + token.length, token);
  },
  function replaceNumber(bytes, random) {
    const numbers = [...bytes.toString('latin1').matchAll(/\d+/g)];
    const found = numbers[random.below(numbers.length)];
    if (!found) return bytes;
    return replaced(
      bytes,
      found.index,
      found.index + found[0].length,
      TOKENS[random.below(9)] ?? Buffer.alloc(0),
    );
  },
  function remove(bytes, random) {
    return replaced(bytes, ...range(bytes, random));
  },
  function truncate(bytes, random) {
    return bytes.subarray(0, random.below(bytes.length + 1));
  },
  function repeat(bytes, random) {
    const [from, end] = range(bytes, random);
    const part = bytes.subarray(from, end);
    if (part.length === 0) return bytes;
    const most = Math.floor((MAX_INPUT_BYTES - bytes.length) / part.length);
    const times = Math.min(most, 2 ** random.below(14));
    return times < 1 ? bytes : replaced(bytes, end, end, ...Array.from({ length: times }, () => part));
  },
  function move(bytes, random) {
    const [from, end] = range(bytes, random);
    const part = bytes.subarray(from, end);
    const left = replaced(bytes, from, end);
    const at = random.below(left.length + 1);
    return replaced(left, at, at, part);
  },
  function splice(bytes, random, corpus) {
    const other = corpus[random.below(corpus.length)] ?? bytes;
    return Buffer.concat([
      bytes.subarray(0, random.below(bytes.length + 1)),
      other.subarray(random.below(other.length + 1)),
    ]);
  },
];

/** One to eight mutations of an input of the corpus. At most `MAX_INPUT_BYTES`. */
export function mutated(corpus: readonly Buffer[], random: Random): Buffer {
  let bytes = corpus[random.below(corpus.length)] ?? Buffer.alloc(0);
  for (let left = 1 + random.below(8); left > 0; left -= 1) {
    const mutation = MUTATIONS[random.below(MUTATIONS.length)];
    if (mutation) bytes = mutation(bytes, random, corpus).subarray(0, MAX_INPUT_BYTES);
  }
  return bytes;
}
