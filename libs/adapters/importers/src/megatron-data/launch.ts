import type { SourceFile } from '../files/folder.ts';
import { contentId, stemOf } from '../facts/shard-list.ts';
import { sha256Of } from '../facts/text.ts';
import { blendOf } from './blend.ts';
import type { DataArguments } from './blend.ts';
import type { CachedBlend } from './cache.ts';

type Launch = readonly [SourceFile, DataArguments];

/**
 * The files of which the arguments name the data of a cached blend, in any order. Others in the same import launched something
 * else, so neither they nor their number matter.
 */
export const argumentsFor = (
  { corpora }: CachedBlend,
  args: ReadonlyMap<SourceFile, DataArguments>,
): readonly Launch[] =>
  [...args].filter(([, { blends }]) =>
    blends.some(({ split, items }) => (split === 'all' || split === 'train') && names(items, corpora)),
  );

function names(items: readonly string[], corpora: CachedBlend['corpora']): boolean {
  const blend = blendOf(items);
  if (typeof blend === 'string') return false;
  const named = blend.prefixes.toSorted();
  const cached = corpora.map(({ path }) => path).toSorted();
  return named.length === cached.length && named.every((path, at) => path === cached[at]);
}

/** A run is named by its arguments and its cache, wherever they lie. */
export async function runNameOf({ cached }: CachedBlend, file: SourceFile | undefined): Promise<string> {
  const content = `${(await file?.sha256()) ?? ''} ${cached.hash}`;
  return contentId(stemOf(file?.name ?? 'megatron'), sha256Of(content));
}
