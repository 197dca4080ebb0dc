import type { FactCatalogue } from '@tributary/contracts';
import { valueIn } from '@tributary/kernel';
import type { Instrument } from './attribute.ts';
import type { Summary } from './summary.ts';

export type ContaminationFact = FactCatalogue['corpus.contamination.found'];

type Searched = {
  /** The shard that the file is. */
  readonly shard: string;
  readonly path: string;
  readonly benchmark: string;
  readonly benchmarkVersion?: string | undefined;
  readonly summary: Summary;
  readonly isSample: boolean;
};

/** Codes of rows that had something to search and were not, or stand for a file of which none were. */
const UNSEARCHED: ReadonlySet<string> = new Set([
  'row_too_long',
  'invalid_utf8',
  'not_json',
  'not_an_object',
  'field_missing',
  'not_text',
  'document_too_long',
  'file_broken',
  'field_ambiguous',
  'field_unknown',
]);

/** An id of an item that a fact has; one that is longer is cut. */
const MOST_CHARACTERS = 256;

/**
 * What a search of a file for the items of a benchmark found, as a fact; undefined where the instrument does not search, or
 * no document of the file was searched. A file of which rows could not be read was not searched as a whole.
 */
export function contaminationFact(
  instrument: Instrument,
  { shard, path, benchmark, benchmarkVersion, summary, isSample }: Searched,
): ContaminationFact | undefined {
  const documents = valueIn(summary.values, 'is_contaminated');
  const found = instrument.searched?.(path);
  if (!found || !documents) return undefined;
  const isWhole = !isSample && !Object.keys(summary.skippedByCode).some((code) => UNSEARCHED.has(code));
  return {
    benchmark,
    ...(benchmarkVersion !== undefined && { benchmarkVersion }),
    itemsDigest: found.sha256,
    shardId: shard,
    search: { kind: 'ngram', n: found.words, of: 'words' },
    instrument: { name: instrument.name, version: instrument.version },
    method: isWhole ? 'measured' : 'sampled',
    scope: isWhole ? 'whole' : 'sample',
    itemsCompared: found.compared,
    itemsSkipped: found.tooShort,
    itemsMatched: found.matched,
    matchedItems: matchedItems(found.items),
    documentsCompared: documents.n,
    documentsMatched: Math.round(documents.mean * documents.n),
    matchedDocuments: found.rows.map((row) => `row ${row}`),
  };
}

/** Items by their ids, each once: of several with one id, the one of which most was found. */
function matchedItems(
  items: NonNullable<ReturnType<NonNullable<Instrument['items']>>>,
): NonNullable<ContaminationFact['matchedItems']> {
  const shares = new Map<string, number>();
  for (const { item, id, share } of items) {
    const itemId = Array.from(id === '' ? `row ${item}` : id)
      .slice(0, MOST_CHARACTERS)
      .join('');
    if (!shares.has(itemId)) shares.set(itemId, share);
  }
  return [...shares].map(([itemId, share]) => ({ itemId, share }));
}
