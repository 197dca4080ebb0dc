import { describe, expect, it } from 'vitest';
import { codesOf, factsOf, hasShared, importedBy, importOf, shared } from '../../import.fixture.ts';
import { folderOf, importers, recognise } from '../../index.ts';
import { megatronData } from '../megatron-data.ts';

/** A configuration in the form of gpt-neox, whose files are mappings of YAML with commas and comments. */
const neox = (more: string) => `{
  # parallelism
  "pipe-parallel-size": 2,
  "model-parallel-size": 4,
  "num-layers": 24,
  "hidden-size": 2048,
  "seq-length": 2048,
  "train_micro_batch_size_per_gpu": 16,
  "gas": 2,
  "train-iters": 1000,
  "tokenizer-type": "HFTokenizer",
  "vocab-file": "/d/tokenizer.json",
  "save": "/c/new",
${more}
}`;
const PATHS = '"train-data-paths": ["/d/web_text_document", "/d/code_text_document"],';
const WEIGHTED = `  ${PATHS}
  "train-data-weights": [3, 1],
  "valid-data-paths": ["/d/held_text_document"],`;

/** A configuration in the form of NeMo 1. */
const nemo = (prefix: string, more = '') => `run:
  name: gpt3_126m
  results_dir: \${base_results_dir}/\${.name}
trainer:
  max_steps: 600000
exp_manager:
  name: megatron_gpt
model:
  micro_batch_size: 4
  global_batch_size: 256
  encoder_seq_length: 2048
  resume_from_checkpoint: null
  seed: 1234
  tokenizer: {library: megatron, type: GPT2BPETokenizer, model: null}
  data:
    data_impl: mmap
    splits_string: 99990,8,2
    seq_length: 2048
    data_prefix: ${prefix}
${more}`;
const BLEND = '[.75, "${data_dir}/web_text_document", .25, "${data_dir}/code_text_document"]';

/** A configuration in the form of a recipe for Megatron Bridge. */
const bridge = (more = '') => `run:
  data: pretrain-data:latest
recipe:
  _target_: megatron.bridge.recipes.qwen.qwen3.qwen3_8b_pretrain_config
  seq_length: 4096
data:
  per_split_data_args_path: \${art:data,path}/blend.json
train:
  train_iters: 1700
  global_batch_size: 32
checkpoint:
  save: /out/two
  load: /out/one
${more}`;

const imported = (text: string, path = 'config.yml') => importOf(megatronData, { [path]: text });
const planIn = async (text: string) => factsOf(await imported(text), 'training.run.planned')[0];

describe('a configuration of gpt-neox', () => {
  it('is a planned run with its mixture, seed and tokenizer, and no run that started', async () => {
    const read = await imported(neox(`${WEIGHTED}\n  "seed": 7,\n  "wandb_run_name": "neox-a",`));
    const [mixture] = factsOf(read, 'mixture.plan.decided');
    expect(mixture?.phases[0]?.weights).toMatchObject([
      { slice: 'web', weight: 3 },
      { slice: 'code', weight: 1 },
    ]);
    expect(factsOf(read, 'training.run.planned')).toMatchObject([
      {
        runId: expect.stringMatching(/^urn:gpt-neox:run:neox-a@[0-9a-f]{12}$/),
        mixtureId: mixture?.mixtureId,
        seeds: { init: 7, dataOrder: 7 },
        tokenizer: '/d/tokenizer.json',
        config: { 'num-layers': 24 },
      },
    ]);
    expect(read.events).toHaveLength(2);
    expect(codesOf(read)).toEqual(expect.arrayContaining(['tokens_unknown', 'held_out_blend_left_out']));
  });

  it('has equal shares of paths without weights, as the program reads them', async () => {
    const [mixture] = factsOf(await imported(neox(PATHS)), 'mixture.plan.decided');
    expect(mixture?.phases[0]?.weights.map(({ weight }) => weight)).toEqual([1, 1]);
  });

  it.each([
    ['without weights', `  ${PATHS}`],
    ['with weights, which it does not read', WEIGHTED],
  ])('has no weights where the numbers of documents decide, %s', async (_what, data) => {
    const read = await imported(neox(`${data}\n  "weight_by_num_documents": true,`));
    expect(factsOf(read, 'mixture.plan.decided')).toEqual([]);
    const [snapshot] = factsOf(read, 'corpus.snapshot.registered');
    expect(snapshot?.sources?.map(({ ref }) => ref)).toEqual([
      '/d/web_text_document',
      '/d/code_text_document',
    ]);
    expect(factsOf(read, 'training.run.planned')).toMatchObject([{ snapshotId: snapshot?.snapshotId }]);
  });

  it.each([
    ['the size of a batch', '"train_batch_size": 1024,', 1000 * 1024 * 2048],
    ['the number of devices', '"global_num_gpus": 64,', 1000 * 16 * 2 * (64 / 8) * 2048],
    ['neither', '', undefined],
  ])('has a budget by %s', async (_what, more, tokens) => {
    expect((await planIn(neox(`${WEIGHTED}\n${more}`)))?.tokenBudget).toBe(tokens);
  });

  it.each([
    ['"load": "/c/old", "iteration": 500,', '/c/old/global_step500'],
    ['"load": "/c/old",', '/c/old'],
    ['"load": "/c/new",', undefined],
  ])('with %s continues %s', async (more, parent) => {
    expect((await planIn(neox(`${WEIGHTED}\n${more}`)))?.parentCheckpointId).toBe(parent);
  });

  it('continues another checkpoint where only the end of a long name is another', async () => {
    const parents = await Promise.all(
      ['a', 'b'].map((end) => planIn(neox(`${WEIGHTED}\n"load": "/c/${'x'.repeat(300)}/${end}",`))),
    );
    expect(new Set(parents.map((plan) => plan?.parentCheckpointId)).size).toBe(2);
  });

  it('says no seed that it does not state', async () => {
    expect((await planIn(neox(WEIGHTED)))?.seeds).toEqual({});
  });
});

describe('a configuration of NeMo', () => {
  it('is a planned run with its mixture, seed and budget', async () => {
    const read = await imported(nemo(BLEND), 'gpt3.yaml');
    const [mixture] = factsOf(read, 'mixture.plan.decided');
    expect(factsOf(read, 'training.run.planned')).toMatchObject([
      {
        runId: expect.stringMatching(/^urn:nemo:run:gpt3_126m@[0-9a-f]{12}$/),
        mixtureId: mixture?.mixtureId,
        seeds: { init: 1234, dataOrder: 1234 },
        tokenizer: 'GPT2BPETokenizer',
        tokenBudget: 600000 * 256 * 2048,
      },
    ]);
    expect(read.events).toHaveLength(2);
  });

  it('has the training split of data that are listed by split, below the stage of a launcher too', async () => {
    const bySplit = nemo('{train: [1.0, /d/web], validation: [1.0, /d/held]}');
    const plans = [await imported(bySplit), await imported(`training:\n${bySplit.replaceAll(/^/gm, '  ')}`)];
    expect(plans.map((read) => factsOf(read, 'mixture.plan.decided')[0]?.phases[0]?.weights)).toMatchObject([
      [{ source: '/d/web' }],
      [{ source: '/d/web' }],
    ]);
    expect(plans.map((read) => factsOf(read, 'training.run.planned').length)).toEqual([1, 1]);
  });

  it('has its data beside a training section of something else too', async () => {
    const read = await imported(`training: {max_steps: 5}\n${nemo(BLEND)}`);
    expect(factsOf(read, 'mixture.plan.decided')).toHaveLength(1);
    expect(factsOf(read, 'training.run.planned')).toHaveLength(1);
  });

  it('has a list of what it reads where the lengths of the data decide', async () => {
    const read = await imported(nemo('[/d/web_text_document, /d/code_text_document]'));
    const [snapshot] = factsOf(read, 'corpus.snapshot.registered');
    expect(snapshot?.sources?.map(({ ref }) => ref)).toEqual([
      '/d/web_text_document',
      '/d/code_text_document',
    ]);
    expect(factsOf(read, 'training.run.planned')).toMatchObject([{ snapshotId: snapshot?.snapshotId }]);
  });

  it('has no budget while its batch grows', async () => {
    const growing = nemo(BLEND).replace(
      'micro_batch_size: 4',
      'micro_batch_size: 4\n  rampup_batch_size: [16, 16, 100]',
    );
    expect(await planIn(growing)).not.toHaveProperty('tokenBudget');
  });
});

describe('a recipe for Megatron Bridge', () => {
  it('is a planned run on the artifact that it names', async () => {
    const read = await imported(bridge('rng: {seed: 5}\n'), 'tiny.yaml');
    const [snapshot] = factsOf(read, 'corpus.snapshot.registered');
    expect(snapshot?.sources).toEqual([{ kind: 'name', ref: 'pretrain-data:latest', multiplicity: 1 }]);
    expect(factsOf(read, 'training.run.planned')).toMatchObject([
      {
        runId: expect.stringMatching(/^urn:megatron-bridge:run:tiny@[0-9a-f]{12}$/),
        model: { name: 'qwen3_8b_pretrain_config' },
        snapshotId: snapshot?.snapshotId,
        seeds: { init: 5 },
        parentCheckpointId: '/out/one',
        tokenBudget: 1700 * 32 * 4096,
      },
    ]);
  });

  it('has no budget where it states two lengths of sequences', async () => {
    expect(await planIn(bridge('model: {seq_length: 8192}\n'))).not.toHaveProperty('tokenBudget');
  });
});

it.each([
  ['a prefix that is to be filled in', nemo('???'), '???'],
  ['another member that is', nemo(BLEND, 'trainer2: {devices: ???}\n'), '???'],
  ['a path that only means one', neox(PATHS.replace('/d/web', '/path/to/web')), '/path/to/web_text_document'],
  ['an artifact that is to be named', bridge().replace('pretrain-data:latest', '<your-data>'), '<your-data>'],
])('is a template and no fact with %s', async (_what, text, placeholder) => {
  const read = await imported(text, 'template.yaml');
  expect(read.events).toEqual([]);
  expect(read.warnings.filter(({ code }) => code === 'template_left_out')).toMatchObject([
    { count: 1, example: expect.stringContaining(`${placeholder} is a placeholder`) },
  ]);
});

it.each([
  ['gpt-neox', neox('')],
  ['gpt-neox, with data for evaluation alone', neox('"valid-data-paths": ["/d/held_text_document"],')],
  ['NeMo', nemo('${data}')],
  ['NeMo, with mocked data', nemo('[]').replace('mmap', 'mock')],
  ['a recipe', bridge().replace(/^data:\n.*\n/m, 'data: {mock: true}\n')],
])('plans no run of %s that names no data to train on, and says so', async (_what, text) => {
  const read = await imported(text, 'part.yaml');
  expect(read.events).toEqual([]);
  expect(codesOf(read)).toContain('data_absent');
});

it.each([
  ['data alone', 'data.yml', `{${WEIGHTED} "seq_length": 8}`],
  [
    'a configuration of DeepSpeed',
    'ds_config.json',
    '{"train_micro_batch_size_per_gpu": 4, "train_batch_size": 8}',
  ],
  [
    'a configuration that W&B keeps',
    'config.yaml',
    ['num_layers', 'hidden_size', 'train_batch_size', 'seq_length']
      .map((key) => `${key}:\n  desc: null\n  value: 8\n`)
      .join(''),
  ],
  ['a model on a hub', 'config.json', '{"hidden_size": 768, "num_hidden_layers": 12, "num_layers": 12}'],
  [
    'a speech model',
    'asr.yaml',
    'trainer: {max_steps: 5}\nmodel:\n  train_ds: {manifest_filepath: /d/a.json}\n',
  ],
  ['what is merged with a recipe', 'tiny.yaml', 'defaults: [default]\nrecipe:\n  seq_length: 2048\n'],
  ['a program', 'train.py', neox(WEIGHTED)],
])('makes no plan of %s', async (_what, path, text) => {
  const { sources } = await recognise(importers, folderOf('configs', { [path]: text }));
  const read = await Promise.all(sources.map(({ importer, folder }) => importer.read(folder, {})));
  expect(read.flatMap((one) => factsOf(one, 'training.run.planned'))).toEqual([]);
});

describe.skipIf(!hasShared('pythia-evals'))('genuine configurations (need shared data pythia-evals)', () => {
  it('plan the run of Pythia on the deduplicated Pile, without a seed', async () => {
    const [read] = await importedBy('megatron-data', await shared('pythia-evals/models'));
    const plans = factsOf(read ?? { events: [] }, 'training.run.planned');
    expect(plans).toMatchObject([
      { name: 'pythia-1.4b-deduped', seeds: {}, tokenizer: '/fsx/pile/20B_tokenizer.json' },
    ]);
    const [mixture] = factsOf(read ?? { events: [] }, 'mixture.plan.decided');
    expect(mixture?.mixtureId).toBe(plans[0]?.mixtureId);
    expect(mixture?.phases[0]?.weights).toMatchObject([
      { weight: 1, source: '/fsx/pile_deduped/pile_0.87_deduped_text_document' },
    ]);
  });
});

describe.skipIf(!hasShared('nemotron-blends'))('genuine recipes (need shared data nemotron-blends)', () => {
  it('plan seven runs, with the tokens that their comments name; what is only merged with one is none', async () => {
    const read = await importedBy('megatron-data', await shared('nemotron-blends'));
    const plans = read.flatMap((one) => factsOf(one, 'training.run.planned'));
    const snapshots = new Map(
      read
        .flatMap((one) => factsOf(one, 'corpus.snapshot.registered'))
        .map(({ snapshotId, sources = [] }) => [snapshotId, sources[0]?.ref]),
    );
    expect(
      plans.map(({ name, snapshotId, tokenBudget }) => [name, snapshots.get(snapshotId ?? ''), tokenBudget]),
    ).toEqual([
      ['default', 'nano3-pretrain-data:latest', undefined],
      ['tiny', 'nano3-pretrain-data-tiny:latest', undefined],
      /* 34 billion, 17 billion and 20 trillion tokens. */
      ['long_context_1m', 'super3-pretrain-data-long-context:latest', 2027 * 16 * 1048576],
      ['long_context_mixed', 'super3-pretrain-data-long-context:latest', 1014 * 16 * 1048576],
      ['phase1', 'super3-pretrain-data-phase1:latest', undefined],
      ['phase2', 'super3-pretrain-data-phase2:latest', undefined],
      [
        'nemotron_3_ultra_pretrain_paper_tp2_pp12_ep32',
        'ultra3-pretrain-data-phase1:latest',
        794728 * 3072 * 8192,
      ],
    ]);
  });
});
