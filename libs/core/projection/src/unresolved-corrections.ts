import { query } from '@tributary/kernel';
import { z } from 'zod';

/** Corrections that stand and replace no event as of a position, in the order of the log. */
export const unresolvedCorrections = query(import.meta.url, 'unresolved-corrections', {
  params: z.object({ first: z.number(), as_of: z.array(z.number()) }),
  row: z.object({ position: z.coerce.number(), type: z.string(), stream: z.string() }),
});
