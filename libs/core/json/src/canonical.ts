import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { Fault } from '@tributary/kernel';
import { LongArray } from './lazy.ts';

const MAX_DEPTH = 32;

/**
 * JSON Canonicalization Scheme (RFC 8785) of a parsed JSON value: keys sorted by UTF-16 code units, numbers and strings
 * as ECMAScript prints them. Throws Fault `not_canonical` for what has no canonical form: more than 32 levels, a number
 * that is not finite, a lone surrogate, a value that JSON does not have.
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
  const members = membersOf(object).map(([key, member]) => `${writeText(key)}:${write(member, depth + 1)}`);
  return `{${members.join(',')}}`;
}

const membersOf = (object: object): [string, unknown][] =>
  Object.entries(object).sort(([left], [right]) => (left < right ? -1 : 1));

/**
 * SHA-256 of the canonical JSON of an object, in lower-case hex. The elements of a LongArray are hashed one by one, so
 * that a large value needs little memory. Throws Fault `not_canonical` as `canonicalJson` does.
 */
export function canonicalDigest(value: object): string {
  const text = new HashedText();
  hash(value, text);
  return text.digest();
}

function hash(value: unknown, text: HashedText): void {
  if (value instanceof LongArray) hashItems(value, text);
  else if (holdsLongArray(value)) hashMembers(value, text);
  else text.add(canonicalJson(value));
}

function hashItems(items: LongArray, text: HashedText): void {
  let separator = '[';
  for (const item of items) {
    text.add(separator);
    hash(item, text);
    separator = ',';
  }
  text.add(separator === '[' ? '[]' : ']');
}

function hashMembers(object: object, text: HashedText): void {
  for (const [index, [key, member]] of membersOf(object).entries()) {
    text.add(`${index === 0 ? '{' : ','}${canonicalJson(key)}:`);
    hash(member, text);
  }
  text.add('}');
}

/** A LongArray occurs only in objects that were read member by member. */
const holdsLongArray = (value: unknown): value is object =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).some((member) => member instanceof LongArray || holdsLongArray(member));

/** Hashes text in chunks of this many UTF-16 code units. */
const CHUNK = 64 * 1024;

class HashedText {
  readonly #hash: Hash = createHash('sha256');
  #text = '';

  add(more: string): void {
    this.#text += more;
    if (this.#text.length < CHUNK) return;
    this.#hash.update(this.#text);
    this.#text = '';
  }

  digest(): string {
    return this.#hash.update(this.#text).digest('hex');
  }
}
