/** What a registered digest is: its algorithm and hexadecimal value. */
type Digest = { readonly algorithm: string; readonly value: string };

/** Hexadecimal digits of digests. One of 64 bits is a checksum: two shards of a large corpus can have one by chance. */
const DIGITS: ReadonlyMap<string, number> = new Map([
  ['sha256', 64],
  ['blake3', 64],
  ['sha1', 40],
  ['md5', 32],
]);

/** Whether two shards with this digest have the same bytes. A shortened digest is a checksum too. */
export const provesEquality = ({ algorithm, value }: Digest): boolean =>
  DIGITS.get(algorithm) === value.length;

/** Whether shards with these digests have different bytes. That is not known of two hash functions, or of two lengths. */
export const digestsDiffer = (one: Digest, other: Digest): boolean =>
  one.algorithm === other.algorithm && one.value.length === other.value.length && one.value !== other.value;

/** The key of `corpus_shard_key` for a digest. */
export const digestKey = ({ algorithm, value }: Digest): string => `digest:${algorithm}:${value}`;

/** The key of `corpus_shard_key` for the name of the file in an address, without its extensions. */
export const fileKey = (address: string): string => `file:${partsOf(address).at(-1) ?? ''}`;

const AUTHORITY = /^[a-z][a-z0-9+.-]*:\/\/[^/]*\//i;

/** The folders and the file of an address, without scheme, host or bucket, and without extensions of the file. */
function partsOf(address: string): string[] {
  const path = address.replace(AUTHORITY, '').split('/').filter(Boolean);
  const file = path.at(-1) ?? '';
  return [...path.slice(0, -1), withoutExtensions(file)];
}

const EXTENSION = /^[a-z][a-z0-9]{0,6}$/i;

function withoutExtensions(file: string): string {
  const parts = file.split('.');
  const named = parts.findLastIndex((part, at) => at === 0 || !EXTENSION.test(part));
  return parts.slice(0, named + 1).join('.');
}

/** Parts at the end of an address that two must share at least. */
const SHARED = 2;

/**
 * Whether two addresses only look like one: they differ in scheme, host or bucket, in extensions, in folders that only one
 * of them has, or where one has a placeholder such as `{TOKENIZER}`.
 */
export function looksAlike(address: string, other: string): boolean {
  if (address === other) return false;
  const [left, right] = [partsOf(address), partsOf(other)];
  const after = shared(left.toReversed(), right.toReversed());
  if (after === 0) return false;
  const [leftRest, rightRest] = [left.slice(0, left.length - after), right.slice(0, right.length - after)];
  const before = shared(leftRest, rightRest);
  const [here, there] = [leftRest.slice(before), rightRest.slice(before)];
  const isWhole = here.length === 0 && there.length === 0;
  if (before + after < SHARED && !isWhole) return false;
  return [here, there].some((rest) => rest.every(isPlaceholder));
}

const isPlaceholder = (part: string): boolean => /\{[^}]*\}/.test(part);

/** How many parts two lists have in common at their beginning. */
function shared(left: readonly string[], right: readonly string[]): number {
  const differing = left.findIndex((part, at) => part !== right[at]);
  return differing < 0 ? left.length : differing;
}
