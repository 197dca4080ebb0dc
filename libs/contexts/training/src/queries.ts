import { query } from '@tributary/kernel';
import { z } from 'zod';

/** Of an attempt. It is unknown where its end is not recorded, and no client reported its start. */
const status = z.enum(['running', 'completed', 'failed', 'stopped', 'unknown']);

/** Segments as three parallel arrays; `ends` are exclusive. */
export const segments = {
  run_ids: z.array(z.string()),
  attempts: z.array(z.number()),
  ends: z.array(z.number()),
};

/** Segments, and which recorded amounts of them are read: `CountedHistory`. */
export const counted = {
  ...segments,
  open_segments: z.array(z.number()),
  open_buckets: z.array(z.number()),
};

const page = {
  run_id: z.string().nullable(),
  /** Only these runs; all of them where empty. */
  run_ids: z.array(z.string()),
  /** What ids begin with; empty for all. */
  prefix: z.string(),
  after: z.string(),
  first: z
    .int()
    .min(1)
    .max(2 ** 32 - 1),
  as_of: z.array(z.number()),
};

/** What is recorded of a run by the newest attempt, and the positions of that. */
const mentioned = {
  run_id: z.string(),
  /** The newest attempt; 0 where none is recorded. */
  newest: z.number(),
  positions: z.array(z.coerce.number()),
  mentions: z.coerce.number(),
};

export const startedRuns = query(import.meta.url, 'started-runs', {
  params: z.object({ ...page, experiment_id: z.string().nullable() }),
  row: z.object({
    ...mentioned,
    /** Empty in tables of an earlier version, where it is what a client reported. */
    begun: z.enum(['running', 'unknown', 'planned', '']),
    experiment_id: z.string(),
    arm: z.string(),
    mixture_id: z.string(),
    model: z.string(),
    parameters: z.coerce.number().nullable(),
    seed: z.coerce.number().nullable(),
  }),
});

/** `positions` has the first 1,000. */
export const unstartedRuns = query(import.meta.url, 'unstarted-runs', {
  /** `start_from`: the lowest attempt that is a start; 1, or 0 for runs that have no plan either. */
  params: z.object({ ...page, start_from: z.literal([0, 1]) }),
  row: z.object({ ...mentioned, has_begun: z.coerce.boolean() }),
});

export const runProgress = query(import.meta.url, 'run-progress', {
  params: z.object({ listed: z.array(z.string()), ...segments, as_of: z.array(z.number()) }),
  row: z.object({
    run_id: z.string(),
    attempt: z.number(),
    /** How the attempt ended; null where its end is not recorded. */
    status: z.enum(['completed', 'failed', 'stopped']).nullable(),
    last_step: z.coerce.number().nullable(),
    /** Of the steps that count. */
    tokens: z.coerce.number().nullable(),
    last_loss: z.number().nullable(),
    evidence: z.array(z.coerce.number()),
  }),
});

const known = z.coerce.number().nullable();

/** What runs were trained with. Empty text and null are what is not recorded. */
export const runSettings = query(import.meta.url, 'run-settings', {
  params: z.object({ run_ids: z.array(z.string()), as_of: z.array(z.number()) }),
  row: z.object({
    run_id: z.string(),
    model: z.string(),
    parameters: known,
    architecture: z.string(),
    tokenizer: z.string(),
    hardware: z.string(),
    code_repository: z.string(),
    code_revision: z.string(),
    code_digest: z.string(),
    snapshot_id: z.string(),
    parent_checkpoint_id: z.string(),
    forked_run_id: z.string(),
    forked_step: known,
    token_budget: known,
    /** Canonical JSON. */
    config: z.string(),
    seed_init: known,
    seed_data_order: known,
    designs: z.coerce.number(),
    attempts: z.coerce.number(),
    ended_tokens: known,
  }),
});

/** The start of a run, or of one attempt of it, that was recorded last. Empty text and null are what is not recorded. */
export const recordedStart = query(import.meta.url, 'recorded-start', {
  params: z.object({ run_id: z.string(), attempt: z.int().nullable(), as_of: z.array(z.number()) }),
  row: z.object({
    attempt: z.number(),
    position: z.coerce.number(),
    /** Canonical JSON. */
    config: z.string(),
    model: z.string(),
    parameters: known,
    architecture: z.string(),
    tokenizer: z.string(),
    seed_init: known,
    seed_data_order: known,
    token_budget: known,
    hardware: z.string(),
    code_repository: z.string(),
    code_revision: z.string(),
    code_digest: z.string(),
    uri: z.string(),
  }),
});

/** Those of the runs whose start is recorded. */
export const runsWithStart = query(import.meta.url, 'runs-with-start', {
  params: z.object({ run_ids: z.array(z.string()), as_of: z.array(z.number()) }),
  row: z.object({ run_id: z.string() }),
});

/** Attempts with what they declare, also those that were only recorded later. */
export const attempts = query(import.meta.url, 'attempts', {
  params: z.object({ run_ids: z.array(z.string()), as_of: z.array(z.number()) }),
  row: z.object({
    run_id: z.string(),
    attempt: z.number(),
    resumed_attempt: z.number().nullable(),
    resumed_step: z.coerce.number().nullable(),
    forked_run_id: z.string(),
    forked_step: z.coerce.number().nullable(),
    parent_checkpoint_id: z.string(),
    /** At least as many as count. */
    exposures: z.coerce.number(),
    /** Whether a checkpoint, an end or a skip names it. */
    is_named: z.boolean(),
    /** Microseconds since 1970. */
    recorded: z.coerce.number().nullable(),
  }),
});

/** An amount in units of 2^-60: `amountOf`. */
export const whole = z.coerce.bigint();

/** A checkpoint, with those that it was merged from. */
export const savedCheckpoint = query(import.meta.url, 'saved-checkpoint', {
  params: z.object({
    checkpoint_id: z.string(),
    run_id: z.string().nullable(),
    as_of: z.array(z.number()),
  }),
  row: z.object({
    run_id: z.string(),
    attempt: z.number(),
    step: z.coerce.number(),
    parents: z.array(z.string()),
    evidence: z.coerce.number(),
    saved_by_runs: z.coerce.number(),
  }),
});

export const realisedShares = query(import.meta.url, 'realised-shares', {
  params: z.object({ ...counted, as_of: z.array(z.number()) }),
  row: z.object({
    run_id: z.string(),
    slice: z.string(),
    amount: z.number(),
    unit: z.string(),
    methods: z.string(),
    /** Whether every exposure names its shard. */
    names_shards: z.coerce.boolean(),
    evidence: z.array(z.coerce.number()),
  }),
});

/** The facts behind the skipped steps of runs. */
export const skipsOfRuns = query(import.meta.url, 'skips-of-runs', {
  params: z.object({ run_ids: z.array(z.string()), as_of: z.array(z.number()) }),
  row: z.object({ run_id: z.string(), evidence: z.array(z.coerce.number()) }),
});

/** Of runs with several units, those that tokens alone do not count as a whole. */
export const notInTokens = query(import.meta.url, 'not-in-tokens', {
  params: z.object({ ...counted, as_of: z.array(z.number()) }),
  row: z.object({ run_id: z.string() }),
});

const step = z.int().min(0);

/** The first and the last step that are read. */
export const between = { from_step: step, to_step: step };

/** All of them. */
export const EVERY_STEP = { from_step: 0, to_step: Number.MAX_SAFE_INTEGER };

export const curvePoint = z.object({
  step: z.coerce.number(),
  value_count: z.coerce.number(),
  mean: z.number().nullable(),
  lowest: z.number().nullable(),
  highest: z.number().nullable(),
});

export const bucketSteps = z.union([z.literal(64), z.literal(4096)]);

export const curve = query(import.meta.url, 'curve', {
  params: z.object({
    ...segments,
    metric: z.enum(['loss', 'learningRate', 'gradNorm']),
    ...between,
    bucket_steps: bucketSteps,
    as_of: z.array(z.number()),
  }),
  row: curvePoint,
});

/** The facts behind the steps of a run that count, between two. */
export const stepEvidence = query(import.meta.url, 'step-evidence', {
  params: z.object({
    ...segments,
    ...between,
    first: z.int().min(1).max(100_000),
    as_of: z.array(z.number()),
  }),
  row: z.object({ evidence: z.array(z.coerce.number()), evidence_total: z.coerce.number() }),
});

/** The records of each attempt of a run, and their anomalies. */
export const attemptReport = query(import.meta.url, 'attempt-report', {
  params: z.object({
    run_id: z.string(),
    attempts: z.array(z.number()),
    ends: z.array(z.number()),
    as_of: z.array(z.number()),
  }),
  row: z.object({
    attempt: z.number(),
    started: z.coerce.boolean(),
    status,
    first_step: z.coerce.number().nullable(),
    last_step: z.coerce.number().nullable(),
    steps: z.coerce.number(),
    repeated: z.coerce.number(),
    conflicting: z.coerce.number(),
    late: z.coerce.number(),
    superseded: z.coerce.number(),
    interval: z.coerce.number().nullable(),
    missing: z.coerce.number(),
    skipped: z.coerce.number(),
    nonfinite: z.coerce.number(),
    evidence: z.array(z.coerce.number()),
  }),
});

export const stepGaps = query(import.meta.url, 'step-gaps', {
  params: z.object({ run_id: z.string(), first: z.int().min(1).max(100_000), as_of: z.array(z.number()) }),
  row: z.object({
    attempt: z.number(),
    from_step: z.coerce.number(),
    to_step: z.coerce.number(),
    missing: z.coerce.number(),
  }),
});

export const corrections = query(import.meta.url, 'corrections', {
  params: z.object({ stream: z.string(), first: z.int().min(1).max(100_000), as_of: z.array(z.number()) }),
  row: z.object({
    corrected_position: z.coerce.number(),
    position: z.coerce.number(),
    type: z.string(),
    reason: z.string(),
    actor: z.string(),
  }),
});

/** Which event each of the events at the positions corrects, of those that correct one. */
export const correctedAt = query(import.meta.url, 'corrected-at', {
  params: z.object({ positions: z.array(z.number()), as_of: z.array(z.number()) }),
  row: z.object({ position: z.coerce.number(), corrected_position: z.coerce.number() }),
});

/** Runs that consumed a shard, or were started on a snapshot that contains it. */
export const runsOfShard = query(import.meta.url, 'runs-of-shard', {
  params: z.object({
    shard_ids: z.array(z.string()),
    snapshot_ids: z.array(z.string()),
    /** Runs that are listed too. */
    given_runs: z.array(z.string()),
    after: z.string(),
    first: z.int().min(1).max(100_000),
    as_of: z.array(z.number()),
  }),
  row: z.object({
    run_id: z.string(),
    consumed: z.coerce.boolean(),
    snapshot_ids: z.array(z.string()),
    evidence: z.array(z.coerce.number()),
    evidence_total: z.coerce.number(),
  }),
});

export const shardExposure = query(import.meta.url, 'shard-exposure', {
  params: z.object({
    shard_ids: z.array(z.string()),
    ...counted,
    as_of: z.array(z.number()),
  }),
  row: z.object({
    run_id: z.string(),
    unit: z.string(),
    whole,
    methods: z.string(),
    first_step: z.coerce.number(),
    last_step: z.coerce.number(),
    evidence: z.array(z.coerce.number()),
    evidence_total: z.coerce.number(),
  }),
});

/** What runs consumed of shards (`shard` is set) and of slices without naming a shard, in the steps that count. */
export const consumed = query(import.meta.url, 'consumed', {
  params: z.object({
    ...counted,
    shard_ids: z.array(z.string()),
    slices: z.array(z.string()),
    as_of: z.array(z.number()),
  }),
  row: z.object({
    run_id: z.string(),
    slice_name: z.string(),
    shard: z.string(),
    unit: z.string(),
    whole,
    methods: z.string(),
    first_step: z.coerce.number(),
    last_step: z.coerce.number(),
  }),
});

/** What a run consumed in all and of some shards, by range of steps. */
export const consumedOfShards = query(import.meta.url, 'consumed-of-shards', {
  params: z.object({ ...counted, shard_ids: z.array(z.string()), as_of: z.array(z.number()) }),
  row: z.object({
    unit: z.string(),
    first_step: z.coerce.number(),
    last_step: z.coerce.number(),
    whole,
    of_shards: whole,
  }),
});

/** Of the starts of runs at the positions, those on one of the snapshots. */
export const startsOnSnapshots = query(import.meta.url, 'starts-on-snapshots', {
  params: z.object({ snapshot_ids: z.array(z.string()), positions: z.array(z.number()) }),
  row: z.object({ snapshot_id: z.string(), evidence: z.coerce.number() }),
});

/** Of the exposures at the positions, those to one of the shards. */
export const exposuresToShards = query(import.meta.url, 'exposures-to-shards', {
  params: z.object({ shard_ids: z.array(z.string()), positions: z.array(z.number()) }),
  row: z.object({ shard_id: z.string(), evidence: z.coerce.number() }),
});

const differing = {
  params: z.object({}),
  row: z.object({ table_name: z.string(), differing: z.coerce.number() }),
};

/** Attempts whose rollups of steps do not add up to their steps. */
export const differingStepRollups = query(import.meta.url, 'differing-step-rollups', differing);

/** Attempts whose extents of metrics do not add up to the columns of their steps. */
export const differingStepExtents = query(import.meta.url, 'differing-step-extents', differing);

/** Metrics whose extents do not add up to their points. */
export const differingMetricExtents = query(import.meta.url, 'differing-metric-extents', differing);

/** Runs whose sums of exposure do not add up to their recorded amounts. */
export const differingExposureSums = query(import.meta.url, 'differing-exposure-sums', differing);

/** Metrics whose latest point is another one than was recorded. */
export const differingMetricRollups = query(import.meta.url, 'differing-metric-rollups', differing);
