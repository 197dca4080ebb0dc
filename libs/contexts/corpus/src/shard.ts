import type { Fact, Stamp } from '@tributary/contracts';
import type { Row } from '@tributary/kernel';
import { countColumns, digestColumns } from './columns.ts';

export const shardRow = (data: Fact<'corpus.shard.registered'>['data'], stamp: Stamp): Row => ({
  ...stamp,
  shard_id: data.shardId,
  slice: data.slice,
  taxonomy_version: data.taxonomyVersion ?? '',
  split: data.split,
  uri: data.uri,
  ...digestColumns(data.digest),
  ...countColumns('bytes', data.bytes),
  ...countColumns('documents', data.documents),
  ...countColumns('tokens', data.tokens),
  tokenizer: data.tokenizer ?? '',
  licence: data.licence ?? '',
  ...originColumns(data.origin),
});

const originColumns = (origin: Fact<'corpus.shard.registered'>['data']['origin']): Row => ({
  origin_registry: origin?.registry ?? '',
  origin_package: origin?.package ?? '',
  origin_version: origin?.version ?? '',
  origin_path: origin?.path ?? '',
});

export const retractionRow = (data: Fact<'corpus.shard.retracted'>['data'], stamp: Stamp): Row => ({
  ...stamp,
  shard_id: data.shardId,
  reason: data.reason,
  actor: data.actor,
});

export const sourceRetractionRow = (data: Fact<'corpus.source.retracted'>['data'], stamp: Stamp): Row => ({
  ...stamp,
  source_kind: data.kind,
  source_ref: data.ref,
  reason: data.reason,
  actor: data.actor,
});
