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
