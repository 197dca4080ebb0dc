import { describe, expect, it } from 'vitest';
import { codesOf, factsOf, importOf } from '../import.fixture.ts';
import { folderOf, importers, recognise } from '../index.ts';
import { nanotron } from './nanotron.ts';

const stage = (name: string, from: number, weights: string, seed = 6) =>
  `- name: ${name}
  start_training_step: ${from}
  data:
    dataset:
      dataset_folder: [/d/web, /d/code]
      dataset_weights: ${weights}
    seed: ${seed}
`;
const STAGES = stage('stable', 1, '[0.75, 0.25]') + stage('decay', 901, '[0.5, 0.5]');

/** A configuration in the form of nanotron. */
const configOf = (stages = STAGES) => `checkpoints:
  checkpoints_path: checkpoints
  resume_checkpoint_path: null
data_stages:
${stages}general:
  project: small
  run: small-135m
  seed: 8
model:
  model_config:
    hidden_size: 576
parallelism: {dp: 64, tp: 1, pp: 1}
tokenizer:
  tokenizer_name_or_path: org/tokenizer
tokens:
  batch_accumulation_per_replica: 2
  micro_batch_size: 8
  sequence_length: 2048
  train_steps: 1_000
`;

const imported = (text: string) => importOf(nanotron, { 'config.yaml': text });
const planOf = async (text: string) => factsOf(await imported(text), 'training.run.planned');

describe('a configuration of nanotron', () => {
  it('is a planned run with its mixture, seeds, tokenizer and budget, and no run that started', async () => {
    const read = await imported(configOf());
    const [mixture] = factsOf(read, 'mixture.plan.decided');
    expect(mixture?.phases.map(({ fromStep }) => fromStep)).toEqual([1, 901]);
    expect(factsOf(read, 'training.run.planned')).toMatchObject([
      {
        runId: expect.stringMatching(/^urn:nanotron:run:small-135m@[0-9a-f]{12}$/),
        name: 'small-135m',
        mixtureId: mixture?.mixtureId,
        model: { name: 'small-135m' },
        tokenizer: 'org/tokenizer',
        seeds: { init: 8, dataOrder: 6 },
        tokenBudget: 1000 * 8 * 2 * 64 * 2048,
        config: { model: { model_config: { hidden_size: 576 } } },
      },
    ]);
    expect(read.events.map(({ type }) => type).toSorted()).toEqual([
      'mixture.plan.decided',
      'training.run.planned',
    ]);
  });

  it('is one beside others that repeat its stages, each with the mixture that it has alone', async () => {
    const files = {
      'stage1.yaml': configOf(stage('stable', 1, '[0.75, 0.25]')),
      'stage2.yaml': configOf(),
    };
    const together = await importOf(nanotron, files);
    const alone = await Promise.all(
      Object.entries(files).map(async ([path, text]) => (await importOf(nanotron, { [path]: text })).events),
    );
    expect(together.events).toEqual(alone.flat());
    expect(new Set(factsOf(together, 'training.run.planned').map(({ mixtureId }) => mixtureId)).size).toBe(2);
  });

  it('continues the checkpoint that it names', async () => {
    const resumed = configOf().replace(
      'resume_checkpoint_path: null',
      'resume_checkpoint_path: s3://c/small/500',
    );
    expect(await planOf(resumed)).toMatchObject([{ parentCheckpointId: 's3://c/small/500' }]);
    expect((await planOf(configOf()))[0]).not.toHaveProperty('parentCheckpointId');
  });

  it('says no seed that it does not state, nor one that its stages do not share', async () => {
    expect(await planOf(configOf().replace(/ +seed: .*\n/g, ''))).toMatchObject([{ seeds: {} }]);
    const other = stage('stable', 1, '[0.75, 0.25]') + stage('decay', 901, '[0.5, 0.5]', 7);
    expect((await planOf(configOf(other)))[0]?.seeds).toEqual({ init: 8 });
  });

  it.each([
    ['the number of replicas', configOf().replace('dp: 64, ', '')],
    ['the steps as a number', configOf().replace('1_000', 'many')],
    [
      'one length of sequences',
      configOf().replace('- name: decay', '- name: decay\n  sequence_length: 8192'),
    ],
  ])('has no budget without %s, and says so', async (_what, text) => {
    const read = await imported(text);
    expect(factsOf(read, 'training.run.planned').map(({ tokenBudget }) => tokenBudget)).toEqual([undefined]);
    expect(codesOf(read)).toContain('tokens_unknown');
  });

  it('follows no mixture of which a stage could not be read', async () => {
    const read = await imported(configOf().replace('[0.75, 0.25]', '[0.75]'));
    expect(read.rejected).toHaveLength(1);
    const [plan] = factsOf(read, 'training.run.planned');
    expect(plan).toBeDefined();
    expect(plan).not.toHaveProperty('mixtureId');
  });

  it.each([
    ['a member that is to be filled in', configOf().replace('hidden_size: 576', 'hidden_size: ???')],
    ['a path that only means one', configOf().replaceAll('/d/web', '/path/to/web')],
  ])('is a template and no fact with %s', async (_what, text) => {
    const read = await imported(text);
    expect(read.events).toEqual([]);
    expect(codesOf(read)).toContain('template_left_out');
  });

  it.each([
    ['stages alone', 'stages.yaml', `data_stages:\n${STAGES}`],
    ['one without a model', 'part.yaml', configOf().replace('model:', 'estimator:')],
    ['one without steps', 'part.yaml', configOf().replace(/ +train_steps.*\n/, '')],
    ['a program', 'train.py', configOf()],
  ])('is not what %s is', async (_what, path, text) => {
    const { sources } = await recognise(importers, folderOf('configs', { [path]: text }));
    const read = await Promise.all(sources.map(({ importer, folder }) => importer.read(folder, {})));
    expect(read.flatMap((one) => factsOf(one, 'training.run.planned'))).toEqual([]);
  });
});
