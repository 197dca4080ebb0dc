import { fact } from './graphql-server.fixture.ts';
import type { SentEvent } from './graphql-server.fixture.ts';

/** Arms with their realised shares and the scores of three seeds, which are 0.1 apart around a known mean. */
const ARMS = {
  full: { shares: { code: 25, 'math/plain': 25, text: 50 }, mean: 4.1 },
  wo_code: { shares: { 'math/plain': 25, text: 50 }, mean: 4.7 },
  wo_math: { shares: { code: 25, text: 50 }, mean: 4.1 },
  wo_text: { shares: { code: 25, 'math/plain': 25 }, mean: 3.8 },
};
const SEEDS = [1, 2, 3];

/**
 * An ablation experiment of three seeds an arm, with the exposure and the score of each run. With shards, each slice is the
 * shard `shard/<slice>`.
 */
export function ablation(experimentId: string, randomisation: object, withShards = false): SentEvent[] {
  const arms = Object.keys(ARMS).map((arm) => ({ arm, mixtureId: `${experimentId}-${arm}`, role: 'train' }));
  const assigned = fact('mixture.experiment.assigned', {
    experimentId,
    design: 'controlled_ablation',
    ...randomisation,
    control: 'full',
    arms,
  });
  const runs = Object.entries(ARMS).flatMap(([arm, { shares, mean }]) =>
    SEEDS.flatMap((seed) => aRun({ experimentId, arm, seed, withShards }, shares, mean)),
  );
  return [assigned, ...runs];
}

/** What decides of a training, as its configuration says it. */
const CONFIG = {
  width: 8,
  optimizer: 'AdamW',
  lr: 0.01,
  schedule: 'cosine',
  batch_size: 8,
  precision: 'float32',
  steps: 100,
  init_from: 'scratch',
};

type RunName = {
  readonly experimentId: string;
  readonly arm: string;
  readonly seed: number;
  readonly withShards: boolean;
};

function aRun({ experimentId, arm, seed, withShards }: RunName, shares: object, mean: number): SentEvent[] {
  const runId = `${experimentId}-${arm}-s${seed}`;
  const total = Object.values(shares).reduce((sum, share) => sum + Number(share), 0);
  const amounts = Object.entries(shares).map(([slice, share]) => ({
    slice,
    ...(withShards && { shardId: `shard/${slice}` }),
    amount: (Number(share) / total) * 12_000,
  }));
  const value = mean + 0.1 * (seed - 2);
  return [
    fact('training.run.started', {
      runId,
      attempt: 1,
      experimentId,
      arm,
      mixtureId: `${experimentId}-${arm}`,
      model: { name: 'lm', parameters: 1000, architecture: 'decoder' },
      tokenizer: 'byte',
      hardware: 'CPU',
      code: { revision: '1' },
      snapshotId: 'corpus@1',
      config: CONFIG,
      seeds: { init: seed, dataOrder: seed },
    }),
    fact('training.exposure.recorded', {
      runId,
      attempt: 1,
      firstStep: 1,
      lastStep: 100,
      unit: 'token',
      method: 'measured',
      amounts,
    }),
    fact('evaluation.score.recorded', {
      runId,
      step: 100,
      capability: 'reasoning',
      benchmark: 'held-out',
      metric: 'bits',
      harness: { name: 'lab', version: '1' },
      value,
      unit: 'bits',
      higherIsBetter: false,
      method: 'measured',
    }),
    fact('training.run.ended', { runId, attempt: 1, status: 'completed', lastStep: 100 }),
  ];
}
