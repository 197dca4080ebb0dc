import { expect, it } from 'vitest';
import {
  codesOf,
  columnOf,
  dataOf,
  importedBy,
  kindsOf,
  readBy,
  sample,
} from '../run-history/tracker-samples.suite.ts';
import { megatronLog } from './megatron-log.ts';

it('parts a log at a restart, which continues at the loaded checkpoint', async () => {
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

it('reads every field, infinite ones and validation losses too', async () => {
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

it('records skipped iterations, those with a loss that is no number apart', async () => {
  const [run] = await importedBy('megatron-log', await sample('megatron'));
  expect(dataOf(run, 'training.steps.skipped')).toMatchObject([
    { attempt: 1, reason: 'overflow', steps: [1] },
    { attempt: 1, reason: 'nan', steps: [3] },
  ]);
});

const line = (step: number, fields = 'lm loss: 2.0 | learning rate: 1.0E-04 |') =>
  ` iteration ${step}/ 100 | ${fields}\n`;

it('begins an attempt where the iteration goes back, without any other sign', async () => {
  const run = await readBy(megatronLog, { 'a.log': line(10) + line(20) + line(30) + line(20) + line(30) });
  expect(dataOf(run, 'training.run.started')).toMatchObject([
    { attempt: 1 },
    { attempt: 2, resumedFrom: { attempt: 1, step: 10 } },
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

it('reads the fields in any order, behind a rank, with units, without a last bar and with CRLF', async () => {
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

it('leaves out the last field of a line that is cut short', async () => {
  const whole = line(1) + line(2, 'lm loss: 1.25E+00 | grad norm: 12.5 |');
  const run = await readBy(megatronLog, { 'a.log': whole.slice(0, whole.lastIndexOf('2.5 |')) });
  expect(columnOf(run, 'loss').get(2)).toBe(1.25);
  expect(columnOf(run, 'gradNorm').size).toBe(0);
  expect(run.rejected).toMatchObject([{ source: 'a.log:line:2' }]);
});

it('rejects a file without iterations and says no to it', async () => {
  const files = { 'a.log': 'iteration of thought | nothing\n', 'b.log': '' };
  expect(await kindsOf(files)).toEqual([]);
  expect((await readBy(megatronLog, files)).rejected).toHaveLength(2);
});
