import type { Fact, Projection, Stamp } from '@tributary/contracts';
import type { Row, TableRows } from '@tributary/kernel';

export const corpusProjection: Projection = {
  context: 'corpus',
  tables: ['corpus_slice', 'corpus_shard'],
  project(fact: Fact, stamp: Stamp): TableRows {
    switch (fact.type) {
      case 'corpus.taxonomy.versioned':
        return { corpus_slice: slices(fact.data, stamp) };
      case 'corpus.shard.registered':
        return { corpus_shard: [shard(fact.data, stamp)] };
      default:
        return {};
    }
  },
};

function slices(data: Fact<'corpus.taxonomy.versioned'>['data'], stamp: Stamp): Row[] {
  return data.slices.map(({ slice, title, definition, measuredBy }) => ({
    ...stamp,
    taxonomy_id: data.taxonomyId,
    version: data.version,
    slice,
    title,
    definition,
    measured_by: measuredBy ?? '',
  }));
}

function shard(data: Fact<'corpus.shard.registered'>['data'], stamp: Stamp): Row {
  return {
    ...stamp,
    shard_id: data.shardId,
    slice: data.slice,
    split: data.split,
    uri: data.uri,
    sha256: data.digest.value,
    bytes: data.bytes,
    documents: data.documents,
    tokens: data.tokens,
    tokenizer: data.tokenizer,
    method: data.method,
    licence: data.licence,
    origin_registry: data.origin?.registry ?? '',
    origin_package: data.origin?.package ?? '',
    origin_version: data.origin?.version ?? '',
  };
}
