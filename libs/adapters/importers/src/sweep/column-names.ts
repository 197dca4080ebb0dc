import { smallest } from '@tributary/kernel';
import { FreeNames } from '../facts/free-names.ts';

const TOKEN = /[^_/\-. ]+/g;

/** Column names without the tokens that all of them share at the start and the end, in the same order. */
export type StrippedColumns = { readonly names: readonly string[]; readonly suffix: string };

/** Strips common tokens and leaves each name at least one: `train_the_pile_pile_cc` becomes `pile_cc`. */
export function stripCommon(columns: readonly string[]): StrippedColumns {
  const split = columns.map((column) => [...column.matchAll(TOKEN)]);
  const shortest = smallest(split.map((tokens) => tokens.length));
  if (columns.length < 2 || shortest < 1) return { names: columns, suffix: '' };
  const shared = (at: (tokens: RegExpExecArray[], offset: number) => string | undefined, limit: number) => {
    let count = 0;
    while (count < limit && new Set(split.map((tokens) => at(tokens, count))).size === 1) count += 1;
    return count;
  };
  const prefix = shared((tokens, offset) => tokens[offset]?.[0], shortest - 1);
  const suffix = shared((tokens, offset) => tokens.at(-1 - offset)?.[0], shortest - 1 - prefix);
  const names = columns.map((column, index) =>
    textOf(column, split[index]?.slice(prefix).slice(0, -suffix || undefined) ?? []),
  );
  const [first = ''] = columns;
  return { names, suffix: suffix === 0 ? '' : textOf(first, split[0]?.slice(-suffix) ?? []) };
}

function textOf(column: string, tokens: readonly RegExpExecArray[]): string {
  const last = tokens.at(-1);
  return column.slice(tokens[0]?.index, last && last.index + last[0].length);
}

/** A column name in the alphabet of slices. Unlike `sliceName` it uses `_` for other characters. */
export function columnSlice(text: string): string {
  const segments = text
    .toLowerCase()
    .split('/')
    .map((segment) => segment.replaceAll(/[^a-z0-9_.-]+/g, '_').replace(/^[^a-z0-9]+/, ''))
    .filter((segment) => segment !== '');
  return segments.join('/').slice(0, 128).replace(/\/$/, '') || 'slice';
}

/** Unique slices for column names. A repeated slice gets a number. */
export function sliceNames(names: readonly string[]): string[] {
  const free = new FreeNames('_');
  return names.map((name) => free.take(columnSlice(name)));
}

/** The indexes of columns with a known meaning. */
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

/** Parses `scaffold_fraction_within_math` into the bucket `scaffold` and the domain `math`. */
export function bucketOf(column: string): { readonly bucket: string; readonly domain: string } | undefined {
  const [, bucket, domain] = BUCKET.exec(column) ?? [];
  return bucket && domain ? { bucket, domain } : undefined;
}
