import { query } from '@tributary/kernel';
import { z } from 'zod';
import { segments } from './queries.ts';

const step = { run_id: z.string(), step: z.number(), as_of: z.array(z.number()) };

export const ordersOfStep = query(import.meta.url, 'orders-of-step', {
  params: z.object({ ...step, attempt: z.number() }),
  row: z.object({
    first_step: z.coerce.number(),
    last_step: z.coerce.number(),
    method: z.enum(['measured', 'reported', 'declared', 'inferred', 'sampled']),
    encoding: z.string(),
    /** The order of the fact as canonical JSON. */
    recorded_order: z.string(),
    evidence: z.coerce.number(),
  }),
});

export const recordedOfStep = query(import.meta.url, 'recorded-of-step', {
  params: z.object({ ...step, attempt: z.number() }),
  row: z.object({
    slice: z.string(),
    shard: z.string(),
    first_step: z.coerce.number(),
    last_step: z.coerce.number(),
    tokens: z.coerce.number(),
    /** Whether any of it was inferred and not counted. */
    inferred: z.coerce.boolean(),
    evidence: z.array(z.coerce.number()),
  }),
});

export const stepMentions = query(import.meta.url, 'step-mentions', {
  params: z.object(step),
  row: z.object({
    attempt: z.number(),
    ordered: z.coerce.boolean(),
    skipped: z.coerce.boolean(),
    /** Positions of the facts that say it was skipped. */
    evidence: z.array(z.coerce.number()),
  }),
});

/** The orders that `readByOrder` answers from. */
const orders = {
  ...segments,
  of_shards: z.enum(['named', 'all']),
  /** Those that are asked about, where they are named. */
  shard_ids: z.array(z.string()),
  as_of: z.array(z.number()),
};

/** Which shards orders say that runs read, in the steps that count. */
export const readByOrder = query(import.meta.url, 'read-by-order', {
  params: z.object(orders),
  row: z.object({
    run_id: z.string(),
    shard: z.string(),
    first_step: z.coerce.number(),
    last_step: z.coerce.number(),
    /** The first 1,000 positions of the orders. */
    evidence: z.array(z.coerce.number()),
    evidence_total: z.coerce.number(),
  }),
});

/** The first facts behind what `readByOrder` says of all its shards together. */
export const orderPositions = query(import.meta.url, 'order-positions', {
  params: z.object({ ...orders, first: z.int().min(1).max(100_000) }),
  row: z.object({ positions: z.array(z.coerce.number()), total: z.coerce.number() }),
});
