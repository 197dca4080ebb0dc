import type { Fact, Projection, Stamp } from '@tributary/contracts';
import type { ColumnarRows, Row, TableRows } from '@tributary/kernel';
import { aliasRows, registeredKeyRows, shardKeyRows } from './aliases/alias-rows.ts';
import { namedShards } from './aliases/named-shards.ts';
import { attributeRows, normaliserRows } from './attribute.ts';
import { contaminationRow } from './contamination.ts';
import { pipelineStepRow } from './pipeline-step.ts';
import { retractionRow, shardRow, sourceRetractionRow } from './shard.ts';
import { memberRows, snapshotRow, sourceRows } from './snapshot.ts';
import { corpusUpcasters } from './upcast.ts';

export const corpusProjection: Projection = {
  context: 'corpus',
  version: 4,
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
    'corpus_contamination',
    'corpus_normaliser',
    'corpus_alias',
    'corpus_shard_key',
  ],
  upcasters: corpusUpcasters,
  project(fact: Fact, stamp: Stamp): TableRows {
    const keys = keyRows(fact, stamp);
    return { ...ownRows(fact, stamp), ...(keys && { corpus_shard_key: keys }) };
  },
};

function ownRows(fact: Fact, stamp: Stamp): TableRows {
  switch (fact.type) {
    case 'corpus.taxonomy.versioned':
      return { corpus_slice: slices(fact.data, stamp) };
    case 'corpus.shard.registered':
      return { corpus_shard: [shardRow(fact.data, stamp)] };
    case 'corpus.shard.retracted':
      return { corpus_retraction: [retractionRow(fact.data, stamp)] };
    case 'corpus.source.retracted':
      return { corpus_source_retraction: [sourceRetractionRow(fact.data, stamp)] };
    case 'corpus.snapshot.registered':
      return {
        corpus_snapshot: [snapshotRow(fact.data, stamp)],
        corpus_snapshot_source: sourceRows(fact.data, stamp),
      };
    case 'corpus.members.listed':
      return { corpus_member: memberRows(fact.data, stamp) };
    case 'corpus.step.completed':
      return { corpus_step: [pipelineStepRow(fact.data, stamp)] };
    case 'corpus.alias.declared':
      return { corpus_alias: aliasRows(fact.data, true, stamp) };
    case 'corpus.alias.withdrawn':
      return { corpus_alias: aliasRows(fact.data, false, stamp) };
    default:
      return measuredRows(fact, stamp);
  }
}

/** Rows of what was measured of the corpus, or searched for in it. */
function measuredRows(fact: Fact, stamp: Stamp): TableRows {
  switch (fact.type) {
    case 'corpus.attribute.measured':
      return { corpus_attribute: attributeRows(fact.data, stamp) };
    case 'corpus.contamination.found':
      return { corpus_contamination: [contaminationRow(fact.data, stamp)] };
    case 'corpus.normaliser.frozen':
      return { corpus_normaliser: normaliserRows(fact.data, stamp) };
    default:
      return {};
  }
}

/** By what the shards of a fact are found: a shard that is registered also by its digest. */
function keyRows(fact: Fact, stamp: Stamp): Row[] | ColumnarRows | undefined {
  if (fact.type === 'corpus.shard.registered') return registeredKeyRows(fact.data, stamp);
  const named = namedShards(fact);
  return named.length > 0 ? shardKeyRows(named, stamp) : undefined;
}

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
