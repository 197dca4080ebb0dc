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
    saved_step: step,
    evidence: z.array(z.coerce.number()),
  }),
});

/**
 * Which steps of runs no recorded exposure has, between the first and the last that count of each run, and where these bounds are
 * given, from the first and to the last step that it had. A run that goes on from a checkpoint may number its steps from its
 * `first_steps` or from its `continued_steps`; elsewhere these are the same. Bounds of 0 are not known. `last_marks` are the last
 * steps by checkpoints and ends: where steps are numbered from 0, these say how many there were. No gap before `from_step` is
 * looked for.
 */
export const exposureGaps = query(import.meta.url, 'exposure-gaps', {
  params: z.object({
    ...segments,
    from_step: z.number(),
    bounded: z.array(z.string()),
    first_steps: z.array(z.number()),
    continued_steps: z.array(z.number()),
    last_steps: z.array(z.number()),
    last_marks: z.array(z.number()),
    as_of: z.array(z.number()),
  }),
  row: z.object({
    run_id: z.string(),
    gaps: z.coerce.number(),
    /** The first gap; null where there is none. */
    gap_from: step.nullable(),
    gap_to: step.nullable(),
  }),
});

/** The last step that runs are known to have had, of the steps that segments have: as recorded, and by checkpoints and ends. */
export const reachedSteps = query(import.meta.url, 'reached-steps', {
  params: z.object({ ...segments, as_of: z.array(z.number()) }),
  row: z.object({ run_id: z.string(), last_step: step, last_mark: step }),
});

/** The first recorded steps of attempts. */
export const firstSteps = query(import.meta.url, 'first-steps', {
  params: z.object({
    run_ids: z.array(z.string()),
    attempts: z.array(z.number()),
    as_of: z.array(z.number()),
  }),
  row: z.object({
    run_id: z.string(),
    attempt: z.number(),
    /** Null where no exposure and no metrics are recorded. */
    first_step: z.coerce.number().nullable(),
    /** Null where no order is recorded, except of Megatron. */
    first_ordered: z.coerce.number().nullable(),
    /** Null where no order of Megatron is recorded. */
    first_indexed: z.coerce.number().nullable(),
  }),
});
