import { query } from '@tributary/kernel';
import { z } from 'zod';

const count = z.coerce.number();

export const loads = query(import.meta.url, 'loads', {
  params: z.object({
    checkpoint_id: z.string(),
    probe_set: z.string().nullable(),
    domain: z.string().nullable(),
    after: z.string(),
    first: z.int().min(1).max(100_000),
    as_of: z.array(z.number()),
  }),
  row: z.object({
    page_key: z.string(),
    checkpoint_id: z.string(),
    run_id: z.string(),
    step: count.nullable(),
    probe_set: z.string(),
    domain: z.string(),
    layer: z.number(),
    top_k: z.number(),
    choice: z.enum(['all', 'first']),
    counts: z.array(count),
    tokens: count.nullable(),
    pair_variant: z.string(),
    pairs: z.array(z.object({ first: count, second: count, count })),
    method: z.string(),
    evidence: count,
  }),
});
