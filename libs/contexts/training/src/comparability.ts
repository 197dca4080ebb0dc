import { createHash } from 'node:crypto';
import { canonicalJson } from '@tributary/json';

/** Settings that differ by intent between runs of one design: seeds, the mixture, names and paths. */
const BY_INTENT = /seed|mixture|blend|^weights$|(^|[_-])(name|id|dir|path|output)$|(Name|Id|Dir|Path)$/i;

/**
 * SHA-256 of a configuration without the settings that differ by intent, in hexadecimal. No answer reads the column
 * that holds it, because the names of settings say too little. It is filled so that tables equal those of earlier versions.
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
