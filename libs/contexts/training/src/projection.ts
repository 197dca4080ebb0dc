import type { Fact, Projection, Stamp } from '@tributary/contracts';
import { canonicalJson } from '@tributary/json';
import type { Row, TableRows } from '@tributary/kernel';
import { begunOf, startOf } from './begun.ts';
import { comparabilityDigest } from './comparability.ts';
import { differingExposureSums, differingStepExtents, differingStepRollups } from './queries.ts';
import { nonfiniteRows, stepRows } from './steps.ts';

export const trainingProjection: Projection = {
  context: 'training',
  version: 2,
  tables: [
    'training_run',
    'training_run_setting',
    'training_run_end',
    'training_step',
    'training_step_per_64',
    'training_step_per_4096',
    'training_run_latest',
    'training_step_extent',
    'training_exposure',
    'training_exposure_range',
    'training_exposure_range_per_64',
    'training_exposure_sum',
    'training_checkpoint',
    'training_skipped_step',
    'training_nonfinite_step',
    'training_order',
  ],
  rollups: [differingStepRollups, differingStepExtents, differingExposureSums],
  project(fact: Fact, stamp: Stamp): TableRows {
    switch (fact.type) {
      case 'training.run.started':
      case 'training.run.planned':
        return {
          training_run: [beginning(fact, stamp)],
          training_run_setting: [setting(fact.data, stamp)],
        };
      case 'training.steps.recorded':
        return {
          training_step: stepRows(fact.data, stamp._position),
          training_nonfinite_step: nonfiniteRows(fact.data, stamp._position),
        };
      case 'training.steps.skipped':
        return { training_skipped_step: skipped(fact.data, stamp) };
      case 'training.exposure.recorded':
        return {
          training_exposure: exposure(fact.data, stamp),
          training_exposure_range: [range(fact.data, stamp)],
        };
      case 'training.order.recorded':
        return { training_order: [order(fact.data, stamp)] };
      case 'training.checkpoint.saved':
        return { training_checkpoint: [checkpoint(fact.data, stamp)] };
      case 'training.run.ended':
        return { training_run_end: [ended(fact.data, stamp)] };
      default:
        return {};
    }
  },
};

type Beginning = Fact<'training.run.started'> | Fact<'training.run.planned'>;

/** A start of a run, or its plan, which is attempt 0. */
function beginning(fact: Beginning, stamp: Stamp): Row {
  const { data } = fact;
  return {
    ...stamp,
    ...design(data),
    ...descent(data),
    run_id: data.runId,
    attempt: attemptOf(data),
    name: data.name ?? '',
    uri: data.uri ?? '',
    model: data.model.name,
    parameters: data.model.parameters ?? null,
    tokenizer: data.tokenizer ?? '',
    config: canonicalJson(data.config),
    config_digest: comparabilityDigest(data.config),
    redacted: data.redacted === true ? 1 : 0,
    started_at: startOf(fact, stamp) ?? 0,
    begun: begunOf(fact),
  };
}

type Planned = Beginning['data'];

const attemptOf = (data: Planned): number => ('attempt' in data ? data.attempt : 0);

/** What the attempt was trained with, besides the columns of its run. */
const setting = (data: Planned, stamp: Stamp): Row => ({
  ...stamp,
  run_id: data.runId,
  attempt: attemptOf(data),
  architecture: data.model.architecture ?? '',
  hardware: data.hardware ?? '',
  code_repository: data.code?.repository ?? '',
  code_revision: data.code?.revision ?? '',
  code_digest: data.code?.digest ?? '',
});

/** Columns of the experimental design. */
const design = (data: Planned): Row => ({
  project_id: data.projectId ?? '',
  experiment_id: 'experimentId' in data ? (data.experimentId ?? '') : '',
  arm: 'arm' in data ? (data.arm ?? '') : '',
  mixture_id: data.mixtureId ?? '',
  snapshot_id: data.snapshotId ?? '',
  seed_init: data.seeds.init ?? null,
  seed_data_order: data.seeds.dataOrder ?? null,
  token_budget: data.tokenBudget ?? null,
});

/** Columns of what the run continues. */
function descent(data: Planned): Row {
  const { resumedFrom, forkedFrom }: Partial<Fact<'training.run.started'>['data']> = data;
  return {
    parent_checkpoint_id: data.parentCheckpointId ?? '',
    resumed_attempt: resumedFrom?.attempt ?? null,
    resumed_step: resumedFrom?.step ?? null,
    forked_run_id: forkedFrom?.runId ?? '',
    forked_step: forkedFrom?.step ?? null,
  };
}

function exposure(data: Fact<'training.exposure.recorded'>['data'], stamp: Stamp): Row[] {
  return data.amounts.map(({ slice, shardId, amount }) => ({
    ...stamp,
    run_id: data.runId,
    attempt: data.attempt,
    first_step: data.firstStep,
    last_step: data.lastStep,
    slice,
    domain: slice.split('/', 1)[0] ?? slice,
    shard_id: shardId ?? '',
    amount,
    unit: isByteLevel(data) ? 'token' : data.unit,
    method: data.method,
  }));
}

const range = (
  { runId, attempt, firstStep, lastStep }: Fact<'training.exposure.recorded'>['data'],
  { _position }: Stamp,
): Row => ({ _position, run_id: runId, attempt, first_step: firstStep, last_step: lastStep });

const order = (data: Fact<'training.order.recorded'>['data'], stamp: Stamp): Row => ({
  ...stamp,
  run_id: data.runId,
  attempt: data.attempt,
  first_step: data.firstStep,
  last_step: data.lastStep,
  method: data.method,
  encoding: Object.keys(data.order)[0] ?? '',
  recorded_order: canonicalJson(data.order),
});

/** With a byte-level tokenizer each byte is a token. */
const isByteLevel = ({ unit, tokenizer }: Fact<'training.exposure.recorded'>['data']): boolean =>
  unit === 'byte' && (tokenizer === 'byte' || tokenizer === 'bytes');

function checkpoint(data: Fact<'training.checkpoint.saved'>['data'], stamp: Stamp): Row {
  return {
    ...stamp,
    run_id: data.runId,
    attempt: data.attempt,
    checkpoint_id: data.checkpointId,
    step: data.step,
    tokens: data.tokens ?? null,
    tokens_method: data.tokensMethod ?? '',
    uri: data.uri ?? '',
    sha256: data.digest ?? '',
    bytes: data.bytes ?? null,
    stage: data.stage ?? '',
    parents: data.parents ?? [],
  };
}

function ended(data: Fact<'training.run.ended'>['data'], stamp: Stamp): Row {
  return {
    ...stamp,
    run_id: data.runId,
    attempt: data.attempt,
    status: data.status,
    last_step: data.lastStep ?? null,
    tokens: data.tokens ?? null,
    reason: data.reason ?? '',
  };
}

function skipped(data: Fact<'training.steps.skipped'>['data'], stamp: Stamp): Row[] {
  const { runId: run_id, attempt, reason } = data;
  return data.steps.map((step) => ({ ...stamp, run_id, attempt, step, reason }));
}
