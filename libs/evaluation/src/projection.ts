import type { Fact, Projection, Stamp } from '@tributary/contracts';
import type { Row, TableRows } from '@tributary/kernel';

export const evaluationProjection: Projection = {
  context: 'evaluation',
  tables: ['evaluation_score', 'evaluation_item', 'evaluation_invalidation'],
  project(fact: Fact, stamp: Stamp): TableRows {
    switch (fact.type) {
      case 'evaluation.score.recorded':
        return { evaluation_score: [score(fact.data, stamp)] };
      case 'evaluation.items.recorded':
        return { evaluation_item: [items(fact.data, stamp)] };
      case 'evaluation.score.invalidated':
        return { evaluation_invalidation: [invalidation(fact.data, stamp)] };
      default:
        return {};
    }
  },
};

type Measured = { runId: string; capability: string; benchmark: string; metric: string };

/** The columns that name a score, shared by all three tables. */
const measured = ({ runId, capability, benchmark, metric }: Measured) => ({
  run_id: runId,
  capability,
  benchmark,
  metric,
});

function score(data: Fact<'evaluation.score.recorded'>['data'], stamp: Stamp): Row {
  return {
    ...stamp,
    ...measured(data),
    checkpoint_id: data.checkpointId ?? '',
    step: data.step,
    split: data.split ?? '',
    metric_version: data.metricVersion ?? '',
    shots: data.shots ?? null,
    prompt_digest: data.promptDigest ?? '',
    harness: data.harness.name,
    harness_version: data.harness.version,
    value: data.value,
    stderr: data.stderr ?? null,
    items: data.items ?? null,
    unit: data.unit,
    higher_is_better: data.higherIsBetter,
    random_baseline: data.randomBaseline ?? null,
    method: data.method,
  };
}

function items(data: Fact<'evaluation.items.recorded'>['data'], stamp: Stamp): Row {
  return { ...stamp, ...measured(data), step: data.step, item_ids: data.itemIds, values: data.values };
}

function invalidation(data: Fact<'evaluation.score.invalidated'>['data'], stamp: Stamp): Row {
  return { ...stamp, ...measured(data), step: data.step ?? null, reason: data.reason, actor: data.actor };
}
