import type { SourceFile } from '../files/folder.ts';
import { contentId, stemOf } from '../facts/shard-list.ts';
import { sha256Of, truncate } from '../facts/text.ts';
import { blendOf } from './blend.ts';
import type { DataArguments } from './blend.ts';
import type { CachedBlend } from './cache.ts';

type Launch = readonly [SourceFile, DataArguments];

/**
 * The file of which the arguments name the data of a cached blend. Others in the same import launched something else, so neither they
 * nor their number matter, and a copy is no other file. Where no file has the very paths, one counts whose paths begin with a
 * variable that is set elsewhere. Returns the reason as a string where there is none, or several.
 */
export async function launchOf(
  { corpora }: CachedBlend,
  args: ReadonlyMap<SourceFile, DataArguments>,
): Promise<Launch | string> {
  const cached = corpora.map(({ path }) => path);
  const naming = (fits: (named: readonly string[], cached: readonly string[]) => boolean) =>
    [...args].filter(([, { blends }]) =>
      blends.some(({ split, items }) => {
        const blend = split === 'all' || split === 'train' ? blendOf(items) : '';
        return typeof blend !== 'string' && fits(blend.prefixes, cached);
      }),
    );
  const exact = naming(areEqual);
  const found = exact.length > 0 ? exact : naming(areEqualBehindVariables);
  const [first, ...others] = await withoutCopies(found);
  if (!first)
    return `no file in the import names its data (${firstOf(cached)}) and --global-batch-size, as the arguments of the run do`;
  if (others.length === 0) return first;
  return `several files in the import name its data: ${firstOf([first, ...others].map(([{ path }]) => path))}`;
}

const firstOf = (names: readonly string[]): string =>
  truncate(names.slice(0, 4).join(', '), 400) + (names.length > 4 ? ', …' : '');

function areEqual(named: readonly string[], cached: readonly string[]): boolean {
  const [left, right] = [named.toSorted(), cached.toSorted()];
  return left.length === right.length && left.every((path, at) => path === right[at]);
}

/** The description of a cache has the corpora in the order of the arguments. */
const areEqualBehindVariables = (named: readonly string[], cached: readonly string[]): boolean =>
  named.length === cached.length && named.every((path, at) => isEqualBehindVariable(path, cached[at] ?? ''));

function isEqualBehindVariable(named: string, cached: string): boolean {
  const [, behind = ''] = /^\$(?:\{\w+\}|\w+)(\/[^$]+)$/.exec(named) ?? [];
  return named === cached || (behind !== '' && cached.endsWith(behind));
}

/** One of each content: of equal files the one whose name comes first. */
async function withoutCopies(launches: readonly Launch[]): Promise<readonly Launch[]> {
  const byDigest = new Map<string, Launch>();
  for (const launch of launches.toSorted(([left], [right]) => (left.name < right.name ? -1 : 1))) {
    const digest = await launch[0].sha256();
    byDigest.set(digest, byDigest.get(digest) ?? launch);
  }
  return [...byDigest.values()];
}

/** A run is named by its arguments and its cache, wherever they lie. */
export async function runNameOf({ cached }: CachedBlend, file: SourceFile): Promise<string> {
  return contentId(stemOf(file.name), sha256Of(`${await file.sha256()} ${cached.hash}`));
}
