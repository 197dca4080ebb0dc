import { query } from '@tributary/kernel';
import { z } from 'zod';
import { counted, segments, whole } from './queries.ts';

/** Which sums are used, and what they are added up by. */
const summed = {
  ...counted,
  /** Buckets of segments from 1, of which sums are used; their lengths are in `summed_steps`. */
  summed_segments: z.array(z.number()),
  summed_steps: z.array(z.number()),
  summed_buckets: z.array(z.number()),
  by: z.enum(['domain', 'slice', 'shard']),
  as_of: z.array(z.number()),
};

const summedRow = {
  slice_name: z.string(),
  shard: z.string(),
  unit: z.string(),
  whole,
  methods: z.string(),
  /** The first row: the sum of all, with what is read of recorded amounts. */
  is_total: z.coerce.boolean(),
  facts: z.coerce.number(),
  /** Facts of which only some steps count. */
  prorated_facts: z.coerce.number(),
  last_step: z.coerce.number(),
  last_cut: z.coerce.number().nullable(),
  /** False where facts after the position went into a sum. */
  settled: z.coerce.boolean(),
};

export const exposure = query(import.meta.url, 'exposure', {
  /** The run; what others of the segments consumed is inherited. */
  params: z.object({ ...summed, run_id: z.string() }),
  row: z.object({ ...summedRow, whole_inherited: whole }),
});

export const exposureByRun = query(import.meta.url, 'exposure-by-run', {
  params: z.object(summed),
  row: z.object({ ...summedRow, run: z.string() }),
});

const buckets = z.array(z.coerce.number());

/** How what segments consumed is read: which sums are used, and which buckets of 64 steps have to be read. */
export const exposureBuckets = query(import.meta.url, 'exposure-buckets', {
  params: z.object({ ...segments, as_of: z.array(z.number()) }),
  row: z.object({
    run_id: z.string(),
    attempt: z.number(),
    per_262144: buckets,
    per_4096: buckets,
    per_64: buckets,
    open: buckets,
    /** Facts in the buckets of which sums are used. */
    facts: z.coerce.number(),
    last_step: z.coerce.number(),
  }),
});

/** How far it is recorded without a hole what runs consumed. */
export const recordedPrefix = query(import.meta.url, 'recorded-prefix', {
  params: z.object({
    ...segments,
    /** The last step that the runs are known to have had; 0 where that is what is recorded. */
    last_step: z.number(),
    as_of: z.array(z.number()),
  }),
  row: z.object({
    /** The last step before the first hole; 0 where step 1 is not recorded. */
    recorded_to: z.coerce.number(),
    /** Steps of which nothing is recorded, up to the last step. */
    missing: z.coerce.number(),
    /** Orders that do not name the shards of all that they say was read. */
    unnamed_orders: z.coerce.number(),
  }),
});

/** The first facts behind what one run consumed, in the order of the log. */
export const exposurePositions = query(import.meta.url, 'exposure-positions', {
  params: z.object({
    run_id: z.string(),
    attempts: z.array(z.number()),
    ends: z.array(z.number()),
    first: z.int().min(1).max(100_000),
    as_of: z.array(z.number()),
  }),
  row: z.object({ positions: z.array(z.coerce.number()) }),
});
