import type { FactCatalogue } from '@tributary/contracts';
import type { ChosenField, SkipCode } from '@tributary/documents';
import { valueIn } from '@tributary/kernel';
import type { Instrument } from './attribute.ts';
import type { Summary } from './summary.ts';

export type ContaminationFact = FactCatalogue['corpus.contamination.found'];

type Searched = {
  /** The shard that the file is. */
  readonly shard: string;
  readonly path: string;
  /** Of the bytes of the file. */
  readonly sha256: string;
  /** The field of its rows that was searched; null where documents have no fields. */
  readonly field: string | null;
  readonly benchmark: string;
  readonly benchmarkVersion?: string | undefined;
  /** Fields of the items whose texts were looked for; none where all were. */
  readonly itemFields: readonly string[];
  readonly summary: Summary;
  /** Whether documents, or text of them, were left out. */
  readonly isPart: boolean;
};

/** Codes of rows that are no document, or that stand for a file without one; whether nothing in them could be searched. */
const IS_EMPTY: Readonly<Record<SkipCode | Extract<ChosenField, { ok: false }>['refusal'], boolean>> = {
  blank_row: true,
  row_too_long: false,
  invalid_utf8: false,
  not_json: false,
  not_an_object: false,
  field_missing: false,
  not_text: false,
  document_too_long: false,
  file_broken: false,
  field_ambiguous: false,
  field_unknown: false,
};

/** An id of an item that a fact has; one that is longer is cut. */
const MOST_CHARACTERS = 256;

/**
 * What a search of a file for the items of a benchmark found, as a fact; undefined where the instrument does not search, or
 * no document of the file was searched. A file of which rows could not be read was not searched as a whole.
 */
export function contaminationFact(
  instrument: Instrument,
  { shard, path, sha256, field, benchmark, benchmarkVersion, itemFields, summary, isPart }: Searched,
): ContaminationFact | undefined {
  const documents = valueIn(summary.values, 'is_contaminated');
  const found = instrument.searched?.(path);
  if (!found || !documents) return undefined;
  /* Other codes are of documents that another attribute could not measure. */
  const isUnread = Object.keys(summary.skippedByCode).some((code) => valueIn(IS_EMPTY, code) === false);
  const isWhole = !isPart && !isUnread;
  return {
    benchmark,
    ...(benchmarkVersion !== undefined && { benchmarkVersion }),
    itemsDigest: found.sha256,
    ...(itemFields.length > 0 && { itemFields: [...new Set(itemFields)] }),
    shardId: shard,
    digest: { algorithm: 'sha256', value: sha256 },
    search: { kind: 'ngram', n: found.words, of: 'words', ...(field !== null && { field }) },
    instrument: { name: instrument.name, version: instrument.version },
    method: isWhole ? 'measured' : 'sampled',
    scope: isWhole ? 'whole' : 'part',
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
