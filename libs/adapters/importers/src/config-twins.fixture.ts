import { text } from './twin-file.fixture.ts';
import type { NearTwins } from './twin-file.fixture.ts';

const nanotronRun = (n: number, seed: number) =>
  text(
    'config.yaml',
    'data_stages:',
    `- {name: all, start_training_step: ${n}, data: {dataset: {dataset_folder: /d/web}, seed: 6}}`,
    `general: {run: small, seed: ${seed}}`,
    'model: {model_config: {hidden_size: 8}}',
    'tokens: {train_steps: 9}',
  );

const neoxRun = (n: number, more: string) =>
  text(
    'neox.yml',
    `{"num-layers": 2, "hidden-size": 8, "train_batch_size": 4, "seq-length": 8, "data-path": "/d/${n}", ${more}}`,
  );

const nemoRun = (n: number, seed: number) =>
  text(
    'gpt.yaml',
    'trainer: {max_steps: 5}',
    `model: {micro_batch_size: 1, seed: ${seed}, data: {data_prefix: [1, /d/${n}], seq_length: 8}}`,
  );

const bridgeRun = (n: number, target: string) =>
  text(
    'pretrain.yaml',
    `run: {data: "blend-${n}:v1"}`,
    `recipe: {_target_: megatron.bridge.recipes.${target}, per_split_data_args_path: "\${art:data,path}/blend.json"}`,
  );

const linguaRun = (n: number, weight: number) =>
  text(
    'llama.yaml',
    'name: llama',
    `steps: ${n}`,
    'model: {dim: 8}',
    `data: {root_dir: /d, sources: {web: ${weight}, code: 1}}`,
  );

const foundryRun = (n: number, seed: number) =>
  text(
    'mpt-run.yaml',
    'model: {name: mpt_causal_lm}',
    'max_duration: 10ba',
    `seed: ${seed}`,
    `train_loader: {dataset: {remote: "s3://b/${n}", split: train}}`,
  );

/** Whole configurations, which are planned runs. */
export const configTwins: readonly NearTwins[] = [
  {
    kind: 'nanotron',
    file: (n) => nanotronRun(n, 8),
    others: { 'the seed': (n) => nanotronRun(n, 9), 'the first step': (n) => nanotronRun(n + 1, 8) },
  },
  {
    kind: 'megatron-data',
    file: (n) => neoxRun(n, '"seed": 1'),
    others: {
      'the seed': (n) => neoxRun(n, '"seed": 2'),
      'the data': (n) => neoxRun(n + 1, '"seed": 1'),
    },
  },
  {
    kind: 'megatron-data',
    file: (n) => nemoRun(n, 1),
    others: { 'the seed': (n) => nemoRun(n, 2), 'the data': (n) => nemoRun(n + 1, 1) },
  },
  {
    kind: 'megatron-data',
    file: (n) => bridgeRun(n, 'qwen.qwen3_8b'),
    others: {
      'the recipe': (n) => bridgeRun(n, 'qwen.qwen3_4b'),
      'the data': (n) => bridgeRun(n + 1, 'qwen.qwen3_8b'),
    },
  },
  {
    kind: 'lingua',
    file: (n) => linguaRun(n, 3),
    others: { 'a weight': (n) => linguaRun(n, 2) },
  },
  {
    kind: 'mosaic-streams',
    file: (n) => foundryRun(n, 1),
    others: { 'the seed': (n) => foundryRun(n, 2), 'the data': (n) => foundryRun(n + 1, 1) },
  },
];
