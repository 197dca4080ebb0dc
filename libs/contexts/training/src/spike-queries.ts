import { query } from '@tributary/kernel';
import { z } from 'zod';
import { counted, segments, whole } from './queries.ts';

/** Rows of null are of a loss that is not finite. */
export const lossSpikes = query(import.meta.url, 'loss-spikes', {
  params: z.object({
    ...segments,
    at_least: z.int().min(1),
    threshold: z.number().positive(),
    first: z.int().min(1),
    as_of: z.array(z.number()),
  }),
  row: z.object({
    step: z.coerce.number(),
    loss: z.number().nullable(),
    usual: z.number().nullable(),
    spreads: z.number().nullable(),
  }),
});

export const consumedBefore = query(import.meta.url, 'consumed-before', {
  params: z.object({
    ...counted,
    step: z.number(),
    ranges: z.int().min(1),
    as_of: z.array(z.number()),
  }),
  row: z.object({
    first_step: z.coerce.number(),
    last_step: z.coerce.number(),
    slice_name: z.string(),
    domain_name: z.string(),
    shard: z.string(),
    unit: z.string(),
    whole,
  }),
});
