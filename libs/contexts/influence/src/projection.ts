import type { Fact, Projection, Stamp } from '@tributary/contracts';
import type { ColumnarRows, TableRows } from '@tributary/kernel';

export const influenceProjection: Projection = {
  context: 'influence',
  tables: ['influence_score'],
  project: (fact: Fact, stamp: Stamp): TableRows =>
    fact.type === 'influence.scores.recorded' ? { influence_score: scores(fact.data, stamp) } : {},
};

const scores = (data: Fact<'influence.scores.recorded'>['data'], stamp: Stamp): ColumnarRows => ({
  count: data.refs.length,
  columns: {
    ...stamp,
    checkpoint_id: data.checkpointId,
    run_id: data.runId ?? '',
    estimator: data.estimator.name,
    estimator_version: data.estimator.version ?? '',
    damping: data.refs.map(() => data.estimator.damping ?? null),
    capability: data.target.capability ?? '',
    benchmark: data.target.benchmark ?? '',
    item: data.target.item ?? '',
    level: data.level,
    ref: data.refs,
    score: data.scores,
    ...validityOf(data),
  },
});

const validityOf = ({ refs, validity }: Fact<'influence.scores.recorded'>['data']) => ({
  validity_measure: validity?.measure ?? '',
  validity: refs.map(() => validity?.value ?? null),
  validity_subsets: refs.map(() => validity?.subsets ?? null),
});
