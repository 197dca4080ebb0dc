import { describe, expect, it } from 'vitest';
import { columnOf, dataOf, hasShared, importedBy, kindsOf, readBy, shared } from '../import.fixture.ts';
import { torchtitan } from './torchtitan.ts';

it('reads a step and a loss on each line, separated by blanks, commas or tabs, with or without a header', async () => {
  const files = [
    '1 2.5\n2 2.25\n',
    '\uFEFFstep,loss\r\n1,2.5\r\n2,2.25\r\n',
    'step\tloss\n1\t2.5\n2\t2.25',
    '\n  1   2.5  \n\n  2   2.25\n',
  ];
  for (const text of files) {
    const imported = await readBy(torchtitan, { 'loss.txt': text });
    expect([...columnOf(imported, 'loss')]).toEqual([
      [1, 2.5],
      [2, 2.25],
    ]);
    expect(await kindsOf({ 'loss.txt': text })).toEqual(['torchtitan']);
  }
});

it('rejects ragged lines one by one and reads the others', async () => {
  const imported = await readBy(torchtitan, { 'loss.csv': 'step,loss\n1,2.5\n2\n3,2.25,7\nx,1\n4,2\n' });
  expect([...columnOf(imported, 'loss').keys()]).toEqual([1, 4]);
  expect(imported.rejected.map(({ source }) => source)).toEqual([
    'loss.csv:line:3',
    'loss.csv:line:4',
    'loss.csv:line:5',
  ]);
});

it('reads the training log of the first rank, with colours, and units in the names', async () => {
  const printed = (rank: number, step: number, loss: string) =>
    `[rank${rank}]:[titan] 2025-03-01 10:00:00,1 - root - INFO - \u001B[31mstep: ${step}  \u001B[32mloss: ${loss}  \u001B[33mmemory:  0.93GiB(0.98%)  tps: 1,234  mfu: 0.10%\u001B[39m\n`;
  const validated = '[rank0]:[titan] validate step: 10  loss:  7.75  memory: 0.93GiB(0.98%)  tps: 99\n';
  const text = printed(0, 1, '8.05') + printed(1, 1, '8.25') + printed(0, 10, '7.5') + validated;
  expect(await kindsOf({ 'titan.log': text })).toEqual(['torchtitan']);
  const run = await readBy(torchtitan, { 'titan.log': text });
  expect(dataOf(run, 'training.steps.recorded')).toMatchObject([
    {
      steps: [1, 10],
      columns: {
        loss: [8.05, 7.5],
        tps: [1234, 1234],
        'memory (GiB)': [0.93, 0.93],
        'mfu (%)': [0.1, 0.1],
        'validate loss': [null, 7.75],
      },
    },
  ]);
});

it('merges lines of one step with different columns, and leaves out repeated lines', async () => {
  const sparse = 'epoch,step,train_loss,val_loss\n0,49,2.5,\n0,49,,2.25\n1,99,2,\n1,99,2,\n';
  expect(await kindsOf({ 'metrics.csv': sparse })).toEqual(['torchtitan']);
  const run = await readBy(torchtitan, { 'metrics.csv': sparse });
  expect(dataOf(run, 'training.steps.recorded')).toMatchObject([
    { attempt: 1, steps: [49, 99], columns: { loss: [2.5, 2], val_loss: [2.25, null] } },
  ]);
  expect(run.warnings).toMatchObject([{ code: 'row_repeated', count: 1 }]);
});

it('rejects an empty file and one with only a header', async () => {
  for (const text of ['', '\n', 'timestamp\tcommit\n', 'step,loss\n']) {
    const imported = await readBy(torchtitan, { 'loss.tsv': text });
    expect(imported.events).toEqual([]);
    expect(imported.rejected.length).toBeGreaterThan(0);
  }
});

it('records a NaN loss as nan', async () => {
  const imported = await readBy(torchtitan, { 'loss.txt': '1 2.5\n2 nan\n3 -inf\n' });
  expect(dataOf(imported, 'training.steps.recorded')).toMatchObject([
    {
      columns: { loss: [2.5, null, null] },
      nonfinite: {
        loss: [
          { index: 1, value: 'nan' },
          { index: 2, value: '-inf' },
        ],
      },
    },
  ]);
});

describe('a table whose rows are of several runs', () => {
  const TABLES = {
    'a column of names': 'exp\titer\tloss\nA\t1\t3.5\nA\t2\t3.25\nB\t1\t4\nB\t2\t3.75\n',
    'a column of phases': 'phase,step,loss\ntrain,1,3.5\nvalid,1,4\ntrain,2,3.25\n',
    'numbers of runs': 'step,run_id,loss\n1,1,3.5\n2,1,3.25\n1,2,4\n',
    'one row for each seed': 'seed,step,loss\n1,10,3.5\n2,10,3.25\n',
  };

  it.each(Object.entries(TABLES))('is not taken for one run: %s', async (_what, text) => {
    expect(await kindsOf({ 'runs.csv': text })).toEqual([]);
    const { events, rejected } = await readBy(torchtitan, { 'runs.csv': text });
    expect(events).toEqual([]);
    expect(rejected).toMatchObject([{ reason: expect.stringContaining('tributary map') as string }]);
  });

  it('is one run where the names are all the same, or are times', async () => {
    for (const text of [
      'run,step,loss\na,1,3.5\na,2,3.25\n',
      'time,step,loss\n10:00,1,3.5\n10:01,2,3.25\n',
      'model,step,loss\n7,1,3.5\n7,2,3.25\n',
    ])
      expect([...columnOf(await readBy(torchtitan, { 'loss.csv': text }), 'loss')]).toEqual([
        [1, 3.5],
        [2, 3.25],
      ]);
  });
});

it('is recognised behind any amount of other text, and not in prose that quotes it', async () => {
  const lines = '[rank0]: step:  1  loss:  8.5\n[rank0]: step:  2  loss:  7.5\n';
  expect(await kindsOf({ 'job.out': `${'+ export NCCL_DEBUG=WARN\n'.repeat(8000)}${lines}` })).toEqual([
    'torchtitan',
  ]);
  expect(await kindsOf({ 'README.md': `Look at the log:\n${lines}`, 'submit.slurm': `# ${lines}` })).toEqual(
    [],
  );
});

it('does not read the names of runs in a chart of W&B as names of metrics', async () => {
  const chart = '"Step","sun-1 - train/loss","moon-2 - train/loss"\n"0","9.5","8.5"\n"1","8.5","7.5"\n';
  expect(await kindsOf({ 'chart.csv': chart })).toEqual([]);
  const { events, rejected } = await readBy(torchtitan, { 'chart.csv': chart });
  expect(events).toEqual([]);
  expect(rejected).toMatchObject([
    { pointer: 'sun-1 - train/loss', reason: expect.stringContaining('tributary map') as string },
  ]);
});

it('begins an attempt if the steps restart', async () => {
  const imported = await readBy(torchtitan, { 'loss.txt': '1 3.5\n2 3\n1 3.25\n' });
  expect(dataOf(imported, 'training.steps.recorded')).toMatchObject([
    { attempt: 1, steps: [1, 2] },
    { attempt: 2, steps: [1] },
  ]);
});

it('does not match prose, schedules and tables without a loss', async () => {
  expect(
    await kindsOf({
      'a.txt': 'a word\nand another\n',
      'b.csv': '0F0,0F1,0F2\n1F0,1F1,1F2,1F3\n',
      'c.csv': 'step,tokens\n1,100\n2,200\n',
      'd.txt': '1 2\n3 4\n',
    }),
  ).toEqual([]);
});

describe.skipIf(!hasShared('torchtitan-losses'))(
  'torchtitan-losses (needs shared data torchtitan-losses)',
  () => {
    it('keeps the steps and the first and last loss of every file, including negative losses', async () => {
      const runs = await importedBy('torchtitan', await shared('torchtitan-losses'));
      const ends = runs.map((run) => {
        const [started] = run.events.flatMap(({ data }) => ('runId' in data ? [data.runId] : []));
        const losses = [...columnOf(run, 'loss').values()];
        return [String(started).split('@')[0], losses.length, losses[0], losses.at(-1)];
      });
      expect(ends).toEqual([
        ['llama3_cuda', 100, 8.049097061157227, 2.746471643447876],
        ['llama3_rocm_mi350x', 100, 8.048333168029785, 2.772249937057495],
        ['qwen3_moe_cuda', 100, 7.604050636291504, 2.852487564086914],
        ['qwen3_moe_rocm_mi350x', 100, 8.039487838745117, 2.7906906604766846],
        ['sft_debugmodel_cuda', 10, 8.296810150146484, 2.674215316772461],
        ['rl_grpo_cuda', 10, -0.0013786826748400927, -0.0019825994968414307],
      ]);
    });
  },
);
