import type { Fact, Stamp } from '@tributary/contracts';
import type { Row } from '@tributary/kernel';
import { counted } from './counted.ts';

export const shardRow = (data: Fact<'corpus.shard.registered'>['data'], stamp: Stamp): Row => ({
  ...stamp,
  shard_id: data.shardId,
  slice: data.slice,
  taxonomy_version: data.taxonomyVersion ?? '',
  split: data.split,
  uri: data.uri,
  ...digestOf(data.digest),
  ...counted('bytes', data.bytes),
  ...counted('documents', data.documents),
  ...counted('tokens', data.tokens),
  tokenizer: data.tokenizer ?? '',
  licence: data.licence ?? '',
  ...originOf(data.origin),
});

export const digestOf = (digest: { algorithm: string; value: string } | undefined): Row => ({
  digest_algorithm: digest?.algorithm ?? '',
  digest: digest?.value ?? '',
});

const originOf = (origin: Fact<'corpus.shard.registered'>['data']['origin']): Row => ({
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
