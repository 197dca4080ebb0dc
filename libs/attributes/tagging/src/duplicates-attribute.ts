import type { Attribute, Instrument, SourcedDocument, Totals, Values } from './attribute.ts';
import { DuplicateClusters } from './overlap/duplicate-clusters.ts';
import type { Cluster } from './overlap/duplicate-clusters.ts';
import { mixBits } from './overlap/hash.ts';
import { WORDS, wordsOf } from './overlap/words.ts';
import { codePoints } from './text-structure.ts';

/** Those of FineWeb (arXiv 2406.17557): a pair with a similarity of 0.75 is found with a probability of 77 %. */
const NGRAM = 5;
const BANDS = { bands: 14, rows: 8 };

/** Copies of documents within the files that are measured together. */
export const duplicatesAttribute: Attribute = {
  name: 'duplicates',
  description: 'exact and near copies among the documents, by MinHash of shingles of words',
  values: {
    cluster: 'names the documents that are copies of each other; the same in every order of documents',
    cluster_size: 'documents in the cluster',
    is_duplicate: 'whether it is a copy and not the first document of its cluster',
    is_exact_duplicate: 'whether an earlier document has the same words',
    similarity: 'estimated Jaccard similarity to the first document of the cluster',
    similarity_error: 'standard error of that estimate',
  },
  totals: {
    clusters: 'clusters of at least two documents, of which one is in the file',
    duplicate_characters: 'share of the characters that are in duplicates',
  },
  groups: ({ cluster_size, is_duplicate, is_exact_duplicate }) => {
    const copy = is_exact_duplicate === true ? 'exact copy' : 'near copy';
    const original = cluster_size === 1 ? 'single' : 'first of a cluster';
    return { kind: is_duplicate === true ? copy : original };
  },
  comparesDocuments: true,
  open: async ({ ngram = NGRAM, bands = BANDS, seed = '0' }) => ({
    ok: true,
    instrument: instrumentOf(
      new DuplicateClusters({ ...bands, words: ngram, seed: seedOf(seed) }),
      `${WORDS}, n ${ngram}, ${bands.bands} bands of ${bands.rows}, seed ${seed}`.slice(0, 256),
    ),
  }),
};

const seedOf = (text: string): number => Buffer.from(text).reduce((seed, byte) => mixBits(seed + byte), 0);

/** A document of a file, and how long it is. */
type Counted = { readonly document: number; readonly characters: number };

function instrumentOf(documents: DuplicateClusters, version: string): Instrument {
  const byFile = new Map<string, Counted[]>();
  let found: ReadonlyMap<number, Cluster> | undefined;
  const clusterOf = (document: number): Cluster => {
    found ??= documents.clusters();
    return found.get(documents.clusterOf(document))!;
  };
  const measure = ({ path, text }: SourcedDocument) => {
    const words = wordsOf(text);
    if (words.length === 0) return { code: 'no_words', reason: 'the text has no word to compare' };
    const document = documents.add(words);
    const counted = { document, characters: codePoints(text) };
    const others = byFile.get(path);
    if (others) others.push(counted);
    else byFile.set(path, [counted]);
    return { values: { document } };
  };
  const score = (values: Values): Values => {
    const document = Number(values['document']);
    const { id, size, first } = clusterOf(document);
    const { similarity, error } = documents.similarity(document, first);
    return {
      cluster: id,
      cluster_size: size,
      is_duplicate: document !== first,
      is_exact_duplicate: documents.isRepeated(document),
      similarity,
      similarity_error: error,
    };
  };
  return {
    name: 'minhash',
    version,
    measure: async (batch) => batch.map(measure),
    corpus: { isFrozen: false, observe: () => undefined, score },
    totals: (path) =>
      totalsOf(path === undefined ? [...byFile.values()].flat() : (byFile.get(path) ?? []), clusterOf),
    close: async () => undefined,
  };
}

function totalsOf(counted: readonly Counted[], clusterOf: (document: number) => Cluster): Totals {
  const clusters = new Set<string>();
  const characters = { all: 0, duplicate: 0 };
  for (const { document, characters: count } of counted) {
    const { id, size, first } = clusterOf(document);
    if (size > 1) clusters.add(id);
    characters.all += count;
    if (document !== first) characters.duplicate += count;
  }
  return {
    clusters: clusters.size,
    duplicate_characters: characters.all === 0 ? 0 : characters.duplicate / characters.all,
  };
}
