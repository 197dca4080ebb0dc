import { query } from '@tributary/kernel';
import { z } from 'zod';

export const scores = query(import.meta.url, 'scores', {
  params: z.object({
    run_ids: z.array(z.string()),
    capability: z.string().nullable(),
    first: z.int().min(1).max(1_000_000),
    as_of: z.number(),
  }),
  row: z.object({
    run_id: z.string(),
    capability: z.string(),
    benchmark: z.string(),
    metric: z.string(),
    step: z.coerce.number(),
    value: z.number(),
    stderr: z.number().nullable(),
    items: z.coerce.number().nullable(),
    unit: z.string(),
    higher_is_better: z.coerce.boolean(),
    harness: z.string(),
    method: z.string(),
    evidence: z.coerce.number(),
  }),
});

export const finalItems = query(import.meta.url, 'final-items', {
  params: z.object({ run_ids: z.array(z.string()), capability: z.string().nullable(), as_of: z.number() }),
  row: z.object({
    run_id: z.string(),
    capability: z.string(),
    item_ids: z.array(z.string()),
    item_values: z.array(z.number()),
    last_step: z.coerce.number(),
    evidence: z.coerce.number(),
  }),
});
