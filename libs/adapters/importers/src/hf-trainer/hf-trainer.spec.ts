import { expect, it } from 'vitest';
import { folderOf } from '../files/folder.ts';
import { codesOf, columnOf, dataOf, importedBy, readBy, sample } from '../import.fixture.ts';
import { hfTrainer } from './hf-trainer.ts';

const state = (rows: string, more = '') =>
  `{"epoch": 1.0, "global_step": 20, "max_steps": 20, "is_world_process_zero": true, ${more} "log_history": [${rows}]}`;

it('makes one run of a folder with checkpoints, with the longest history and a fact for each checkpoint', async () => {
  const [run] = await importedBy('hf-trainer', await sample('hf-trainer'));
  expect(dataOf(run, 'training.steps.recorded')).toMatchObject([
    { steps: [2, 4, 6, 8, 10, 12, 14, 16, 18, 20] },
  ]);
  expect(dataOf(run, 'training.checkpoint.saved')).toMatchObject([
    {
      checkpointId: expect.stringMatching(/^hf-trainer@[0-9a-f]{16}\/checkpoint-10$/),
      step: 10,
      tokens: 320,
      tokensMethod: 'reported',
    },
    { checkpointId: expect.stringMatching(/\/checkpoint-20$/), step: 20, tokens: 640 },
  ]);
  expect(dataOf(run, 'training.run.ended')).toMatchObject([
    { status: 'completed', lastStep: 20, tokens: 640 },
  ]);
  expect(run?.rejected).toEqual([]);
});

it('reads bare NaN, and distinguishes train, evaluation and summary rows that all have a train_runtime', async () => {
  const [run] = await importedBy('hf-trainer', await sample('hf-trainer'));
  expect(columnOf(run, 'loss').get(10)).toBe(3.255788803100586);
  expect(dataOf(run, 'training.steps.recorded')[0]).toHaveProperty('nonfinite.loss.0', {
    index: 5,
    value: 'nan',
  });
  expect([...columnOf(run, 'eval_loss')].filter(([, value]) => value !== null)).toHaveLength(2);
  expect([...columnOf(run, 'tokens').values()]).toEqual(Array.from({ length: 10 }, () => 64));
  expect(dataOf(run, 'training.metrics.recorded')).toMatchObject([
    { keys: expect.arrayContaining(['train_loss', 'total_flos']) },
  ]);
});

it('gives a prediction the step of the previous evaluation, with a warning', async () => {
  const rows =
    '{"eval_loss": 2, "epoch": 1, "step": 10}, {"loss": 2, "epoch": 1.1, "step": 12}, {"predict_loss": 1.5, "predict_runtime": 3}';
  const run = await readBy(hfTrainer, { 'trainer_state.json': state(rows) });
  expect(dataOf(run, 'training.metrics.recorded')).toMatchObject([
    { keys: ['predict_loss', 'predict_runtime'], steps: [10, 10], values: [1.5, 3], method: 'inferred' },
  ]);
  expect(codesOf(run)).toContain('step_inferred');
});

it('reads 0 tokens as not counted', async () => {
  const row = '{"loss": 2, "epoch": 1, "step": 2, "num_input_tokens_seen": 0}';
  const run = await readBy(hfTrainer, {
    'checkpoint-20/trainer_state.json': state(row, '"num_input_tokens_seen": 0,'),
  });
  expect(columnOf(run, 'tokens').size).toBe(0);
  expect(dataOf(run, 'training.checkpoint.saved')[0]).not.toHaveProperty('tokens');
  expect(codesOf(run)).toContain('tokens_not_counted');
});

it('warns about rows of a checkpoint that the longest history lacks', async () => {
  const run = await readBy(hfTrainer, {
    'out/checkpoint-2/trainer_state.json': state('{"loss": 9, "epoch": 1, "step": 2}'),
    'out/checkpoint-4/trainer_state.json': state(
      '{"loss": 2, "epoch": 1, "step": 2}, {"loss": 1, "epoch": 2, "step": 4}',
    ),
  });
  expect([...columnOf(run, 'loss').values()]).toEqual([2, 1]);
  expect(codesOf(run)).toContain('history_differs');
});

it('rejects a truncated file', async () => {
  const run = await readBy(hfTrainer, { 'trainer_state.json': state('').slice(0, -9) });
  expect(run.events).toEqual([]);
  expect(run.rejected).toMatchObject([{ source: 'trainer_state.json' }]);
});

it('gives a copy in another folder equal facts, and another run in a folder with the same name another id', async () => {
  const [one, two] = [state('{"loss": 2, "step": 1}'), state('{"loss": 3, "step": 1}')];
  const here = await readBy(hfTrainer, { 'out/trainer_state.json': one });
  const there = await readBy(hfTrainer, { 'elsewhere/deep/trainer_state.json': one });
  const other = await readBy(hfTrainer, { 'out/trainer_state.json': two });
  expect(there.events).toEqual(here.events);
  expect(dataOf(other, 'training.run.started')).not.toEqual(dataOf(here, 'training.run.started'));
});

it('reads rewards of preference training, numbers in strings, and a test loss next to the loss', async () => {
  const rows =
    '{"loss": 1, "learning_rate": "1e-05", "rewards/margins": 0.5, "step": "1"}, {"loss": "NaN", "test_loss": 3, "step": 2}';
  const run = await readBy(hfTrainer, { 'trainer_state.json': state(rows) });
  expect(dataOf(run, 'training.steps.recorded')).toMatchObject([
    {
      steps: [1, 2],
      columns: { loss: [1, null], learningRate: [1e-5, null], 'rewards/margins': [0.5, null] },
      nonfinite: { loss: [{ index: 1, value: 'nan' }] },
    },
  ]);
});

it('does not end a run at a summary if the run continued', async () => {
  const summary = '{"train_loss": 2, "step": 2}';
  const rows = `{"loss": 2, "step": 2}, ${summary}, {"loss": 1, "step": 4}`;
  const on = await readBy(hfTrainer, { 'trainer_state.json': state(rows) });
  expect(dataOf(on, 'training.run.ended')).toEqual([]);
  const done = await readBy(hfTrainer, { 'trainer_state.json': state(summary) });
  expect(dataOf(done, 'training.run.ended')).toMatchObject([{ lastStep: 2 }]);
});

it('assigns incomplete checkpoints and copies such as checkpoint-best to one run', async () => {
  const text = state('{"loss": 2, "step": 2}');
  const folders = ['checkpoint-2', 'checkpoint-best', 'tmp-checkpoint-2'];
  const files = Object.fromEntries(folders.map((folder) => [`run/${folder}/trainer_state.json`, text]));
  const [run] = await importedBy('hf-trainer', folderOf('runs', files));
  expect(dataOf(run, 'training.run.started')).toHaveLength(1);
  expect(dataOf(run, 'training.checkpoint.saved')).toHaveLength(3);
});

it('leaves out values that nest too deep, and keeps a metric without a name as a point', async () => {
  const deep = `${'['.repeat(9000)}${']'.repeat(9000)}`;
  const text = state(`{"loss": 2, "": 5, "step": 1, "x": ${deep}}`, `"trial_params": ${deep},`);
  const run = await readBy(hfTrainer, { 'trainer_state.json': text });
  expect(run.rejected).toMatchObject([{ pointer: '/config/trial_params' }]);
  expect(dataOf(run, 'training.metrics.recorded')).toMatchObject([{ keys: ['(empty)'], values: [5] }]);
});
