import { expect, it } from 'vitest';
import { folderOf } from '../files/folder.ts';
import { lmEval } from './lm-eval.ts';

const RESULTS = { results: { lambada: { acc: 0.5, acc_stderr: 0.01 } }, versions: { lambada: 0 } };

/** A results file whose configuration is this. */
const withConfig = (config: object, more: object = {}) => JSON.stringify({ ...RESULTS, ...more, config });

async function imported(files: Record<string, string>, model?: string) {
  const folder = folderOf('evals', files);
  const matches = await lmEval.detect(folder);
  const read = await lmEval.read(folder, model === undefined ? {} : { model });
  const scores = read.events.flatMap(({ type, data }) =>
    type === 'evaluation.score.recorded' ? [data] : [],
  );
  return { ...read, scores, matches };
}

const unnamed = withConfig({ model: 'hf', model_args: 'device=cuda' });

it.each([
  [
    'in the arguments of gpt-neox, which are an object',
    withConfig({
      model: 'neox',
      model_args: { load: '/ckpt/pythia-70m', iteration: 3000, seq_length: 2048 },
    }),
    { runId: '/ckpt/pythia-70m', checkpointId: '/ckpt/pythia-70m@iter3000', step: 3000 },
  ],
  [
    'in arguments with colons',
    withConfig({ model: 'neox', model_args: 'load: /ckpt/a,iteration: 12' }),
    { runId: '/ckpt/a', checkpointId: '/ckpt/a@iter12', step: 12, modelRef: 'load=/ckpt/a,iteration=12' },
  ],
  [
    'by the folder of the iteration, which says the step already',
    withConfig({ model: 'neox', model_args: { load: '/ckpt/a/global_step12/', iteration: 12 } }),
    { runId: '/ckpt/a', checkpointId: '/ckpt/a/global_step12', step: 12 },
  ],
  [
    'among the arguments of the trainer, as Megatron-DeepSpeed writes them',
    withConfig({ load: '/ckpt/tr3/global_step296023', num_layers: 24 }),
    { runId: '/ckpt/tr3', step: 296_023 },
  ],
])('takes a checkpoint that a trainer loaded %s', async (_where, text, expected) => {
  const { scores, matches, rejected } = await imported({ 'a.json': text });
  expect([matches.length, rejected, scores.length]).toEqual([1, [], 1]);
  expect(scores[0]).toMatchObject(expected);
});

it('does not take the loaded checkpoint for a model that has a name, nor a load path that states nothing', async () => {
  const both = withConfig({ model_args: { pretrained: 'org/m', load: '/x', iteration: 3 } });
  expect((await imported({ 'a.json': both })).scores).toMatchObject([{ runId: 'org/m' }]);
  const none = withConfig({ model_args: { load: 'None', iteration: 3 } });
  expect((await imported({ 'a.json': none })).events).toEqual([]);
});

it('rejects a file that names no model and says how to name it', async () => {
  const { events, rejected } = await imported({ 'a.json': unnamed });
  expect(events).toEqual([]);
  expect(rejected).toEqual([
    { source: 'a.json', pointer: '/config/model_args', reason: expect.stringContaining('--model') },
  ]);
});

it('takes the model that the caller names, and a changed name gives other facts', async () => {
  const { scores, events } = await imported({ 'a.json': unnamed }, 'out/run/checkpoint-500');
  expect(scores).toMatchObject([{ runId: 'out/run', step: 500, modelRef: 'out/run/checkpoint-500' }]);
  expect((await imported({ 'b/a.json': unnamed }, 'out/run/checkpoint-500')).events).toEqual(events);
  const other = await imported({ 'a.json': unnamed }, 'another');
  expect(other.events.map(({ id }) => id)).not.toEqual(events.map(({ id }) => id));
});

it('rejects a file whose model is not the one that the caller names, and takes the one whose is', async () => {
  const config = { model_args: 'pretrained=org/m,revision=step8' };
  const files = { 'a.json': withConfig(config), 'b.json': withConfig({ model_args: 'pretrained=x' }) };
  const { scores, rejected } = await imported(files, 'org/m');
  expect(scores).toMatchObject([{ runId: 'org/m', step: 8 }]);
  expect(rejected).toEqual([
    {
      source: 'b.json',
      pointer: '/config/model_args',
      reason: 'the file names the model x; --model says org/m',
    },
  ]);
});

const DATED = 'results_2024-05-06T07-08-09.123456.json';

it('infers the model from the folder that the harness calls after it, and says so', async () => {
  const { scores, warnings } = await imported({ [`out/EleutherAI__pythia-70m/${DATED}`]: unnamed });
  expect(scores).toMatchObject([{ runId: 'EleutherAI/pythia-70m', modelRef: 'EleutherAI/pythia-70m' }]);
  expect(warnings).toContainEqual({
    code: 'model_inferred',
    count: 1,
    example: expect.stringContaining('EleutherAI/pythia-70m is inferred from EleutherAI__pythia-70m'),
  });
});

it('infers it from the name that the harness made of it for its paths', async () => {
  const { scores } = await imported({
    'a.json': withConfig({ model_args: '' }, { model_name_sanitized: 'org__m' }),
  });
  expect(scores).toMatchObject([{ runId: 'org/m' }]);
});

it.each([
  ['a folder without the two parts of a name', `out/pythia-70m/${DATED}`],
  ['a folder that can be read in two ways', `out/a__b__c/${DATED}`],
  ['a path, which the harness writes with many', `out/__home__me__ckpt/${DATED}`],
  ['a file that the harness does not call so', 'out/EleutherAI__pythia-70m/scores.json'],
])('infers nothing from %s', async (_what, path) => {
  expect((await imported({ [path]: unnamed })).events).toEqual([]);
});
