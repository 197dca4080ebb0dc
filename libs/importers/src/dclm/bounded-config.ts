import { createHash } from 'node:crypto';
import { listIn } from '../json-members.ts';
import type { JsonObject } from '../json-members.ts';

const MAX_CHARACTERS = 16 * 1024;

/** Replaces members that are too long to show, such as a list of every input file, by their length and digest. */
export function boundedConfig(config: JsonObject): Record<string, unknown> {
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [key, bounded(value)]));
}

function bounded(value: unknown): unknown {
  const text = JSON.stringify(value) ?? '';
  if (text.length <= MAX_CHARACTERS) return value;
  const items = listIn(value)?.length;
  const sha256 = createHash('sha256').update(text).digest('hex');
  return { leftOut: 'too long', characters: text.length, sha256, ...(items !== undefined && { items }) };
}
