import type { Fact, Projection, Stamp } from '@tributary/contracts';
import type { Row, TableRows } from '@tributary/kernel';
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
  ],
  upcasters: corpusUpcasters,
  project(fact: Fact, stamp: Stamp): TableRows {
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
      case 'corpus.attribute.measured':
        return { corpus_attribute: attributeRows(fact.data, stamp) };
      case 'corpus.normaliser.frozen':
        return { corpus_normaliser: normaliserRows(fact.data, stamp) };
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
