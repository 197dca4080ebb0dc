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

type ScoreKey = { runId: string; capability: string; benchmark: string; metric: string };

/** The columns that identify a score in all three tables. */
const scoreKey = ({ runId, capability, benchmark, metric }: ScoreKey) => ({
  run_id: runId,
  capability,
  benchmark,
  metric,
});

/** `has_step` distinguishes step 0 from no step. */
const stepOf = ({ step }: { step?: number }) => ({ step: step ?? 0, has_step: step !== undefined });

function score(data: Fact<'evaluation.score.recorded'>['data'], stamp: Stamp): Row {
  return {
    ...stamp,
    ...scoreKey(data),
    ...stepOf(data),
    ...comparability(data),
    checkpoint_id: data.checkpointId ?? '',
    tokens: data.tokens ?? null,
    value: data.value,
    stderr: data.stderr ?? null,
    items: data.items ?? null,
    unit: data.unit,
    higher_is_better: data.higherIsBetter,
    random_baseline: data.randomBaseline ?? null,
    method: data.method,
    model_ref: data.modelRef ?? '',
    evaluated_at: data.evaluatedAt ?? '',
  };
}

/** Settings that scores of one benchmark and metric must share to be comparable. */
function comparability(data: Fact<'evaluation.score.recorded'>['data']) {
  return {
    ...settingsOf(data),
    split: data.split ?? '',
    prompt_digest: data.promptDigest ?? '',
    item_limit: data.limit ?? null,
    precision: data.precision ?? '',
  };
}

type BenchmarkSettings = Pick<
  Fact<'evaluation.items.recorded'>['data'],
  'metricVersion' | 'shots' | 'filter' | 'taskVersion' | 'taskHash' | 'harness'
>;

const settingsOf = ({ metricVersion, shots, filter, taskVersion, taskHash, harness }: BenchmarkSettings) => ({
  metric_version: metricVersion ?? '',
  shots: shots ?? null,
  filter: filter ?? '',
  task_version: taskVersion ?? '',
  task_hash: taskHash ?? '',
  harness: harness.name,
  harness_version: harness.version ?? '',
});

function items(data: Fact<'evaluation.items.recorded'>['data'], stamp: Stamp): Row {
  return {
    ...stamp,
    ...scoreKey(data),
    ...stepOf(data),
    ...settingsOf(data),
    checkpoint_id: data.checkpointId ?? '',
    item_ids: data.itemIds,
    values: data.values,
    document_hashes: data.documentHashes ?? [],
    prompt_hashes: data.promptHashes ?? [],
    target_hashes: data.targetHashes ?? [],
  };
}

function invalidation(data: Fact<'evaluation.score.invalidated'>['data'], stamp: Stamp): Row {
  return { ...stamp, ...scoreKey(data), step: data.step ?? null, reason: data.reason, actor: data.actor };
}
