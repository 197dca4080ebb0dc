import type { MeasuredSlices } from './measured-slices.ts';

/** The value of tokens of which the attribute was not measured. */
export const UNMEASURED = 'unmeasured';

/**
 * A value as the path of a slice. A path may have several parts, as in `math/structured`. A backslash keeps data apart from
 * the two names that are ours: the bucket `unmeasured`, and parts that begin with `@`.
 */
export function pathOfBucket(bucket: string): string {
  const parts = bucket.split('/').map((part) => (/^[@\\]/.test(part) ? `\\${part}` : part));
  return parts[0] === UNMEASURED ? `\\${parts.join('/')}` : parts.join('/');
}

/** The two sides of a threshold as slices: `cirs>=0.5` and `cirs<0.5`. A slash of the attribute is %2F, since it would divide the path. */
export function sidesOf({ attribute, atLeast }: MeasuredSlices): {
  readonly above: string;
  readonly below: string;
} {
  const name = attribute.replaceAll('%', '%25').replaceAll('/', '%2F').replace(/^@/, '%40');
  return { above: `${name}>=${atLeast}`, below: `${name}<${atLeast}` };
}

/** The tokens of a value that lie in one of several recorded slices: `structured/@math/plain`. */
export const partPath = (value: string, recorded: string): string => `${value}/@${recorded}`;

/** Whether a leaf is the slice, or lies below it. */
export const isWithin = (leaf: string, slice: string): boolean =>
  leaf === slice || leaf.startsWith(`${slice}/`);

/** The definition in words: what tells a slice by an attribute from a recorded one of the same name. */
export const definitionText = ({ attribute, atLeast }: MeasuredSlices): string =>
  `attribute:${attribute}${atLeast === undefined ? '' : `>=${atLeast}`}`;
