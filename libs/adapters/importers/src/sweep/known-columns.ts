/** Columns with a meaning of their own, by name. */
export type KnownColumns = Readonly<Partial<Record<KnownColumn, number>>>;
type KnownColumn = 'key' | 'seed' | 'tokens' | 'step' | 'arm' | 'design' | 'split';

const PATTERNS: Readonly<Record<KnownColumn, RegExp>> = {
  key: /^(|index|idx|id|key|name|hash|(run|mixture|mix|model|experiment|exp)([_-]?(id|name|index|key|hash))?)$/i,
  seed: /^((init|data|random)[_-])?seed$/i,
  tokens: /^((total|n|num|train)[_-])?tokens$|^token[_-]budget$/i,
  step: /^((last|global|n|num|total|train)[_-])?steps?$/i,
  arm: /^(arm|variant|treatment|condition|group)$/i,
  design: /^design$/i,
  split: /^(split|role|partition)$/i,
};
const BUCKET = /^(.+?)_fraction_within_(.+)$/i;

const KNOWN: readonly KnownColumn[] = ['key', 'seed', 'tokens', 'step', 'arm', 'design', 'split'];

export function knownColumns(columns: readonly string[]): KnownColumns {
  const found = KNOWN.map(
    (known) => [known, columns.findIndex((column) => PATTERNS[known].test(column))] as const,
  );
  return Object.fromEntries(found.filter(([, index]) => index >= 0));
}

/** `scaffold_fraction_within_math` is the bucket `scaffold` of the domain `math`. */
export function bucketOf(column: string): { readonly bucket: string; readonly domain: string } | undefined {
  const [, bucket, domain] = BUCKET.exec(column) ?? [];
  return bucket && domain ? { bucket, domain } : undefined;
}
