import type { Fact, Projection, Stamp } from '@tributary/contracts';
import { canonicalJson } from '@tributary/kernel';
import type { Row, TableRows } from '@tributary/kernel';
import { comparabilityDigest } from './comparability.ts';
import { stepRows } from './steps.ts';

export const trainingProjection: Projection = {
  context: 'training',
  tables: [
    'training_run',
    'training_run_end',
    'training_step',
    'training_step_per_64',
    'training_step_per_4096',
    'training_run_latest',
    'training_exposure',
    'training_checkpoint',
  ],
  project(fact: Fact, stamp: Stamp): TableRows {
    switch (fact.type) {
      case 'training.run.started':
        return { training_run: [started(fact, stamp)] };
      case 'training.steps.recorded':
        return { training_step: stepRows(fact.data, stamp._position) };
      case 'training.exposure.recorded':
        return { training_exposure: exposure(fact.data, stamp) };
      case 'training.checkpoint.saved':
        return { training_checkpoint: [checkpoint(fact.data, stamp)] };
      case 'training.run.ended':
        return { training_run_end: [ended(fact.data, stamp)] };
      default:
        return {};
    }
  },
};

function started({ data, time }: Fact<'training.run.started'>, stamp: Stamp): Row {
  return {
    ...stamp,
    run_id: data.runId,
    attempt: data.attempt,
    experiment_id: data.experimentId ?? '',
    arm: data.arm ?? '',
    mixture_id: data.mixtureId ?? '',
    model: data.model.name,
    parameters: data.model.parameters ?? null,
    tokenizer: data.tokenizer ?? '',
    config: canonicalJson(data.config),
    config_digest: comparabilityDigest(data.config),
    seed_init: data.seeds.init ?? null,
    seed_data_order: data.seeds.dataOrder ?? null,
    token_budget: data.tokenBudget ?? null,
    parent_checkpoint_id: data.parentCheckpointId ?? '',
    started_at: time === undefined ? stamp.recorded_at : Date.parse(time) * 1000,
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

/** A byte-level tokenizer makes a token of every byte. */
const isByteLevel = ({ unit, tokenizer }: Fact<'training.exposure.recorded'>['data']): boolean =>
  unit === 'byte' && (tokenizer === 'byte' || tokenizer === 'bytes');

function checkpoint(data: Fact<'training.checkpoint.saved'>['data'], stamp: Stamp): Row {
  return {
    ...stamp,
    run_id: data.runId,
    attempt: data.attempt,
    checkpoint_id: data.checkpointId,
    step: data.step,
    tokens: data.tokens,
    uri: data.uri ?? '',
    sha256: data.digest ?? '',
    bytes: data.bytes ?? 0,
  };
}

function ended(data: Fact<'training.run.ended'>['data'], stamp: Stamp): Row {
  return {
    ...stamp,
    run_id: data.runId,
    attempt: data.attempt,
    status: data.status,
    last_step: data.lastStep,
    reason: data.reason ?? '',
  };
}
