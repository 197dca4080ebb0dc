import { query } from '@tributary/kernel';
import { z } from 'zod';

/** The engine sends 64-bit integers as text. */
const COUNT = z.coerce.number().nullable();

/** A score, the newest of its run, step and way of measuring. */
const SCORE = z.object({
  page_key: z.string(),
  run_id: z.string(),
  capability: z.string(),
  benchmark: z.string(),
  metric: z.string(),
  checkpoint_id: z.string(),
  step: COUNT,
  split: z.string(),
  metric_version: z.string(),
  shots: COUNT,
  filter: z.string(),
  task_version: z.string(),
  task_hash: z.string(),
  prompt_digest: z.string(),
  item_limit: z.number().nullable(),
  precision: z.string(),
  model_ref: z.string(),
  evaluated_at: z.string(),
  tokens: COUNT,
  random_baseline: z.number().nullable(),
  value: z.number(),
  stderr: z.number().nullable(),
  items: COUNT,
  unit: z.string(),
  higher_is_better: z.coerce.boolean(),
  harness: z.string(),
  method: z.string(),
  evidence: z.coerce.number(),
});

const PAGE = z
  .int()
  .min(1)
  .max(2 ** 32 - 1);

export const scores = query(import.meta.url, 'scores', {
  params: z.object({
    run_ids: z.array(z.string()),
    capability: z.string().nullable(),
    benchmark: z.string().nullable(),
    after: z.string(),
    first: PAGE,
    as_of: z.array(z.number()),
  }),
  row: SCORE,
});

/** Scores that were invalidated, each with why and by whom. */
export const invalidatedScores = query(import.meta.url, 'invalidated-scores', {
  params: z.object({
    run_ids: z.array(z.string()),
    capability: z.string().nullable(),
    benchmark: z.string().nullable(),
    first: PAGE,
    as_of: z.array(z.number()),
  }),
  row: SCORE.extend({ reason: z.string(), actor: z.string(), invalidated_by: z.coerce.number() }),
});

/** Scores of other runs on the same capabilities. */
export const scoredRuns = query(import.meta.url, 'scored-runs', {
  params: z.object({ as_of: z.array(z.number()) }),
  row: z.object({ run_id: z.string() }),
});

export const runsScoredElsewhere = query(import.meta.url, 'runs-scored-elsewhere', {
  params: z.object({
    run_ids: z.array(z.string()),
    capabilities: z.array(z.string()),
    as_of: z.array(z.number()),
  }),
  row: z.object({ run_id: z.string(), capability: z.string(), benchmark: z.string() }),
});

export const finalItems = query(import.meta.url, 'final-items', {
  params: z.object({
    run_ids: z.array(z.string()),
    capability: z.string().nullable(),
    as_of: z.array(z.number()),
  }),
  row: z.object({
    run_id: z.string(),
    capability: z.string(),
    benchmark: z.string(),
    metric: z.string(),
    metric_version: z.string(),
    shots: COUNT,
    filter: z.string(),
    task_version: z.string(),
    task_hash: z.string(),
    harness_name: z.string(),
    item_ids: z.array(z.string()),
    item_values: z.array(z.number()),
    checkpoint_id: z.string(),
    last_step: COUNT,
    evidence: z.coerce.number(),
  }),
});

/** When the first of some scores was recorded. */
export const firstScore = query(import.meta.url, 'first-score', {
  params: z.object({ positions: z.array(z.number()), as_of: z.array(z.number()) }),
  row: z.object({ recorded_at: z.coerce.number() }),
});

/** Of the scores at the positions, those that a later event invalidated or replaced with another value. */
export const changedScores = query(import.meta.url, 'changed-scores', {
  params: z.object({
    positions: z.array(z.number()),
    since: z.array(z.number()),
    as_of: z.array(z.number()),
  }),
  row: z.object({
    changed: z.coerce.number(),
    type: z.string(),
    reason: z.string(),
    actor: z.string(),
    evidence: z.coerce.number(),
  }),
});
