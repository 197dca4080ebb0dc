import { tolerantJson } from '@tributary/json';

/** A number of JSON as it is written, since Python's whole numbers have no largest one. */
export type ExactNumber = { readonly number: string };

/** JSON without loss: numbers as they are written, objects as maps. NaN and infinities are numbers, as in Python. */
export type Recorded =
  null | boolean | string | ExactNumber | readonly Recorded[] | ReadonlyMap<string, Recorded>;

/** Values inside of values. */
const MOST_DEPTH = 200;

/** Strings, and what stands for a number outside of them. */
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|-?Infinity|NaN/g;

/**
 * Reads JSON without loss; undefined where the text is none, or is nested more than 200 deep. Each string is given the
 * prefix `s` and each number becomes a string with the prefix `n`, so that the engine's parser does the rest. It has to be
 * JSON before: only then is each quote that opens a string followed by one that closes it, and looking for them linear.
 */
export function parseRecorded(text: string): Recorded | undefined {
  try {
    tolerantJson(text);
    const marked = text
      .replace(/^\uFEFF/, '')
      .replaceAll(TOKENS, (token) => (token.startsWith('"') ? `"s${token.slice(1)}` : `"n${token}"`));
    return unmarked(JSON.parse(marked), 0);
  } catch {
    return undefined;
  }
}

function unmarked(value: unknown, depth: number): Recorded {
  if (depth > MOST_DEPTH) throw new RangeError(`it is nested more than ${MOST_DEPTH} deep`);
  if (typeof value === 'string') return value.startsWith('n') ? { number: value.slice(1) } : value.slice(1);
  if (Array.isArray(value)) return value.map((one) => unmarked(one, depth + 1));
  if (typeof value !== 'object' || value === null) return typeof value === 'boolean' ? value : null;
  return new Map(Object.entries(value).map(([key, one]) => [key.slice(1), unmarked(one, depth + 1)]));
}

export const isMap = (value: Recorded | undefined): value is ReadonlyMap<string, Recorded> =>
  value instanceof Map;

export const isList = (value: Recorded | undefined): value is readonly Recorded[] => Array.isArray(value);

export const isNumber = (value: Recorded | undefined): value is ExactNumber =>
  typeof value === 'object' && value !== null && 'number' in value;

/** A whole number that is not negative; undefined for anything else. */
export function countIn(value: Recorded | undefined): number | undefined {
  const number = isNumber(value) && /^\d{1,15}$/.test(value.number) ? Number(value.number) : undefined;
  return number;
}

const LONGEST = 80;

/** A value as people are shown it: JSON on one line, cut after 80 characters, without control characters. */
export function recordedText(value: Recorded): string {
  const text = jsonOf(value).replaceAll(/\p{Cc}/gu, ' ');
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function jsonOf(value: Recorded): string {
  if (isNumber(value)) return value.number;
  if (isList(value)) return `[${value.map(jsonOf).join(', ')}]`;
  if (isMap(value))
    return `{${[...value].map(([key, one]) => `${JSON.stringify(key)}: ${jsonOf(one)}`).join(', ')}}`;
  return JSON.stringify(value);
}
