import type { Fact, Stamp } from '@tributary/contracts';
import type { Row } from '@tributary/kernel';
import { digestColumns } from './columns.ts';

/** One row a search. What it does not say is empty, of counts and the threshold NULL; n-grams have at least one word, so 0 is none. */
export const contaminationRow = (data: Fact<'corpus.contamination.found'>['data'], stamp: Stamp): Row => ({
  ...stamp,
  benchmark: data.benchmark,
  benchmark_version: data.benchmarkVersion ?? '',
  items_digest: data.itemsDigest,
  item_fields: data.itemFields ?? [],
  shard_id: data.shardId,
  ...digestColumns(data.digest),
  kind: data.search.kind,
  gram: data.search.n ?? 0,
  gram_of: data.search.of ?? '',
  threshold: data.search.threshold ?? null,
  field: data.search.field ?? '',
  instrument: data.instrument.name,
  instrument_version: data.instrument.version ?? '',
  method: data.method,
  is_part: data.scope === 'part',
  ...countsOf(data),
});

const countsOf = (data: Fact<'corpus.contamination.found'>['data']): Row => ({
  items_compared: data.itemsCompared,
  items_skipped: data.itemsSkipped ?? null,
  items_matched: data.itemsMatched,
  item_ids: (data.matchedItems ?? []).map(({ itemId }) => itemId),
  item_shares: (data.matchedItems ?? []).map(({ share }) => share ?? null),
  documents_compared: data.documentsCompared ?? null,
  documents_matched: data.documentsMatched ?? null,
  document_ids: data.matchedDocuments ?? [],
});
