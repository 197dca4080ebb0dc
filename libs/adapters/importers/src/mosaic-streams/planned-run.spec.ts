import { describe, expect, it } from 'vitest';
import { codesOf, factsOf, importOf, sample } from '../import.fixture.ts';
import { folderOf, importers, recognise } from '../index.ts';
import { mosaicStreams } from './mosaic-streams.ts';

/** A configuration in the form of LLM Foundry, whose loader has this dataset. */
const configOf = (dataset: string, more = '') => `variables:
  global_seed: 17
  max_seq_len: 2048
  data_remote: s3://corpora/mixed
  data_local:
  run_name: # from the environment where it is blank
max_seq_len: \${variables.max_seq_len}
run_name: \${variables.run_name}
model:
  name: mpt_causal_lm
  d_model: 768
  max_seq_len: \${variables.max_seq_len}
tokenizer:
  name: org/tokenizer
train_loader:
  name: text
  dataset:
    max_seq_len: \${variables.max_seq_len}
    shuffle_seed: \${variables.global_seed}
${dataset}
eval_loader:
  dataset:
    streams:
      held: {remote: s3://corpora/held, split: val, proportion: 1}
seed: \${variables.global_seed}
max_duration: 4800ba
global_train_batch_size: 256
${more}`;

const STREAMS = `    streams:
      web: {remote: s3://corpora/web, split: train, proportion: 0.75}
      code: {remote: "\${variables.data_remote}", split: train, proportion: 0.25}`;
const ONE = '    remote: ${variables.data_remote}\n    local: /tmp/cache\n    split: train';

const imported = (text: string) => importOf(mosaicStreams, { 'mpt-125m.yaml': text });

describe('a configuration of LLM Foundry', () => {
  it('is a planned run with its mixture, seeds, tokenizer and budget, and no run that started', async () => {
    const read = await imported(configOf(STREAMS));
    const [mixture] = factsOf(read, 'mixture.plan.decided');
    expect(mixture?.phases[0]?.weights).toMatchObject([
      { slice: 'web', weight: 0.75, source: 's3://corpora/web/train' },
      { slice: 'code', weight: 0.25, source: 's3://corpora/mixed/train' },
    ]);
    expect(factsOf(read, 'training.run.planned')).toMatchObject([
      {
        runId: expect.stringMatching(/^urn:llm-foundry:run:mpt-125m@[0-9a-f]{12}$/),
        name: 'mpt-125m',
        mixtureId: mixture?.mixtureId,
        model: { name: 'mpt-125m', architecture: 'mpt_causal_lm' },
        tokenizer: 'org/tokenizer',
        seeds: { init: 17, dataOrder: 17 },
        tokenBudget: 4800 * 256 * 2048,
        config: { max_duration: '4800ba', model: { d_model: 768 } },
      },
    ]);
    expect(read.events.map(({ type }) => type).toSorted()).toEqual([
      'mixture.plan.decided',
      'training.run.planned',
    ]);
    expect(codesOf(read)).toContain('held_out_blend_left_out');
  });

  it('has the dataset of its loader as data where it lists no streams', async () => {
    const read = await imported(configOf(ONE));
    const [snapshot] = factsOf(read, 'corpus.snapshot.registered');
    expect(snapshot?.sources).toEqual([{ kind: 'uri', ref: 's3://corpora/mixed/train', multiplicity: 1 }]);
    expect(factsOf(read, 'training.run.planned')).toMatchObject([{ snapshotId: snapshot?.snapshotId }]);
    expect(codesOf(read)).not.toContain('weights_absent');
  });

  it('is the same as the parameters of a job on the platform, which are that configuration', async () => {
    const job = `name: job\ncommand: composer train.py\nparameters:\n${configOf(STREAMS).replaceAll(/^/gm, '  ')}`;
    const read = await imported(job);
    const [plan] = factsOf(read, 'training.run.planned');
    expect(plan).toMatchObject({ seeds: { init: 17 }, tokenBudget: 4800 * 256 * 2048 });
    expect(read.events.map(({ importedpointer }) => importedpointer)).toEqual([
      '/parameters/train_loader/dataset/streams',
      '',
    ]);
  });

  it.each([
    ['10e9tok', 10e9],
    ['1_000ba', 1000 * 256 * 2048],
    ['1ep', undefined],
    ['forever', undefined],
  ])('has the tokens of the duration %s, or says that it states none', async (duration, tokens) => {
    const read = await imported(configOf(STREAMS).replace('4800ba', duration));
    expect(factsOf(read, 'training.run.planned').map(({ tokenBudget }) => tokenBudget)).toEqual([tokens]);
    expect(codesOf(read).includes('tokens_unknown')).toBe(tokens === undefined);
  });

  it.each([
    ['a mixture', STREAMS.replace('proportion: 0.25', 'proportion: much')],
    ['a list', STREAMS.replaceAll(/, proportion: [\d.]+/g, '').replace(/remote: "[^"]*"/, 'url: none')],
  ])('does not follow %s of which a stream was rejected', async (_what, streams) => {
    const read = await imported(configOf(streams));
    expect(read.rejected).toHaveLength(1);
    const [plan] = factsOf(read, 'training.run.planned');
    expect(plan).toBeDefined();
    expect(plan).not.toHaveProperty('mixtureId');
    expect(plan).not.toHaveProperty('snapshotId');
  });

  it('says no seed that it does not state', async () => {
    const unseeded = configOf(STREAMS)
      .replace(/^seed:.*$/m, '')
      .replace(/^ +shuffle_seed:.*$/m, '');
    expect(factsOf(await imported(unseeded), 'training.run.planned')).toMatchObject([{ seeds: {} }]);
  });

  it.each([
    ['a member that is to be filled in', configOf(STREAMS).replace('d_model: 768', 'd_model: ???')],
    ['a variable that is', configOf(STREAMS).replace('global_seed: 17', 'global_seed: ???')],
    ['a path that only means one', configOf(STREAMS).replace('s3://corpora/web', '/path/to/data')],
    [
      'a variable that the file does not have',
      configOf(STREAMS).replace('variables.data_remote', 'data_remote'),
    ],
    ['a bucket that only means one', configOf(ONE).replace('s3://corpora/mixed', 's3://my-bucket/c4')],
  ])('is a template and no fact with %s', async (_what, text) => {
    const read = await imported(text);
    expect(read.events).toEqual([]);
    expect(codesOf(read)).toContain('template_left_out');
  });

  it.each([
    ['an evaluation', 'eval.yaml', configOf(STREAMS).replace('train_loader', 'icl_tasks')],
    ['one without a model', 'data.yaml', configOf(ONE).replace('model:', 'estimator:')],
    [
      'one that does not say how long',
      'part.yaml',
      configOf(ONE).replace(/^(max_duration|global_train_batch_size).*$/gm, ''),
    ],
    ['a program', 'train.py', configOf(STREAMS)],
    [
      'a tokenizer',
      'tokenizer_config.json',
      JSON.stringify({ model: { type: 'BPE' }, train_loader: 'none' }),
    ],
  ])('is not what %s is', async (_what, path, text) => {
    const { sources } = await recognise(importers, folderOf('configs', { [path]: text }));
    const read = await Promise.all(sources.map(({ importer, folder }) => importer.read(folder, {})));
    expect(read.flatMap(({ events }) => events.map(({ type }) => type))).not.toContain(
      'training.run.planned',
    );
  });
});

it('makes one plan of the samples, and no fact of the counter-examples', async () => {
  const found = await recognise(importers, await sample('llm-foundry'));
  expect(found.unrecognised).toEqual(['RECIPE.md', 'tokenizer_config.json']);
  const read = await Promise.all(found.sources.map(({ importer, folder }) => importer.read(folder, {})));
  const made = read.map(({ events, warnings }, at) => [
    found.sources[at]?.folder.files[0]?.path,
    events.map(({ type }) => type).toSorted(),
    warnings.map(({ code }) => code).filter((code) => code.endsWith('_left_out')),
  ]);
  expect(made).toEqual([
    ['evaluation.yaml', [], ['held_out_blend_left_out']],
    ['template.yaml', [], ['template_left_out']],
    ['tiny-mixed.yaml', ['mixture.plan.decided', 'training.run.planned'], ['held_out_blend_left_out']],
  ]);
  const plans = read.flatMap((one) => factsOf(one, 'training.run.planned'));
  expect(plans).toMatchObject([
    { name: 'tiny-mixed', tokenBudget: 100 * 8 * 128, seeds: { init: 17, dataOrder: 17 } },
  ]);
});

it('ends with an anchor that holds itself many times', async () => {
  const again = Array.from({ length: 200 }, (_, index) => `    k${index}: *self`).join('\n');
  const circular = configOf(STREAMS).replace('train_loader:\n', `train_loader:\n  more: &self\n${again}\n`);
  const read = await imported(circular);
  expect(read.events.map(({ type }) => type)).toEqual(['mixture.plan.decided', 'training.run.planned']);
});
