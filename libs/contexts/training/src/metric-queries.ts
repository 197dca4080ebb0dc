import { query } from '@tributary/kernel';
import { z } from 'zod';
import { between, bucketSteps, curvePoint, segments } from './queries.ts';

/** The facts that a metric comes from: columns of `training.steps.recorded`, or points of `training.metrics.recorded`. */
const origin = z.enum(['steps', 'points']);

const count = z.coerce.number();

/** Metrics of runs with what is recorded of them, by name and origin. Empty lists mean all. */
export const runMetrics = query(import.meta.url, 'run-metrics', {
  params: z.object({
    run_ids: z.array(z.string()),
    attempts: z.array(z.number()),
    names: z.array(z.string()),
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

export const pointCurve = query(import.meta.url, 'point-curve', {
  params: z.object({
    ...between,
    run_ids: z.array(z.string()),
    key: z.string(),
    bucket_steps: bucketSteps,
    as_of: z.array(z.number()),
  }),
  row: curvePoint,
});

/** The facts behind a curve of points, and how many points are in no bucket of it. */
export const pointEvidence = query(import.meta.url, 'point-evidence', {
  params: z.object({
    ...between,
    run_ids: z.array(z.string()),
    key: z.string(),
    first: z.int().min(1).max(100_000),
    as_of: z.array(z.number()),
  }),
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
