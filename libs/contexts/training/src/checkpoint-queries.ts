import { query } from '@tributary/kernel';
import { z } from 'zod';

/** The checkpoints that a run saved itself, with those that they were merged from. */
export const checkpointsOfRun = query(import.meta.url, 'checkpoints-of-run', {
  params: z.object({ run_id: z.string(), as_of: z.array(z.number()) }),
  row: z.object({
    checkpoint_id: z.string(),
    attempt: z.number(),
    step: z.coerce.number(),
    tokens: z.coerce.number().nullable(),
    parents: z.array(z.string()),
    evidence: z.coerce.number(),
  }),
});
