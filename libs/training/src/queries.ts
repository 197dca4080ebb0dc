import { query } from '@tributary/kernel';
import { z } from 'zod';

/** A run in its newest attempt. */
export const runs = query(import.meta.url, 'runs', {
  params: z.object({
    experiment_id: z.string().nullable(),
    run_id: z.string().nullable(),
    after: z.string(),
    first: z.int().min(1).max(100_000),
    as_of: z.number(),
  }),
  row: z.object({
    run_id: z.string(),
    attempt: z.number(),
    experiment_id: z.string(),
    arm: z.string(),
    mixture_id: z.string(),
    model: z.string(),
    parameters: z.coerce.number().nullable(),
    seed: z.coerce.number().nullable(),
    config_digest: z.string(),
    status: z.enum(['running', 'completed', 'failed', 'stopped']),
    last_step: z.coerce.number().nullable(),
    tokens: z.coerce.number().nullable(),
    last_loss: z.number().nullable(),
    evidence: z.array(z.coerce.number()),
  }),
});

export const exposure = query(import.meta.url, 'exposure', {
  params: z.object({
    run_id: z.string(),
    step: z.number().nullable(),
    by: z.enum(['domain', 'slice', 'shard']),
    as_of: z.number(),
  }),
  row: z.object({
    slice_name: z.string(),
    shard: z.string(),
    amount: z.number(),
    unit: z.string(),
    units: z.coerce.number(),
    methods: z.string(),
    last_step: z.coerce.number(),
    evidence: z.array(z.coerce.number()),
  }),
});

export const realisedShares = query(import.meta.url, 'realised-shares', {
  params: z.object({ run_ids: z.array(z.string()), as_of: z.number() }),
  row: z.object({
    run_id: z.string(),
    slice: z.string(),
    amount: z.number(),
    unit: z.string(),
    methods: z.string(),
    evidence: z.array(z.coerce.number()),
  }),
});

export const curve = query(import.meta.url, 'curve', {
  params: z.object({
    run_id: z.string(),
    metric: z.enum(['loss', 'learningRate', 'gradNorm']),
    bucket_steps: z.union([z.literal(64), z.literal(4096)]),
    as_of: z.number(),
  }),
  row: z.object({
    step: z.coerce.number(),
    value_count: z.coerce.number(),
    mean: z.number().nullable(),
    lowest: z.number().nullable(),
    highest: z.number().nullable(),
  }),
});
