import { createHash } from 'node:crypto';
import { canonicalJson } from '@tributary/json';

/** Settings that differ between runs of one design by intent: seeds, the mixture, names and places. */
const BY_INTENT = /seed|mixture|blend|^weights$|(^|[_-])(name|id|dir|path|output)$|(Name|Id|Dir|Path)$/i;

/**
 * Digest of a configuration without what differs by intent. Two runs with equal digests differ in their mixture and
 * seed alone, as far as their trainers said.
 */
export const comparabilityDigest = (config: Readonly<Record<string, unknown>>): string =>
  createHash('sha256')
    .update(canonicalJson(withoutIntent(config)))
    .digest('hex');

function withoutIntent(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const kept = Object.entries(value).filter(([key]) => !BY_INTENT.test(key));
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutIntent(inner)]));
}
