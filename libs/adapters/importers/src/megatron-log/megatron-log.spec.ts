import { expect, it } from 'vitest';
import { codesOf, columnOf, dataOf, importedBy, kindsOf, readBy, sample } from '../import.fixture.ts';
import { megatronLog } from './megatron-log.ts';

it('splits a log at a restart, which continues at the loaded checkpoint', async () => {
  const [run] = await importedBy('megatron-log', await sample('megatron'));
  expect(dataOf(run, 'training.run.started')).toMatchObject([
    { attempt: 1, seeds: { init: 1234 }, tokenizer: 'tokenizer.model', config: { seq_length: '128' } },
    { attempt: 2, resumedFrom: { attempt: 1, step: 4 } },
  ]);
  expect(dataOf(run, 'training.steps.recorded')).toMatchObject([
    { attempt: 1, steps: [1, 2, 3, 4, 5] },
    { attempt: 2, steps: [5, 6], columns: { loss: [9.625, 9.25], tokens: [1024, 1024] } },
  ]);
  expect(dataOf(run, 'training.checkpoint.saved')).toMatchObject([
    { attempt: 1, step: 4, uri: 'checkpoints' },
  ]);
  expect(codesOf(run)).toEqual(['time_zone_unknown']);
  expect(run?.rejected).toEqual([]);
});

it('reads every field, including infinite values and validation losses', async () => {
  const [run] = await importedBy('megatron-log', await sample('megatron'));
  const [first] = dataOf(run, 'training.steps.recorded');
  expect(first).toMatchObject({
    columns: {
      loss: [null, 10.4321, null, 9.8765, 9.5],
      learningRate: [6e-5, 1.2e-4, 1.8e-4, 2.4e-4, 3e-4],
      gradNorm: [null, 7.225, null, null, 5.125],
      'consumed samples': [8, 16, 24, 32, 40],
      'throughput per GPU (TFLOP/s/GPU)': [0.2, 1, 1.1, 1.1, 1.1],
      'lm loss validation': [null, null, null, 9.7, null],
    },
    nonfinite: { gradNorm: [{ index: 3, value: '+inf' }] },
  });
});

it('records skipped iterations, and separately those with a NaN loss', async () => {
  const [run] = await importedBy('megatron-log', await sample('megatron'));
  expect(dataOf(run, 'training.steps.skipped')).toMatchObject([
    { attempt: 1, reason: 'overflow', steps: [1] },
    { attempt: 1, reason: 'nan', steps: [3] },
  ]);
});

const line = (step: number, fields = 'lm loss: 2.0 | learning rate: 1.0E-04 |') =>
  ` iteration ${step}/ 100 | ${fields}\n`;

it('begins an attempt if the iteration number decreases', async () => {
  const run = await readBy(megatronLog, { 'a.log': line(10) + line(20) + line(30) + line(20) + line(30) });
  expect(dataOf(run, 'training.run.started')).toMatchObject([
    { attempt: 1 },
    { attempt: 2, resumedFrom: { attempt: 1, step: 10 } },
  ]);
});

it('does not begin an attempt at the timers of an evaluation or of a checkpoint', async () => {
  const timers = [
    '(min, max) time across ranks (ms):',
    '    evaluate .......................................: (1503.25, 1504.75)',
    '    optimizer ......................................: (12.50, 12.75)',
    ' validation loss at iteration 20 | lm loss value: 3.250000E+00 | lm loss PPL: 2.579034E+01 | ',
  ];
  const run = await readBy(megatronLog, {
    'a.log': `${line(10) + line(20) + timers.join('\n')}\n${line(30)}`,
  });
  expect(dataOf(run, 'training.run.started')).toHaveLength(1);
  expect(dataOf(run, 'training.run.started')).toMatchObject([{ config: {} }]);
  expect(dataOf(run, 'training.steps.recorded')).toMatchObject([
    { attempt: 1, steps: [10, 20, 30], columns: { 'lm loss validation': [null, 3.25, null] } },
  ]);
});

it('does not guess which of several iterations were skipped', async () => {
  const skip = (count: number) =>
    `lm loss: 2.0 | number of skipped iterations: ${count} | number of nan iterations: 0 |`;
  const run = await readBy(megatronLog, {
    'a.log': line(10, skip(0)) + line(20, skip(3)) + line(30, skip(10)),
  });
  expect(dataOf(run, 'training.steps.skipped')).toMatchObject([
    { steps: [21, 22, 23, 24, 25, 26, 27, 28, 29, 30] },
  ]);
  expect(run.warnings).toMatchObject([{ code: 'skipped_steps_unknown', count: 3 }]);
});

it('reads the fields in any order, after a rank, with units, without a last bar and with CRLF', async () => {
  const text =
    '[default7]: samples/sec: 5.4 | iteration 10/ 320 | lm_loss: 1.5E+00 | approx flops per GPU: 1.1TFLOPS | loss scale: nan\r\n' +
    '[default7]: samples/sec: 5.5 | iteration 20/ 320 | lm_loss: 1.4E+00 | approx flops per GPU: 1.2TFLOPS | loss scale: 1.0\r\n';
  const run = await readBy(megatronLog, { 'a.log': text });
  expect([...columnOf(run, 'loss')]).toEqual([
    [10, 1.5],
    [20, 1.4],
  ]);
  expect(columnOf(run, 'approx flops per GPU').get(20)).toBe(1.2);
  expect(columnOf(run, 'samples/sec').get(10)).toBe(5.4);
  expect(await kindsOf({ 'a.log': text })).toEqual(['megatron-log']);
});

it('leaves out the last field of a truncated line', async () => {
  const whole = line(1) + line(2, 'lm loss: 1.25E+00 | grad norm: 12.5 |');
  const run = await readBy(megatronLog, { 'a.log': whole.slice(0, whole.lastIndexOf('2.5 |')) });
  expect(columnOf(run, 'loss').get(2)).toBe(1.25);
  expect(columnOf(run, 'gradNorm').size).toBe(0);
  expect(run.rejected).toMatchObject([{ source: 'a.log:line:2' }]);
});

it('rejects a file without iterations and does not match it', async () => {
  const files = { 'a.log': 'iteration of thought | nothing\n', 'b.log': '' };
  expect(await kindsOf(files)).toEqual([]);
  expect((await readBy(megatronLog, files)).rejected).toHaveLength(2);
});

it('reads fields without a colon, as the first versions wrote them', async () => {
  const fields = 'elapsed time per iteration (ms): 600.1 | learning rate 1.5E-05 | lm loss 9.2E+00 |';
  const run = await readBy(megatronLog, { 'a.log': line(100, fields) });
  expect([...columnOf(run, 'loss')]).toEqual([[100, 9.2]]);
  expect(columnOf(run, 'learningRate').get(100)).toBe(1.5e-5);
});

it('reads lines of nanotron, whose numbers have a unit prefix', async () => {
  const text =
    '12/05/2023 10:01:02 [INFO|DP=0|PP=0|TP=0]: iteration: 10 / 1000 | consumed_tokens: 2.1M | tokens_per_sec: 65.5K | lm_loss: 10.5 | lr: 0.0003\n';
  const run = await readBy(megatronLog, { 'a.log': text });
  expect(columnOf(run, 'consumed_tokens').get(10)).toBe(2_100_000);
  expect(columnOf(run, 'tokens_per_sec').get(10)).toBe(65_500);
  expect(columnOf(run, 'loss').get(10)).toBe(10.5);
  expect(await kindsOf({ 'a.log': text })).toEqual(['megatron-log']);
});

it('distinguishes final losses of the test set and the validation set', async () => {
  const end = (set: string, loss: string) =>
    ` validation loss at the end of training for ${set} data | lm loss value: ${loss} |\n`;
  const run = await readBy(megatronLog, { 'a.log': line(10) + end('val', '2.5') + end('test', '2.75') });
  expect(columnOf(run, 'lm loss validation').get(10)).toBe(2.5);
  expect(columnOf(run, 'lm loss test').get(10)).toBe(2.75);
});

it('is recognised if the first iteration is after the head of the file, and with colours', async () => {
  const text = `${'[rank0] loading a checkpoint shard\n'.repeat(3000)}\u001B[32m${line(1)}\u001B[0m`;
  expect(await kindsOf({ 'slurm-1.out': text })).toEqual(['megatron-log']);
  expect(columnOf(await readBy(megatronLog, { 'slurm-1.out': text }), 'loss').get(1)).toBe(2);
});

it('is recognised behind any text of which no line says what it is', async () => {
  const trace = '+ export MASTER_PORT=6000\n+ srun python train.py\n'.repeat(4000);
  expect(await kindsOf({ 'job.out': `${trace}${line(1)}${line(2)}` })).toEqual(['megatron-log']);
  expect(await kindsOf({ 'job.out': trace })).toEqual([]);
});

it('does not list skipped steps up to a corrupted number', async () => {
  const far = line(900_000_000_000, 'lm loss: 2.0 | number of skipped iterations: 900000000000 |');
  const run = await readBy(megatronLog, { 'a.log': line(10) + far });
  expect(dataOf(run, 'training.steps.skipped')).toEqual([]);
  expect(codesOf(run)).toEqual(['skipped_steps_unknown']);
});

it.each(['one attempt', 'many attempts'])(
  'lists no more skipped steps than a hundred thousand without a line of their own, of %s',
  async (kind) => {
    const skips = Array.from({ length: 200 }, (_none, at) => {
      const step = (at + 1) * 100_000;
      const skip = 'lm loss: 2.5 | number of skipped iterations: 100000 |';
      return kind === 'one attempt' ? line(step, skip) : line(1) + line(100_001, skip);
    });
    const run = await readBy(megatronLog, { 'a.log': skips.join('') });
    const listed = dataOf(run, 'training.steps.skipped').map((data) => ('steps' in data ? data.steps : []));
    expect(listed.flat()).toHaveLength(100_000);
    expect(run.warnings).toMatchObject([{ code: 'skipped_steps_unknown', count: 199 * 100_000 }]);
  },
);

it('keeps the id of a log that grows, and gives another log with the same name another id', async () => {
  const lines = Array.from({ length: 40 }, (_value, step) => line(step + 1)).join('');
  const [short, long, other] = await Promise.all(
    [lines.slice(0, lines.indexOf('iteration 30')), lines, line(7) + lines].map(async (text) => {
      const [started] = dataOf(await readBy(megatronLog, { 'a.log': text }), 'training.run.started');
      return started && 'runId' in started ? started.runId : undefined;
    }),
  );
  expect(long).toBe(short);
  expect(other).not.toBe(short);
});

it('reads the progress bar of NeMo, each step once', async () => {
  const bar = (step: number, loss: string) =>
    `Epoch 0: :   1%|▏  | ${step + 1}/1000 [00:30<50:00, 3.1s/it, v_num=1, reduced_train_loss=${loss}, global_step=${step}.000, consumed_samples=5120.0]\r`;
  const text = bar(9, '10.25') + bar(9, '10.25') + bar(19, '9.5');
  expect(await kindsOf({ 'nemo.log': text })).toEqual(['megatron-log']);
  const run = await readBy(megatronLog, { 'nemo.log': text });
  expect(dataOf(run, 'training.steps.recorded')).toMatchObject([
    { attempt: 1, steps: [9, 19], columns: { loss: [10.25, 9.5], consumed_samples: [5120, 5120] } },
  ]);
});

it('takes no more than linear work for a line with many dates and no iteration', async () => {
  const dates = '[2024-01-02 03:04:05] '.repeat(200_000);
  const run = await readBy(megatronLog, { 'a.log': `${line(1)}${dates}\n[2024-01-02 03:04:05]${line(2)}` });
  expect(columnOf(run, 'loss').size).toBe(2);
  expect(codesOf(run)).toEqual(['time_zone_unknown']);
});
