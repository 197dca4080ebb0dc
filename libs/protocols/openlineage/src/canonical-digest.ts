import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { canonicalJson, LongArray } from '@tributary/kernel';

/** A digest takes its text in pieces of about this many units. */
const PIECE = 64 * 1024;

/**
 * SHA-256 of the canonical JSON (RFC 8785) of an object, lower-case hex. Long arrays in it are taken element by
 * element, so that no second copy of a large event comes to be. Throws Fault `not_canonical` as canonicalJson does.
 */
export function canonicalDigest(value: object): string {
  const text = new Pieces();
  write(value, text);
  return text.digest();
}

function write(value: unknown, text: Pieces): void {
  if (value instanceof LongArray) writeItems(value, text);
  else if (holdsLongArray(value)) writeMembers(value, text);
  else text.add(canonicalJson(value));
}

function writeItems(items: LongArray, text: Pieces): void {
  let separator = '[';
  for (const item of items) {
    text.add(separator + canonicalJson(item));
    separator = ',';
  }
  text.add(separator === '[' ? '[]' : ']');
}

function writeMembers(object: object, text: Pieces): void {
  const members = Object.entries(object).sort(([left], [right]) => (left < right ? -1 : 1));
  for (const [index, [key, member]] of members.entries()) {
    text.add(`${index === 0 ? '{' : ','}${canonicalJson(key)}:`);
    write(member, text);
  }
  text.add('}');
}

/** Long arrays lie only in objects that were opened member by member. */
const holdsLongArray = (value: unknown): value is object =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).some((member) => member instanceof LongArray || holdsLongArray(member));

class Pieces {
  readonly #hash: Hash = createHash('sha256');
  #text = '';

  add(more: string): void {
    this.#text += more;
    if (this.#text.length < PIECE) return;
    this.#hash.update(this.#text);
    this.#text = '';
  }

  digest(): string {
    return this.#hash.update(this.#text).digest('hex');
  }
}
