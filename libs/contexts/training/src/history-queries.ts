import { query } from '@tributary/kernel';
import { z } from 'zod';
import { segments } from './queries.ts';

const step = z.coerce.number();

/** The newest start of each attempt of runs. Empty text and null are what is not recorded. */
export const startsOfRuns = query(import.meta.url, 'starts-of-runs', {
  params: z.object({ run_ids: z.array(z.string()), as_of: z.array(z.number()) }),
  row: z.object({
    run_id: z.string(),
    attempt: z.number(),
    model: z.string(),
    mixture_id: z.string(),
    token_budget: z.coerce.number().nullable(),
    forked_run_id: z.string(),
    forked_step: step.nullable(),
    parent_checkpoint_id: z.string(),
    /** The run that saved the parent checkpoint. */
    saved_by: z.string(),
    evidence: z.array(z.coerce.number()),
  }),
});

/** Which steps of runs no recorded exposure has, between the first and the last that count of each run. */
export const exposureGaps = query(import.meta.url, 'exposure-gaps', {
  params: z.object({ ...segments, as_of: z.array(z.number()) }),
  row: z.object({
    run_id: z.string(),
    first_counted: step,
    last_counted: step,
    gaps: z.coerce.number(),
    /** The first gap; null where there is none. */
    gap_from: step.nullable(),
    gap_to: step.nullable(),
  }),
});
