import type { MeasuredSlices } from '@tributary/attribution-jobs';
import { keptQuestion } from '@tributary/attribution';
import { z } from 'zod';
import type { MeasuredSlices as SlicesInput } from '../generated/schema.ts';

/** Slices of an attribute as they are asked for; undefined where a question is about recorded ones. */
export const slicesOf = (by: SlicesInput | null | undefined): MeasuredSlices | undefined =>
  by
    ? { attribute: by.attribute, ...(typeof by.atLeast === 'number' && { atLeast: by.atLeast }) }
    : undefined;

/** A kept question; one about recorded slices has no `by`, and has the id that it always had. */
export const askedQuestion = keptQuestion.extend({
  by: z.object({ attribute: z.string(), atLeast: z.number().optional() }).optional(),
});
