import { basename } from 'node:path';
import type { Attribute, Instrument, MeasuredDocument, SourcedDocument } from './attribute.ts';
import { FoundItems } from './overlap/found-items.ts';
import { readItems } from './overlap/read-items.ts';
import { SearchByFile, totalsOf } from './overlap/search-by-file.ts';
import type { SearchedItems } from './overlap/search-by-file.ts';
import { WORDS } from './overlap/words.ts';

/** The length that GPT-3 compared its benchmarks by (arXiv 2005.14165, appendix C). */
const NGRAM = 13;
/** Items named for one document, those with the largest shares. */
const MOST_NAMED = 100;

/** Evaluation items in the documents. */
export const contaminationAttribute: Attribute = {
  name: 'contamination',
  description: 'n-grams of words that a document has in common with the evaluation items of --against',
  values: {
    is_contaminated: 'whether the document has an n-gram of an item',
    matched_items: 'items of which it has an n-gram',
    item_share: 'the largest share of the n-grams of one item that it has',
    document_share: 'the share of its own n-grams that an item has too',
    longest_match: 'words of its longest stretch each of whose n-grams is in an item',
  },
  totals: {
    items_compared: 'items that have an n-gram',
    items_too_short: 'items without one, which nothing can find',
    items_found: 'items of which the documents have an n-gram',
    items_mostly_found: 'items of which the documents together have at least 70 % of the n-grams',
  },
  async open({ against, ngram = NGRAM }) {
    if (!against) {
      const text = 'name the file of evaluation items with --against';
      return { ok: false, refusal: 'items_missing', text };
    }
    const read = await readItems({ ...against, words: ngram });
    if (!read.ok) return read;
    const file = basename(against.path).slice(0, 100);
    const version = `${WORDS}, n ${ngram}, ${file} sha256:${read.sha256.slice(0, 16)}`;
    return { ok: true, instrument: instrumentOf(read, version) };
  },
};

function instrumentOf(items: SearchedItems, version: string): Instrument {
  const { index } = items;
  const [inDocument, inAll, byFile] = [new FoundItems(index), new FoundItems(index), new SearchByFile(items)];
  const measure = ({ path, row, text }: SourcedDocument): MeasuredDocument => {
    const { grams, share, longest } = index.overlap(text);
    inDocument.clear();
    for (const found of [inDocument, inAll]) found.add(grams);
    byFile.add({ path, row }, grams);
    const named = inDocument.items();
    const values = {
      is_contaminated: named.length > 0,
      matched_items: named.length,
      item_share: named[0]?.share ?? 0,
      document_share: share,
      longest_match: longest,
    };
    return { values, ...(named.length > 0 && { items: named.slice(0, MOST_NAMED) }) };
  };
  return {
    name: 'word-ngrams',
    version,
    measure: async (documents) => documents.map(measure),
    totals: (path) => (path === undefined ? totalsOf(items, inAll) : byFile.of(path).totals),
    searched: (path) => byFile.of(path).search,
    items: () => inAll.items(),
    close: async () => undefined,
  };
}
