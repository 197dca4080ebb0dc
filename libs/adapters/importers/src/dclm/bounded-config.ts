import { createHash } from 'node:crypto';
import { listIn } from '../json-members.ts';
import { isTooDeep } from '../run-history/json-object.ts';
import type { JsonObject } from '../json-members.ts';

const MAX_CHARACTERS = 16 * 1024;

/** A configuration may have 500 members; one is kept for the names of those beyond. */
const MAX_MEMBERS = 499;

/**
 * Replaces members that are too long to show, such as a list of every input file, by their length and digest, and those
 * beyond what a configuration may hold by their names.
 */
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
  const sha256 = createHash('sha256').update(text).digest('hex');
  return { leftOut: 'too long', characters: text.length, sha256, ...(items !== undefined && { items }) };
}
