import { query } from '@tributary/kernel';
import { z } from 'zod';

/** Newest scores on the targets of a checkpoint, highest first. */
export const influences = query(import.meta.url, 'influences', {
  params: z.object({
    checkpoint_id: z.string(),
    estimator: z.string().nullable(),
    benchmark: z.string().nullable(),
    item: z.string().nullable(),
    after: z.string(),
    first: z
      .int()
      .min(1)
      .max(2 ** 32 - 1),
    as_of: z.array(z.number()),
  }),
  row: z.object({
    page_key: z.string(),
    run_id: z.string(),
    estimator: z.string(),
    estimator_version: z.string(),
    damping: z.number().nullable(),
    capability: z.string(),
    benchmark: z.string(),
    item: z.string(),
    level: z.string(),
    ref: z.string(),
    score: z.number().nullable(),
    validity_measure: z.string(),
    validity: z.number().nullable(),
    validity_subsets: z.coerce.number().nullable(),
    evidence: z.coerce.number(),
  }),
});
