import { describe, expect, it } from 'vitest';
import { codesOf, factsOf, importOf } from '../import.fixture.ts';
import { folderOf, importers, recognise } from '../index.ts';
import { lingua } from './lingua.ts';

/** A configuration in the form of lingua. */
const configOf = (more = '') => `dump_dir: /out/small
name: small
steps: 1_000
seed: 777
grad_acc_steps: 2
distributed:
    fsdp_type: full_shard
    dp_replicate: 4
    dp_shard: 8
model:
    dim: 1024
    seed: 42
data:
    root_dir: /d/shuffled/
    sources:
        web: 80.0
        code_v2: 20
    batch_size: 4
    seq_len: 4096
    seed: 9
    tokenizer:
        name: tiktoken
        path: /d/tokenizer.model
${more}`;

const imported = (text: string) => importOf(lingua, { 'small.yaml': text });
const planIn = async (text: string) => factsOf(await imported(text), 'training.run.planned')[0];

describe('a configuration of lingua', () => {
  it('is a planned run with its mixture, seeds, tokenizer and budget, and no run that started', async () => {
    const read = await imported(configOf());
    const [mixture] = factsOf(read, 'mixture.plan.decided');
    expect(mixture).toMatchObject({
      unit: 'unnormalised',
      phases: [
        {
          weights: [
            { slice: 'web', weight: 80, source: '/d/shuffled/web' },
            { slice: 'code_v2', weight: 20, source: '/d/shuffled/code_v2' },
          ],
        },
      ],
    });
    expect(factsOf(read, 'training.run.planned')).toMatchObject([
      {
        runId: expect.stringMatching(/^urn:lingua:run:small@[0-9a-f]{12}$/),
        mixtureId: mixture?.mixtureId,
        seeds: { init: 42, dataOrder: 9 },
        tokenizer: '/d/tokenizer.model',
        tokenBudget: 1000 * 2 * 4 * 4096 * 32,
      },
    ]);
    expect(read.events).toHaveLength(2);
  });

  it('takes the seed of the run for none of the parameters or the data', async () => {
    const unseeded = configOf().replaceAll(/^ +seed: .*\n/gm, '');
    expect((await planIn(unseeded))?.seeds).toEqual({});
  });

  it('has no budget without the number of replicas, and says so', async () => {
    const read = await imported(configOf().replace(/ +dp_shard.*\n/, ''));
    expect(factsOf(read, 'training.run.planned')[0]).not.toHaveProperty('tokenBudget');
    expect(codesOf(read)).toContain('tokens_unknown');
  });

  it('rejects a source without a weight that is a number, and plans no run without any', async () => {
    const read = await imported(configOf().replace('80.0', 'much'));
    expect(read.rejected).toMatchObject([{ source: 'small.yaml', pointer: '/data/sources/web' }]);
    const [plan] = factsOf(read, 'training.run.planned');
    expect(plan).toBeDefined();
    expect(plan).not.toHaveProperty('mixtureId');
    const none = await imported(configOf().replace('80.0', 'much').replace('code_v2: 20', 'code_v2: -1'));
    expect([none.events, none.rejected.at(-1)?.pointer]).toEqual([[], '/data/sources']);
  });

  it.each([
    ['the mark of its templates', configOf().replace('/out/small', '!!!CHANGE_THIS!!!')],
    ['another form of it', configOf().replace('/d/shuffled/', '!!CHANGETHIS!!')],
    ['a member that is to be filled in', configOf().replace('dim: 1024', 'dim: ???')],
    ['a path that only means one', configOf().replace('/d/shuffled/', '/path/to/data')],
  ])('is a template and no fact with %s', async (_what, text) => {
    const read = await imported(text);
    expect(read.events).toEqual([]);
    expect(read.rejected).toEqual([]);
    expect(codesOf(read)).toContain('template_left_out');
  });

  it.each([
    ['one without a model', 'part.yaml', configOf().replace('model:', 'estimator:')],
    ['one without steps', 'part.yaml', configOf().replace(/^steps.*\n/m, '')],
    [
      'an evaluation',
      'eval.yaml',
      'generator: {max_tokens: 8}\nvalidation:\n  root_dir: /d\n  sources: [web]\n',
    ],
    ['a program', 'train.py', configOf()],
    ['prose', 'README.md', 'Set root_dir, sources, steps and model.\n'],
  ])('is not what %s is', async (_what, path, text) => {
    const { sources } = await recognise(importers, folderOf('configs', { [path]: text }));
    expect(sources.map(({ importer }) => importer.kind)).not.toContain('lingua');
  });
});
