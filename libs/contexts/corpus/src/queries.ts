import { query } from '@tributary/kernel';
import { z } from 'zod';

const number = z.coerce.number();
const counted = number.nullable();
const first = z.int().min(1).max(100_000);
const as_of = z.array(z.number());

export const shards = query(import.meta.url, 'shards', {
  params: z.object({
    shard_id: z.string().nullable(),
    slice: z.string().nullable(),
    after: z.string(),
    first,
    as_of,
  }),
  row: z.object({
    shard_id: z.string(),
    slice: z.string(),
    split: z.enum(['train', 'held_out', 'unknown']),
    uri: z.string(),
    digest_algorithm: z.string(),
    digest: z.string(),
    bytes: counted,
    bytes_method: z.string(),
    documents: counted,
    documents_method: z.string(),
    tokens: counted,
    tokens_method: z.string(),
    tokenizer: z.string(),
    licence: z.string(),
    origin_registry: z.string(),
    origin_package: z.string(),
    origin_version: z.string(),
    origin_path: z.string(),
    retracted_because: z.string(),
    retracted_by: z.string(),
    evidence: z.array(number),
  }),
});

/** What shards are grouped by; null and no buckets where that is not recorded. */
export const shardLabels = query(import.meta.url, 'shard-labels', {
  params: z.object({ shard_ids: z.array(z.string()), attribute: z.string(), as_of }),
  row: z.object({
    shard_id: z.string(),
    tokens: counted,
    tokens_method: z.string(),
    licence: z.string().nullable(),
    source: z.string().nullable(),
    buckets: z.array(z.tuple([z.string(), z.number()])),
    /** How the buckets were measured; empty where there are none. */
    method: z.string(),
    evidence: z.array(number),
  }),
});

/** The newest measurement of an attribute in each of the shards that were measured. */
export const measuredShards = query(import.meta.url, 'measured-shards', {
  params: z.object({ shard_ids: z.array(z.string()), attribute: z.string(), as_of }),
  row: z.object({
    shard_id: z.string(),
    /** One with an empty name where the shard has one value, else the weight of each bucket of a histogram. */
    buckets: z.array(z.tuple([z.string(), z.number()])),
    unit: z.string(),
    method: z.string(),
    instrument: z.string(),
    version: z.string(),
    normaliser: z.string(),
    evidence: number,
  }),
});

const parts = z.object({
  slice: z.string(),
  /** Empty where parts are slices, and where no source or licence is recorded. */
  part: z.string(),
  tokens: z.coerce.bigint(),
  /** Tokens as often as they are listed. */
  listed_tokens: z.coerce.bigint(),
  shards: number,
  unknown_shards: number,
  evidence: z.array(number),
});

const countedBy = z.object({
  slices: z.array(z.string()),
  by: z.string(),
  retracted: z.array(z.string()),
  /** Shards that are the same as others, and for each of them the one that it counts as. */
  others: z.array(z.string()),
  firsts: z.array(z.string()),
  as_of,
});

/** What is registered of slices, by slice and by source, licence or shard. Each shard is listed once. */
export const registeredParts = query(import.meta.url, 'registered-parts', {
  params: countedBy,
  row: parts,
});

/** What a snapshot lists of slices, by slice and by source, licence or shard. */
export const listedParts = query(import.meta.url, 'listed-parts', {
  params: countedBy.extend({ snapshot_id: z.string() }),
  row: parts,
});

const ofRules = z.object({
  prefixes: z.array(z.string()),
  prefix_sizes: z.array(z.number()),
  suffixes: z.array(z.string()),
  suffix_sizes: z.array(z.number()),
  segments: z.array(z.string()),
  segment_sizes: z.array(z.number()),
  as_of,
});

const oneShard = z.object({ shard_id: z.string() });

/** Shards that may be the same as others: registered in slices, or listed by a snapshot. */
export const shardsWithAliases = {
  registered: query(import.meta.url, 'shards-with-aliases', {
    params: ofRules.extend({ slices: z.array(z.string()) }),
    row: oneShard,
  }),
  listed: query(
    import.meta.url,
    'shards-with-aliases',
    { params: ofRules.extend({ snapshot_id: z.string() }), row: oneShard },
    { 'registered-shards.sql': 'listed-shards.sql' },
  ),
};

export const snapshots = query(import.meta.url, 'snapshots', {
  params: z.object({ snapshot_id: z.string().nullable(), after: z.string(), first, as_of }),
  row: z.object({
    snapshot_id: z.string(),
    name: z.string(),
    version: z.string(),
    description: z.string(),
    uri: z.string(),
    digest_algorithm: z.string(),
    digest: z.string(),
    licence: z.string(),
    licence_stated: z.string(),
    created_at: z.string(),
    created_at_zone: z.string(),
    bytes: counted,
    bytes_method: z.string(),
    documents: counted,
    documents_method: z.string(),
    tokens: counted,
    tokens_method: z.string(),
    tokenizer: z.string(),
    repository: z.string(),
    revision: z.string(),
    config: z.string(),
    redacted: z.boolean(),
    member_count: number,
    listed_count: number,
    evidence: number,
  }),
});

export const snapshotNames = query(import.meta.url, 'snapshot-names', {
  params: z.object({ snapshot_ids: z.array(z.string()), as_of }),
  row: z.object({ snapshot_id: z.string(), name: z.string(), uri: z.string(), evidence: number }),
});

/** Of shards the snapshot that listed each first. */
export const firstListings = query(import.meta.url, 'first-listings', {
  params: z.object({ shard_ids: z.array(z.string()), as_of }),
  row: z.object({
    shard_id: z.string(),
    snapshot_id: z.string(),
    /** Microseconds since 1970. */
    recorded: number,
    evidence: number,
  }),
});

export const snapshotSources = query(import.meta.url, 'snapshot-sources', {
  params: z.object({ snapshot_id: z.string(), as_of }),
  row: z.object({
    kind: z.enum(['snapshot', 'shard', 'uri', 'name', 'unknown']),
    ref: z.string(),
    name: z.string(),
    multiplicity: z.number(),
    reason: z.string(),
    evidence: number,
  }),
});

export const members = query(import.meta.url, 'members', {
  params: z.object({ snapshot_id: z.string(), after: z.number(), first, as_of }),
  row: z.object({
    list_index: number,
    shard_id: z.string(),
    slice: z.string(),
    repeats: z.number(),
    label: z.string(),
    evidence: number,
  }),
});

export const pipelineSteps = query(import.meta.url, 'pipeline-steps', {
  params: z.object({ pipeline_id: z.string(), as_of }),
  row: z.object({
    step_id: z.string(),
    step_index: number.nullable(),
    name: z.string(),
    kind: z.string(),
    tool: z.string(),
    tool_version: z.string(),
    inputs: z.array(z.string()),
    outputs: z.array(z.string()),
    documents_in: counted,
    documents_in_method: z.string(),
    documents_out: counted,
    documents_out_method: z.string(),
    bytes_out: counted,
    bytes_out_method: z.string(),
    tokens_out: counted,
    tokens_out_method: z.string(),
    dropped: z.array(z.object({ reason: z.string(), documents: number, method: z.string() })),
    config: z.string(),
    seconds: z.number().nullable(),
    redacted: z.boolean(),
    evidence: number,
  }),
});

export const attributeValues = query(import.meta.url, 'attribute-values', {
  params: z.object({
    attribute: z.string(),
    subject_kind: z.string().nullable(),
    ref: z.string().nullable(),
    after: z.string(),
    first,
    as_of,
  }),
  row: z.object({
    page_key: z.string(),
    subject_kind: z.enum(['shard', 'snapshot', 'document', 'slice']),
    ref: z.string(),
    bucket: z.string(),
    value: z.number(),
    unit: z.string(),
    method: z.string(),
    instrument: z.string(),
    instrument_version: z.string(),
    normaliser_id: z.string(),
    evidence: number,
  }),
});

export const normaliserStatistics = query(import.meta.url, 'normaliser-statistics', {
  params: z.object({ normaliser_id: z.string(), as_of }),
  row: z.object({
    attribute: z.string(),
    corpus: z.string(),
    items: counted,
    feature: z.string(),
    statistic: z.string(),
    value: z.number(),
    evidence: number,
  }),
});

/** Snapshots that contain a shard, directly or through the snapshots that they were made from. */
export const snapshotsOfShards = query(import.meta.url, 'snapshots-of-shards', {
  params: z.object({ shard_ids: z.array(z.string()), as_of }),
  row: z.object({
    shard_id: z.string(),
    snapshot_id: z.string(),
    hops: z.number(),
    repeats: number,
    evidence: z.array(number),
    evidence_total: number,
  }),
});

const between = z.object({ since: z.array(z.number()), until: z.array(z.number()), as_of });

/** Snapshots that were retracted after the position `since` of the log and not after `until`, and those made from them. */
export const retractedSnapshots = query(import.meta.url, 'retracted-snapshots', {
  params: between,
  row: z.object({
    snapshot_id: z.string(),
    retracted: z.string(),
    reason: z.string(),
    actor: z.string(),
    evidence: number,
    hops: z.number(),
  }),
});

/** Snapshots made from each other in more steps than this are not followed. */
export const MAX_HOPS = 16;

/**
 * Shards that were retracted after the position `since` of the log and not after `until`. A row without a shard says that a
 * retracted snapshot was made in more steps than are followed.
 */
export const retractionsSince = query(import.meta.url, 'retractions-since', {
  params: between,
  row: z.object({
    shard_id: z.string(),
    type: z.string(),
    reason: z.string(),
    actor: z.string(),
    evidence: number,
  }),
});

/** Retractions of a shard, a snapshot or a package itself. */
export const retractions = query(import.meta.url, 'retractions', {
  params: z.object({
    target_kind: z.enum(['shard', 'snapshot', 'package']),
    target_ref: z.string(),
    as_of,
  }),
  row: z.object({ reason: z.string(), actor: z.string(), evidence: number }),
});

/** Aliases that hold, by kind: rules with their parts; one row without addresses says that there are pairs. */
export const aliasRules = query(import.meta.url, 'alias-rules', {
  params: z.object({ first, as_of }),
  row: z.object({
    rule_kind: z.enum(['prefix', 'suffix', 'segment']),
    address: z.string(),
    other: z.string(),
    evidence: number,
  }),
});

export const aliasPairs = query(import.meta.url, 'alias-pairs', {
  params: z.object({ addresses: z.array(z.string()), most: z.int().min(1), as_of }),
  row: z.object({ address: z.string(), other: z.string(), evidence: number }),
});

/** Aliases as they are listed. */
export const aliases = query(import.meta.url, 'aliases', {
  params: z.object({ address: z.string().nullable(), after: z.string(), first, as_of }),
  row: z.object({
    kind: z.enum(['pair', 'prefix', 'suffix', 'segment']),
    address: z.string(),
    other: z.string(),
    reason: z.string(),
    actor: z.string(),
    evidence: number,
    page_key: z.string(),
  }),
});

/** What is said of one alias; no row where it does not hold. */
export const standingAlias = query(import.meta.url, 'standing-alias', {
  params: z.object({ kind: z.string(), address: z.string(), other: z.string(), as_of }),
  row: z.object({ reason: z.string(), actor: z.string(), evidence: number }),
});

/** Every digest that shards were registered with. */
export const formerDigests = query(import.meta.url, 'former-digests', {
  params: z.object({ shard_ids: z.array(z.string()), as_of }),
  row: z.object({ shard_id: z.string(), algorithm: z.string(), value: z.string() }),
});

export const shardDigests = query(import.meta.url, 'shard-digests', {
  params: z.object({ shard_ids: z.array(z.string()), as_of }),
  row: z.object({ shard_id: z.string(), algorithm: z.string(), value: z.string(), evidence: number }),
});

export const shardsWithKeys = query(import.meta.url, 'shards-with-keys', {
  params: z.object({ keys: z.array(z.string()), most: z.int().min(1), as_of }),
  row: z.object({ key: z.string(), shard_id: z.string() }),
});

export const knownShards = query(import.meta.url, 'known-shards', {
  params: z.object({ keys: z.array(z.string()), shard_ids: z.array(z.string()), as_of }),
  row: z.object({ shard_id: z.string() }),
});
