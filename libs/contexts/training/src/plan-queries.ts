import { query } from '@tributary/kernel';
import { z } from 'zod';

/** Which mixture each attempt was told to follow. Empty text is what is not recorded. */
export const followedMixtures = query(import.meta.url, 'followed-mixtures', {
  params: z.object({ run_ids: z.array(z.string()), as_of: z.array(z.number()) }),
  row: z.object({
    run_id: z.string(),
    attempt: z.number(),
    mixture_id: z.string(),
    experiment_id: z.string(),
    arm: z.string(),
    /** The position of the start. */
    evidence: z.coerce.number(),
  }),
});
