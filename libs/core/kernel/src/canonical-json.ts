import { Fault } from './fault.ts';

const MAX_DEPTH = 32;

/**
 * JSON Canonicalization Scheme (RFC 8785) of a parsed JSON value: keys sorted by UTF-16 code units,
 * numbers and strings as ECMAScript prints them. Throws on what has no canonical form.
 */
export function canonicalJson(value: unknown): string {
  return write(value, 0);
}

function write(value: unknown, depth: number): string {
  if (depth > MAX_DEPTH) throw new Fault('not_canonical', `nested deeper than ${MAX_DEPTH} levels`);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return writeText(value);
  if (typeof value === 'number') return writeNumber(value);
  if (Array.isArray(value)) return `[${value.map((item) => write(item, depth + 1)).join(',')}]`;
  if (typeof value === 'object') return writeObject(value, depth);
  throw new Fault('not_canonical', `${typeof value} has no JSON form`);
}

function writeText(text: string): string {
  if (!text.isWellFormed()) throw new Fault('not_canonical', 'a lone surrogate has no UTF-8 form');
  return JSON.stringify(text);
}

function writeNumber(number: number): string {
  if (!Number.isFinite(number)) throw new Fault('not_canonical', `${number} has no JSON form`);
  return JSON.stringify(number);
}

function writeObject(object: object, depth: number): string {
  const members = Object.entries(object)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, member]) => `${writeText(key)}:${write(member, depth + 1)}`);
  return `{${members.join(',')}}`;
}
