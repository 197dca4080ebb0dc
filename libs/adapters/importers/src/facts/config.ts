import { sha256Of } from './text.ts';
import { isObject, isTooDeep, listIn } from '../files/untyped-values.ts';
import type { JsonObject } from '../files/untyped-values.ts';
import { redactSecrets } from '@tributary/kernel';

const MAX_DEPTH = 16;
const MAX_VALUES = 20_000;
const MAX_PLAIN_MEMBERS = 500;

/** A configuration for a fact: secrets are redacted and marked, and whatever is too large is replaced by its digest. */
export function configOf(value: JsonObject): { config: Record<string, unknown>; redacted?: true } {
  const plain = plainJson(value);
  const members = isObject(plain) ? Object.entries(plain).slice(0, MAX_PLAIN_MEMBERS) : [];
  const { value: config, found } = redactSecrets(Object.fromEntries(members));
  return { config: boundedConfig(config), ...(found.length > 0 && { redacted: true as const }) };
}

/** A value as plain JSON. The depth is limited because YAML aliases can be circular; numbers without a JSON form become strings. */
export function plainJson(value: unknown): unknown {
  let left = MAX_VALUES;
  const plain = (inner: unknown, depth: number): unknown => {
    left -= 1;
    if (typeof inner === 'string') return inner.toWellFormed();
    if (typeof inner === 'number') return Number.isFinite(inner) ? inner : String(inner);
    if (typeof inner === 'bigint') return String(inner);
    if (typeof inner !== 'object' || inner === null) return inner;
    if (depth > MAX_DEPTH) return '[nested too deeply]';
    if (left < 0) return '[left out: too many values]';
    if (Array.isArray(inner)) return inner.map((item) => plain(item, depth + 1));
    return Object.fromEntries(
      Object.entries(inner).map(([key, member]) => [key.toWellFormed(), plain(member, depth + 1)]),
    );
  };
  return plain(value, 0);
}

const MAX_CHARACTERS = 16 * 1024;

/** A configuration may have 500 members. The last one lists the names of those that were left out. */
const MAX_MEMBERS = 499;

/** Replaces members that are too long, such as a list of every input file, by their length and digest. */
export function boundedConfig(config: JsonObject): Record<string, unknown> {
  const members = Object.entries(config);
  const kept = members.slice(0, MAX_MEMBERS).map(([key, value]) => [key, bounded(value)] as const);
  const leftOut = members.slice(MAX_MEMBERS).map(([key]) => key);
  return Object.fromEntries([
    ...kept,
    ...(leftOut.length > 0 ? [['leftOut', bounded(leftOut)] as const] : []),
  ]);
}

function bounded(value: unknown): unknown {
  if (isTooDeep(value)) return { leftOut: 'nested too deep' };
  const text = JSON.stringify(value) ?? '';
  if (text.length <= MAX_CHARACTERS) return value;
  const items = listIn(value)?.length;
  const sha256 = sha256Of(text);
  return { leftOut: 'too long', characters: text.length, sha256, ...(items !== undefined && { items }) };
}
