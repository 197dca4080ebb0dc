import type {
  attributeValues,
  members,
  pipelineSteps,
  shards,
  snapshots,
  snapshotSources,
} from '@tributary/corpus';
import type { RowOf } from '@tributary/kernel';
import { evidenceOf } from '../answer.ts';
import { valueOf } from '../closed-set.ts';
import { Method, PipelineStepKind, SourceKind, Split, SubjectKind, TimeZone } from '../generated/schema.ts';
import type {
  AttributeValue,
  CountedNumber,
  PipelineStep,
  Shard,
  Snapshot,
  SnapshotMember,
  SnapshotSource,
} from '../generated/schema.ts';

/** A count with its method; null where nothing was counted. */
const countedOf = (value: number | null, method: string): CountedNumber | null =>
  value === null ? null : { value, method: valueOf(Method, method, 'the method of a count') };

type Counts = {
  readonly bytes: number | null;
  readonly bytes_method: string;
  readonly documents: number | null;
  readonly documents_method: string;
  readonly tokens: number | null;
  readonly tokens_method: string;
};

const countsOf = (row: Counts) => ({
  bytes: countedOf(row.bytes, row.bytes_method),
  documents: countedOf(row.documents, row.documents_method),
  tokens: countedOf(row.tokens, row.tokens_method),
});

const digestOf = ({ digest_algorithm, digest }: { digest_algorithm: string; digest: string }) =>
  digest ? `${digest_algorithm}:${digest}` : null;

export const shardOf = (row: RowOf<typeof shards>): Shard => ({
  id: row.shard_id,
  slice: row.slice,
  split: valueOf(Split, row.split, 'the split of a shard'),
  uri: row.uri,
  digest: digestOf(row),
  ...countsOf(row),
  tokenizer: row.tokenizer || null,
  licence: row.licence || null,
  origin: originOf(row),
  retraction: row.retracted_by ? { reason: row.retracted_because, actor: row.retracted_by } : null,
  evidence: evidenceOf(row.evidence),
});

const originOf = (row: RowOf<typeof shards>) =>
  row.origin_package
    ? {
        registry: row.origin_registry,
        package: row.origin_package,
        version: row.origin_version,
        path: row.origin_path || null,
      }
    : null;

export const snapshotOf = (row: RowOf<typeof snapshots>): Snapshot => ({
  id: row.snapshot_id,
  name: row.name || null,
  version: row.version || null,
  description: row.description || null,
  uri: row.uri || null,
  digest: digestOf(row),
  licence: row.licence || null,
  licenceStated: row.licence_stated || null,
  createdAt: row.created_at || null,
  createdAtZone: row.created_at_zone ? valueOf(TimeZone, row.created_at_zone, 'the zone of a time') : null,
  ...countsOf(row),
  ...makingOf(row),
  members: row.member_count,
  listed: row.listed_count,
  evidence: evidenceOf([row.evidence]),
});

const makingOf = (row: RowOf<typeof snapshots>) => ({
  tokenizer: row.tokenizer || null,
  repository: row.repository || null,
  revision: row.revision || null,
  config: row.config || null,
  redacted: row.redacted,
});

export const stepOf = (row: RowOf<typeof pipelineSteps>): PipelineStep => ({
  id: row.step_id,
  index: row.step_index,
  name: row.name,
  kind: valueOf(PipelineStepKind, row.kind, 'the kind of a step'),
  tool: row.tool || null,
  toolVersion: row.tool_version || null,
  inputs: row.inputs,
  outputs: row.outputs,
  documentsIn: countedOf(row.documents_in, row.documents_in_method),
  documentsOut: countedOf(row.documents_out, row.documents_out_method),
  bytesOut: countedOf(row.bytes_out, row.bytes_out_method),
  tokensOut: countedOf(row.tokens_out, row.tokens_out_method),
  dropped: row.dropped.map(({ reason, documents, method }) => ({
    reason,
    documents: countedOf(documents, method),
  })),
  config: row.config || null,
  seconds: row.seconds,
  redacted: row.redacted,
  evidence: evidenceOf([row.evidence]),
});

export const attributeValueOf = (row: RowOf<typeof attributeValues>): AttributeValue => ({
  subjectKind: valueOf(SubjectKind, row.subject_kind, 'the kind of a subject'),
  ref: row.ref,
  bucket: row.bucket || null,
  value: row.value,
  unit: row.unit || null,
  method: valueOf(Method, row.method, 'the method of a value'),
  instrument: row.instrument,
  instrumentVersion: row.instrument_version || null,
  normaliser: row.normaliser_id || null,
  evidence: evidenceOf([row.evidence]),
});

export const memberOf = (row: RowOf<typeof members>): SnapshotMember => ({
  index: row.list_index,
  shard: row.shard_id,
  slice: row.slice || null,
  repeats: row.repeats,
  label: row.label || null,
});

export const sourceOf = (row: RowOf<typeof snapshotSources>): SnapshotSource => ({
  kind: valueOf(SourceKind, row.kind, 'the kind of a source'),
  ref: row.ref,
  name: row.name || null,
  multiplicity: row.multiplicity,
  reason: row.reason || null,
});
