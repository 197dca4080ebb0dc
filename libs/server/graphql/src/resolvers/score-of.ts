import type { scores } from '@tributary/evaluation';
import { formatEventPosition } from '@tributary/kernel';
import type { RowOf } from '@tributary/kernel';
import { valueOf } from '../closed-set.ts';
import { Method } from '../generated/schema.ts';
import type { Score } from '../generated/schema.ts';

export const scoreOf = (row: RowOf<typeof scores>): Score => ({
  run: row.run_id,
  checkpoint: row.checkpoint_id || null,
  step: row.step,
  capability: row.capability,
  benchmark: row.benchmark,
  metric: row.metric,
  split: row.split || null,
  metricVersion: row.metric_version || null,
  shots: row.shots,
  filter: row.filter || null,
  taskVersion: row.task_version || null,
  taskHash: row.task_hash || null,
  promptDigest: row.prompt_digest || null,
  tokens: row.tokens,
  limit: row.item_limit,
  precision: row.precision || null,
  modelRef: row.model_ref || null,
  evaluatedAt: row.evaluated_at || null,
  value: row.value,
  stderr: row.stderr,
  items: row.items,
  unit: row.unit,
  higherIsBetter: row.higher_is_better,
  harness: row.harness,
  method: valueOf(Method, row.method, 'the method of a score'),
  evidence: formatEventPosition(row.evidence),
});
