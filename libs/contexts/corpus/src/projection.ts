import type { Fact, Projection, Stamp } from '@tributary/contracts';
import type { Row, TableRows } from '@tributary/kernel';
import { aliasRows, registeredKeyRows, shardKeyRows } from './aliases/alias-rows.ts';
import { attributeRows, normaliserRows } from './attribute.ts';
import { pipelineStepRow } from './pipeline-step.ts';
import { retractionRow, shardRow, sourceRetractionRow } from './shard.ts';
import { memberRows, snapshotRow, sourceRows } from './snapshot.ts';
import { corpusUpcasters } from './upcast.ts';

export const corpusProjection: Projection = {
  context: 'corpus',
  tables: [
    'corpus_slice',
    'corpus_shard',
    'corpus_retraction',
    'corpus_source_retraction',
    'corpus_snapshot',
    'corpus_snapshot_source',
    'corpus_member',
    'corpus_step',
    'corpus_attribute',
    'corpus_normaliser',
    'corpus_alias',
    'corpus_shard_key',
  ],
  upcasters: corpusUpcasters,
  project(fact: Fact, stamp: Stamp): TableRows {
    switch (fact.type) {
      case 'corpus.taxonomy.versioned':
        return { corpus_slice: slices(fact.data, stamp) };
      case 'corpus.shard.registered':
        return {
          corpus_shard: [shardRow(fact.data, stamp)],
          corpus_shard_key: registeredKeyRows(fact.data, stamp),
        };
      case 'corpus.shard.retracted':
        return {
          corpus_retraction: [retractionRow(fact.data, stamp)],
          corpus_shard_key: shardKeyRows([fact.data.shardId], stamp),
        };
      case 'corpus.source.retracted':
        return { corpus_source_retraction: [sourceRetractionRow(fact.data, stamp)] };
      case 'corpus.snapshot.registered':
        return {
          corpus_snapshot: [snapshotRow(fact.data, stamp)],
          corpus_snapshot_source: sourceRows(fact.data, stamp),
        };
      case 'corpus.members.listed':
        return {
          corpus_member: memberRows(fact.data, stamp),
          corpus_shard_key: shardKeyRows(
            fact.data.members.map(({ shardId }) => shardId),
            stamp,
          ),
        };
      case 'corpus.step.completed':
        return { corpus_step: [pipelineStepRow(fact.data, stamp)] };
      case 'corpus.attribute.measured':
        return { corpus_attribute: attributeRows(fact.data, stamp) };
      case 'corpus.normaliser.frozen':
        return { corpus_normaliser: normaliserRows(fact.data, stamp) };
      default:
        return aliasesOf(fact, stamp);
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

/** What facts say of aliases, and the shards that only they name. */
function aliasesOf(fact: Fact, stamp: Stamp): TableRows {
  switch (fact.type) {
    case 'corpus.alias.declared':
      return aliases(fact.data, true, stamp);
    case 'corpus.alias.withdrawn':
      return aliases(fact.data, false, stamp);
    case 'training.exposure.recorded':
      return consumedShards(fact.data, stamp);
    default:
      return {};
  }
}

function aliases(data: Fact<'corpus.alias.declared'>['data'], isDeclared: boolean, stamp: Stamp): TableRows {
  const named = data.kind === 'pair' && isDeclared ? [data.address, data.other] : [];
  return {
    corpus_alias: aliasRows(data, isDeclared, stamp),
    ...(named.length > 0 && { corpus_shard_key: shardKeyRows(named, stamp) }),
  };
}

/** Shards that a run consumed may be registered and listed nowhere. */
function consumedShards({ amounts }: Fact<'training.exposure.recorded'>['data'], stamp: Stamp): TableRows {
  const shards = amounts.flatMap(({ shardId }) => shardId ?? []);
  return shards.length > 0 ? { corpus_shard_key: shardKeyRows(shards, stamp) } : {};
}
