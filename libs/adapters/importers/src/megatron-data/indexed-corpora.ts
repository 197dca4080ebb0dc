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
  const byEnd = groupBy(
    corpora.flatMap((corpus) => endsOf(corpus.prefix).map((end) => ({ end, corpus }))),
    ({ end }) => end,
  );
  const chosen = new Map([...byEnd].map(([end, found]) => [end, onlyOf(found.map(({ corpus }) => corpus))]));
  return (path) => {
    const end = endsOf(path).findLast((each) => chosen.has(each));
    return end === undefined ? undefined : chosen.get(end);
  };
}

/** The corpora of a blend, by their paths. One that several paths name could be that of any of them, so it is none. */
export function corporaOf(paths: readonly string[], find: FindCorpus): FindCorpus {
  const found = [...new Set(paths)].map((path) => [path, find(path)] as const);
  const named = groupBy(found, ([, corpus]) => corpus);
  const clear = new Map(found.filter(([, corpus]) => corpus && named.get(corpus)?.length === 1));
  return (path) => clear.get(path);
}

/** The only one of several corpora, if they are copies; one with source rows before others. */
function onlyOf(corpora: readonly IndexedCorpus[]): IndexedCorpus | undefined {
  if (new Set(corpora.map(({ shardId }) => shardId)).size > 1) return undefined;
  return corpora.find(({ rows }) => rows !== undefined) ?? corpora[0];
}

/** Names that count at most; more say nothing of where a corpus lies. */
const MAX_NAMES = 64;

/** The last name of a path, its last two names, and so on. A name in a path begins behind a slash, also the first one. */
function endsOf(path: string): string[] {
  const names = path.split('/').slice(-MAX_NAMES);
  return names.map((_name, at) => names.slice(names.length - 1 - at).join('/'));
}
