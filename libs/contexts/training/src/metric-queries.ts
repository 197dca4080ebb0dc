import { query } from '@tributary/kernel';
import { z } from 'zod';
import { between, bucketSteps, curvePoint, segments } from './queries.ts';

/** The facts that a metric comes from: columns of `training.steps.recorded`, or points of `training.metrics.recorded`. */
const origin = z.enum(['steps', 'points']);

const count = z.coerce.number();

/** Metrics of runs with what is recorded of them, by name and origin. No attempts mean all. */
export const runMetrics = query(import.meta.url, 'run-metrics', {
  params: z.object({
    run_ids: z.array(z.string()),
    attempts: z.array(z.number()),
    after: z.string(),
    first: z.int().min(1),
    as_of: z.array(z.number()),
  }),
  row: z.object({
    page_key: z.string(),
    name: z.string(),
    origin,
    /** How points were counted, where their facts say so. */
    methods: z.array(z.enum(['measured', 'reported', 'declared', 'inferred', 'sampled'])),
    /** Recorded values, those that were recorded again too, and those of them that are not finite. */
    recorded_values: count,
    nonfinite: count,
    /** Null where no value has a step. */
    first_step: z.number().nullable(),
    last_step: z.number().nullable(),
    /** Positions of the first and the last event. */
    evidence: z.array(count),
  }),
});

/** The facts in which a value of a metric counts: columns in the segments of runs, and points of one of them. */
export const countedOrigins = query(import.meta.url, 'counted-origins', {
  params: z.object({ ...segments, run_id: z.string(), metric: z.string(), as_of: z.array(z.number()) }),
  row: z.object({ origin }),
});

/** A column of steps that has no rollup. */
export const columnCurve = query(import.meta.url, 'column-curve', {
  params: z.object({
    ...segments,
    ...between,
    metric: z.string(),
    bucket_steps: bucketSteps,
    as_of: z.array(z.number()),
  }),
  row: curvePoint,
});

/** Points of a metric of a run between two steps, or null where a question names none. */
const points = {
  run_id: z.string(),
  key: z.string(),
  from_step: z.number().nullable(),
  to_step: z.number().nullable(),
  as_of: z.array(z.number()),
};

export const pointCurve = query(import.meta.url, 'point-curve', {
  params: z.object({ ...points, bucket_steps: bucketSteps }),
  row: curvePoint,
});

/** The facts behind a curve of points, and how many points are in no bucket of it. */
export const pointEvidence = query(import.meta.url, 'point-evidence', {
  params: z.object({ ...points, first: z.int().min(1).max(100_000) }),
  row: z.object({ evidence: z.array(count), evidence_total: count, outside: count }),
});

export const stepHistory = query(import.meta.url, 'step-history', {
  params: z.object({
    ...segments,
    ...between,
    metric: z.string(),
    after: z.string(),
    first: z.int().min(1),
    as_of: z.array(z.number()),
  }),
  row: z.object({
    page_key: z.string(),
    /** Any number, including NaN and infinities. */
    value: z.custom<number>((value) => typeof value === 'number'),
    step_number: z.number(),
    position: count,
  }),
});
