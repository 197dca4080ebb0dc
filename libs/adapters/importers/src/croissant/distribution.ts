import { listIn, objectIn, omitNullish, textIn, statedIn } from '../files/untyped-values.ts';
import type { JsonObject } from '../files/untyped-values.ts';
import { digestOf } from './digest.ts';
import type { StatedDigest } from './digest.ts';

/** A file, or a set of files that match a pattern. */
export type DistributionEntry = StatedDigest & {
  readonly id: string;
  readonly isSet: boolean;
  readonly contentUrl: string | undefined;
  readonly bytes: number | undefined;
  readonly members: JsonObject;
};

/** The entries of a distribution, which may be a single object. A repeated id gets its index appended. */
export function distributionOf(description: JsonObject): DistributionEntry[] {
  const value = description['distribution'];
  const list = listIn(value) ?? (value === undefined || value === null ? [] : [value]);
  const seen = new Set<string>();
  return list.map((item, index) => {
    const members = objectIn(item) ?? {};
    const named = statedIn(members['@id']) ?? statedIn(members['name']) ?? String(index);
    const id = seen.has(named) ? `${named}#${index}` : named;
    seen.add(id);
    return {
      id,
      isSet: (textIn(members['@type']) ?? '').endsWith('FileSet'),
      contentUrl: statedIn(members['contentUrl']),
      bytes: bytesIn(members['contentSize']),
      members,
      ...digestOf(members),
    };
  });
}

/** An entry as the configuration shows it. */
export const shownEntry = ({ members }: DistributionEntry): JsonObject => omitNullish(members);

/** The size in bytes. "250585 B" and a bare number are exact; "1.5 GB" is not and stays text. */
function bytesIn(size: unknown): number | undefined {
  const text = typeof size === 'number' ? String(size) : (textIn(size) ?? '');
  const digits = /^(\d+)(?:\.0+)?\s*(?:b|bytes?)?$/i.exec(text)?.[1];
  const bytes = digits === undefined ? Number.NaN : Number(digits);
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}
