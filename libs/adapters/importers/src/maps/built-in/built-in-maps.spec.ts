import { describe, expect, it } from 'vitest';
import { codesOf, columnOf, dataOf, importedBy, kindsOf } from '../../import.fixture.ts';
import { folderOf } from '../../files/folder.ts';

const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_value, index) => line(index)).join('\n');

const BAR = ' 10%|#         | 10/100 [00:01<00:09,  9.9it/s]';

/** Lines as the print statements of the projects write them. */
const FILES = {
  'nanogpt-console': [
    'a.log',
    `tokens per iteration will be: 491,520\nstep 0: train loss 10.9, val loss 10.8\n${lines(3, (step) => `iter ${step}: loss ${9 - step}.5, time 12.5ms, mfu -100.00%`)}\n`,
    3,
  ],
  'modded-nanogpt': [
    'b.txt',
    `import os\nstep:0/3 val_loss:10.8 train_time:0ms step_avg:nanms\n${lines(3, (step) => `step:${step + 1}/3 train_loss:${9 - step}.5 train_time:${step * 140}ms step_avg:140.25ms`)}\nstep:3/3 val_loss:6.1 train_time:421ms step_avg:140.5ms\n`,
    4,
  ],
  'llmc-console': [
    'c.out',
    `val loss 11.0\n${lines(3, (step) => `step    ${step + 1}/3 | loss ${9 - step}.500000 (+nanz)| norm 2.5 (+0.10z)| lr 6.00e-04 | 300.25 ms | 45.3% bf16 MFU | 170000 tok/s`)}\nval loss 6.5\n`,
    3,
  ],
  'llmc-log': [
    'main.log',
    `${lines(3, (step) => `s:${step} trl:${9 - step}.5 lr:0.000600 norm:2.50`)}\ns:2 tel:6.5\ns:2 eval:0.25\n`,
    3,
  ],
  'hf-console': [
    'd.txt',
    `Some weights were not initialised\n${lines(3, (at) => `${BAR}\r{'loss': ${9 - at}.5, 'grad_norm': 1.25, 'learning_rate': 5e-05, 'epoch': 0.${at + 1}}`)}\n`,
    0,
  ],
  'litgpt-console': [
    'litgpt.log',
    `Seed set to 42\n${lines(3, (step) => `Epoch 1 | iter ${step} step ${step >> 1} | loss train: ${9 - step}.500, val: n/a | iter time: 3194.35 ms (step) remaining time: 0:01:00`)}\niter 2: val loss 6.5000, val time: 12.50 ms\n`,
    3,
  ],
  'lingua-console': [
    'lingua.out',
    lines(
      6,
      (at) =>
        `${at % 2}: INFO    24-10-19 18:47:3${at}.013589 - 0:00:49 - step: ${at >> 1}  acc: 0  loss: ${at % 2 === 0 ? 9 - at / 2 : 77}.5  grad: 1.06e+01  flops: 4.25e+12  wps: 3.95e+02  iter:  8.4191  data: 32.8857  lr: 0.00e+00  mem: 51%  pow: 92.494 W`,
    ),
    3,
  ],
  'olmo-console': [
    'olmo.log',
    `    d_model=64\n${lines(3, (step) => `[2024-04-17 09:42:26] INFO     [olmo.train:816, rank=0] [step=${step}/3,epoch=0]\n    train/CrossEntropyLoss=${9 - step}.5\n    throughput/total_tokens=4,194,304\n    System/Peak GPU Memory (MB)=42,133`)}\n[2024-04-17 09:42:27] INFO     [olmo.train:816, rank=1] [step=9/9]\n`,
    3,
  ],
  'tensorboard-csv': [
    'run-train-tag-loss.csv',
    `Wall time,Step,Value\n${lines(3, (step) => `170000000${step}.5,${step},${9 - step}.5`)}\n`,
    3,
  ],
  'wandb-history': [
    'e.csv',
    `,_step,_runtime,_timestamp,train/loss\n${lines(3, (step) => `${step},${step},1.5,170000000${step}.5,${9 - step}.5`)}\n`,
    3,
  ],
  'wandb-chart': [
    'f.csv',
    `"Step","sun-1 - loss","sun-1 - loss__MIN","sun-1 - loss__MAX"\n${lines(3, (step) => `"${step}","${9 - step}.5","1","20"`)}\n`,
    3,
  ],
  'jsonl-history': [
    'g.jsonl',
    `${lines(3, (step) => `{"step": ${step}, "loss": ${9 - step}.5, "opt": {"lr": 0.1}}`)}\n`,
    3,
  ],
} satisfies Record<string, readonly [path: string, text: string, rows: number]>;

describe.each(Object.entries(FILES))('%s', (kind, [path, text, rows]) => {
  it('is recognised by its content, and every loss is taken', async () => {
    expect(await kindsOf({ [path]: text })).toEqual([kind]);
    const [imported] = await importedBy(kind, folderOf('t', { [path]: text }));
    expect([...columnOf(imported, 'loss').values()].filter((loss) => loss !== null)).toEqual(
      rows === 0 ? [] : [9.5, 8.5, 7.5],
    );
    expect(imported?.rejected).toEqual([]);
  });
});

it('keeps steps, units and validation as they are printed', async () => {
  const [, modded] = FILES['modded-nanogpt'];
  const [imported] = await importedBy('modded-nanogpt', folderOf('t', { 'b.txt': modded }));
  expect(dataOf(imported, 'training.steps.recorded')).toMatchObject([
    {
      steps: [0, 1, 2, 3],
      columns: {
        loss: [null, 9.5, 8.5, 7.5],
        val_loss: [10.8, null, null, 6.1],
        'train_time (ms)': [null, 0, 140, 280],
        'val/train_time (ms)': [0, null, null, 421],
      },
      nonfinite: { 'val/step_avg (ms)': [{ index: 0, value: 'nan' }] },
    },
  ]);
});

it('takes every field of a line of nanoGPT, also of a fork that prints more of them', async () => {
  const text =
    'step 0: train loss 4.5, val loss 4.25\niter 0: loss 4.75, grad_norm 2.5, lr 6.00e-05, time 12.5ms, mfu 3.5%\n';
  const [imported] = await importedBy('nanogpt-console', folderOf('t', { 'a.log': text }));
  expect(dataOf(imported, 'training.steps.recorded')).toMatchObject([
    {
      steps: [0],
      columns: {
        loss: [4.75],
        gradNorm: [2.5],
        learningRate: [0.00006],
        'time (ms)': [12.5],
        'mfu (%)': [3.5],
        eval_train_loss: [4.5],
        val_loss: [4.25],
      },
    },
  ]);
});

it('reads the units, totals and optimizer steps of litgpt, lingua and OLMo as they are printed', async () => {
  const litgpt = await importedBy('litgpt-console', folderOf('t', { 'a.log': FILES['litgpt-console'][1] }));
  expect(dataOf(litgpt[0], 'training.steps.recorded')).toMatchObject([
    {
      steps: [0, 1, 2],
      columns: {
        'optimizer step': [0, 0, 1],
        'iter time (ms)': [3194.35, 3194.35, 3194.35],
        val_loss: [null, null, 6.5],
      },
    },
  ]);
  const lingua = await importedBy('lingua-console', folderOf('t', { 'a.out': FILES['lingua-console'][1] }));
  expect(dataOf(lingua[0], 'training.steps.recorded')).toMatchObject([
    { columns: { grad: [10.6, 10.6, 10.6], 'mem (%)': [51, 51, 51], 'pow (W)': [92.494, 92.494, 92.494] } },
  ]);
  expect(codesOf(lingua[0])).toEqual(['lines_not_matched']);
  const olmo = await importedBy('olmo-console', folderOf('t', { 'a.log': FILES['olmo-console'][1] }));
  expect(dataOf(olmo[0], 'training.steps.recorded')).toMatchObject([
    {
      steps: [0, 1, 2],
      columns: {
        'throughput/total_tokens': [4194304, 4194304, 4194304],
        'System/Peak GPU Memory (MB)': [42133, 42133, 42133],
      },
    },
  ]);
});

it('gives no step to what the Hugging Face trainer prints without one', async () => {
  const [, text] = FILES['hf-console'];
  const [imported] = await importedBy('hf-console', folderOf('t', { 'd.txt': text }));
  expect(dataOf(imported, 'training.metrics.recorded')).toMatchObject([
    { keys: expect.arrayContaining(['loss', 'epoch']), steps: Array.from({ length: 12 }, () => null) },
  ]);
});

it('tells the runs of a chart apart by the file, because their names are not unique', async () => {
  const [, text] = FILES['wandb-chart'];
  const [imported] = await importedBy('wandb-chart', folderOf('t', { 'f.csv': text }));
  expect(dataOf(imported, 'training.run.started')).toMatchObject([
    { runId: expect.stringMatching(/^f@[0-9a-f]{16}\/sun-1$/) },
  ]);
});

it.each([
  ['prose that quotes a log', 'README.md', 'iter 0: loss 9.5, time 1ms\niter 1: loss 9, time 1ms\n'],
  ['the program that prints a log', 'train.py', 'print(f"iter {i}: loss {l:.4f}, time {t}ms")\n'],
  ['a single line that looks like a log', 'notes.txt', 'iter 0: loss 9.5, time 1ms\nand then nothing\n'],
  ['a log of OLMo of another process', 'o.log', '[olmo.train:816, rank=1] [step=1/9]\n'.repeat(3)],
  ['steps without the name of OLMo', 's.log', 'INFO [step=1/9]\n    train/loss=2\n'.repeat(3)],
  ['a JSON array of steps and losses', 'a.json', '[{"step": 1, "loss": 2.5}, {"step": 2, "loss": 2.25}]'],
  ['dictionaries without an epoch', 'x.log', "{'loss': 1.5}\n{'loss': 1.25}\n"],
  ['a table of documents', 'docs.jsonl', '{"id": "a", "text": "loss 1"}\n{"id": "b", "text": "c"}\n'],
  ['JSON lines with a loss and no step', 'a.jsonl', '{"id": "a", "loss": 1}\n{"id": "b", "loss": 2}\n'],
  ['a table with a wall time and other columns', 'w.csv', 'Wall time,Step,Value,Note\n1,2,3,x\n'],
  ['columns with a dash', 'c.csv', 'Step,red - blue\n1,2\n'],
  ['a configuration', 'c.yaml', 'step: 1\nloss: 2.5\nlr: 0.1\n'],
])('does not take %s', async (_name, path, text) => {
  expect(await kindsOf({ [path]: text })).toEqual([]);
});

it.each([
  ['a run', '{"run":"A","step":1,"loss":3.5}\n{"run":"B","step":1,"loss":4}\n'],
  ['a seed', '{"seed":1,"step":1,"loss":3.5}\n{"seed":2,"step":2,"loss":3.25}\n'],
  ['a run of W&B', '_step,_timestamp,run_id,loss\n1,10,a,3.5\n1,11,b,4\n'],
])('takes no table whose rows name %s each for one run', async (_what, text) => {
  expect(await kindsOf({ 'history.jsonl': text })).toEqual([]);
  expect(await kindsOf({ 'history.csv': text })).toEqual([]);
});

it('leaves the logs of Megatron and torchtitan to their own kinds', async () => {
  const megatron =
    ' iteration        1/     500 | consumed samples:  8 | lm loss: 1.0E+01 | learning rate: 1.5E-04 |\n'.repeat(
      2,
    );
  const titan = '[rank0]: step:  1  loss:  8.0  memory:  0.93GiB(0.98%)  tps: 1,234\n'.repeat(2);
  expect(await kindsOf({ 'a.log': megatron, 'b.log': titan })).toEqual(['megatron-log', 'torchtitan']);
});
