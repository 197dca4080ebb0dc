import { query } from '@tributary/kernel';
import { z } from 'zod';

const number = z.coerce.number();
const counted = number.nullable();

/** Searches of shards for the items of a benchmark; those for any version of it where that is null. */
export const contaminationSearches = query(import.meta.url, 'contamination-searches', {
  params: z.object({
    benchmark: z.string(),
    version: z.string().nullable(),
    shard_ids: z.array(z.string()),
    as_of: z.array(z.number()),
  }),
  row: z.object({
    shard_id: z.string(),
    /** Of the digest of the bytes that were searched; both empty where that is not recorded. */
    algorithm: z.string(),
    value: z.string(),
    /** Of the items that were looked for. */
    items_digest: z.string(),
    kind: z.string(),
    /** Whether only some documents of the shard, or some of their text, was searched. */
    is_part: z.boolean(),
    items_compared: number,
    /** Items that could not be looked for; null where nobody counted them. */
    items_skipped: counted,
    items_matched: number,
    evidence: number,
  }),
});

/** What searches found. The positions are those that `contaminationSearches` gave. */
export const contaminationFound = query(import.meta.url, 'contamination-found', {
  params: z.object({
    benchmark: z.string(),
    shard_ids: z.array(z.string()),
    positions: z.array(z.number()),
    most: z.int().min(1),
  }),
  row: z.object({
    shard_id: z.string(),
    version: z.string(),
    items_digest: z.string(),
    /** Empty where all texts of the items were looked for. */
    item_fields: z.array(z.string()),
    kind: z.string(),
    gram: number,
    gram_of: z.string(),
    threshold: z.number().nullable(),
    field: z.string(),
    instrument: z.string(),
    instrument_version: z.string(),
    method: z.string(),
    items_compared: number,
    items_skipped: counted,
    items_matched: number,
    items: z.array(z.string()),
    /** Of each item; null where it was not recorded. */
    shares: z.array(z.number().nullable()),
    documents_compared: counted,
    documents_matched: counted,
    documents: z.array(z.string()),
    evidence: number,
  }),
});
