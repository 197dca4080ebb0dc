import { query } from '@tributary/kernel';
import { z } from 'zod';

/** Checkpoints as each run last saved them: of some runs, or of all where none is named; so with the checkpoints. */
export const savedByRuns = query(import.meta.url, 'saved-by-runs', {
  params: z.object({
    run_ids: z.array(z.string()),
    checkpoint_ids: z.array(z.string()),
    as_of: z.array(z.number()),
  }),
  row: z.object({
    run_id: z.string(),
    checkpoint_id: z.string(),
    attempt: z.number(),
    step: z.coerce.number(),
  }),
});

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

/** Every time that one of some runs saved a checkpoint, in the order of the log. */
export const savesOfRuns = query(import.meta.url, 'saves-of-runs', {
  params: z.object({
    run_ids: z.array(z.string()),
    first: z.int().min(1),
    as_of: z.array(z.number()),
  }),
  row: z.object({
    run_id: z.string(),
    checkpoint_id: z.string(),
    attempt: z.number(),
    step: z.coerce.number(),
    evidence: z.coerce.number(),
  }),
});
