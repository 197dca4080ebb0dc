import { groupBy } from '@tributary/kernel';

/** A corpus whose `.idx` file is in the import. */
export type IndexedCorpus = {
  /** Its path in the import without `.idx`. */
  readonly prefix: string;
  readonly shardId: string;
  readonly tokens: number;
  /** SHA-256 of the `.idx` file. */
  readonly index: string;
  /** SHA-256 of the `.meta.parquet` beside it, which has the source row of each document. */
  readonly rows?: string;
};

/** Finds the corpus that a path of a run names. */
export type FindCorpus = (path: string) => IndexedCorpus | undefined;

/**
 * The run had its corpora in other folders, so the one with most names of the path in common counts, from the last name
 * on, which must be equal. Undefined where there is none, or where several that differ have equally many; of copies one with source
 * rows counts.
 */
export function corporaByPath(corpora: readonly IndexedCorpus[]): FindCorpus {
  const byName = groupBy(corpora, ({ prefix }) => lastPart(prefix));
  return (path) => {
    const found = (byName.get(lastPart(path)) ?? [])
      .map((corpus) => ({ corpus, common: commonNames(path, corpus.prefix) }))
      .toSorted((left, right) => right.common - left.common);
    const best = found.filter(({ common }) => common === found[0]?.common).map(({ corpus }) => corpus);
    if (new Set(best.map(({ shardId }) => shardId)).size > 1) return undefined;
    return best.find(({ rows }) => rows !== undefined) ?? best[0];
  };
}

/** The corpora of a blend, by their paths. One that several paths name could be that of any of them, so it is none. */
export function corporaOf(paths: readonly string[], find: FindCorpus): FindCorpus {
  const found = [...new Set(paths)].map((path) => [path, find(path)] as const);
  const named = groupBy(found, ([, corpus]) => corpus);
  const clear = new Map(found.filter(([, corpus]) => corpus && named.get(corpus)?.length === 1));
  return (path) => clear.get(path);
}

const lastPart = (prefix: string): string => prefix.slice(prefix.lastIndexOf('/') + 1);

function commonNames(path: string, prefix: string): number {
  const [left, right] = [path, prefix].map((text) => text.split('/').toReversed());
  const differs = (right ?? []).findIndex((name, at) => name !== left?.[at]);
  return differs < 0 ? (right ?? []).length : differs;
}
