import { expect, it } from 'vitest';
import { logLine } from './log-line.ts';

/** No line that is read is longer. */
const LONGEST = 8192;

const filled = (start: string, repeated: string, end = ''): string =>
  start + repeated.repeat(Math.floor((LONGEST - start.length - end.length) / repeated.length)) + end;

it('takes no more than linear work for blanks before, in and after a field', () => {
  const step = ' iteration 1/ 2 |';
  const blank = filled(step, ' ', '|');
  const named = filled(`${step} lm loss`, ' ', ': 2.5 |');
  for (const line of [blank, filled(step, '\t', 'x |')])
    expect(logLine(line, true)).toMatchObject({ kind: 'iteration', fields: [] });
  expect(logLine(named, true)).toMatchObject({ fields: [['lm loss', 2.5]] });
});

it('takes no more than linear work for a progress bar without end or step', () => {
  for (const text of [
    filled('1/2 [', '<,'),
    filled('1/2 [<,', ' ', ']'),
    filled('', '1'),
    filled('1/2 [', '<'),
  ])
    expect(logLine(text, true)).toBeUndefined();
  const step = filled('1/2 [1<2,', ' ', 'global_step=3]');
  expect(logLine(step, true)).toMatchObject({ step: 3, fields: [['global_step', 3]] });
  expect(logLine(filled('1/2 [1<2, global_step=3,', ' ', ']'), true)).toMatchObject({ step: 3 });
});

it('takes no more than linear work for validations without a bar and checkpoints without an iteration', () => {
  const lines = [
    filled('', 'test loss at end of training '),
    filled('', 'loading checkpoint from '),
    filled('1/2 [1<2, global_step=3,', ' ', 'x]'),
  ];
  for (let times = 0; times < 12_000; times += 1) for (const line of lines) logLine(line, true);
  expect(lines.map((line) => logLine(line, true)?.kind)).toEqual([undefined, undefined, 'iteration']);
});

it('reads a field behind a rank, a time, and where the prefix is its name', () => {
  const fieldsOf = (part: string) => {
    const line = logLine(` iteration 1/ 2 |${part}|`, true);
    return line?.kind === 'iteration' ? line.fields : undefined;
  };
  expect(fieldsOf(' [default7]:  lm  loss : 2.5  x ')).toEqual([['lm loss', 2.5]]);
  expect(fieldsOf(' 7: a:b: 2.5')).toEqual([]);
  expect(fieldsOf('[2024-01-02 03:04:05] loss:nan')).toEqual([['loss', Number.NaN]]);
  expect(fieldsOf('[x]: 3')).toEqual([['[x]', 3]]);
  expect(fieldsOf('1.5: 3')).toEqual([['1.5', 3]]);
  expect(fieldsOf(' : 3')).toEqual([]);
});

it('takes no step of more digits than an event can hold', () => {
  const many = '9'.repeat(16);
  const most = '9'.repeat(15);
  expect(logLine(`successfully saved checkpoint at iteration ${most} to x`, true)).toMatchObject({
    step: Number(most),
  });
  for (const line of [
    `iteration ${many}/ 10 | lm loss: 1 |`,
    `successfully saved checkpoint at iteration ${many} to x`,
    `successfully loaded checkpoint from x at iteration ${many}`,
  ])
    expect(logLine(line, true)).not.toMatchObject({ step: Number(many) });
});

it.each(['9.5', '99999999999999999999', '1, global_step=nan'])(
  'takes no step of a progress bar that no event can hold: %s',
  (step) => {
    const bar = (global: string) => `1/2 [00:30<50:00, 3.1s/it, loss=2.5, global_step=${global}]`;
    expect(logLine(bar('9.000'), true)).toMatchObject({ kind: 'iteration', step: 9 });
    expect(logLine(bar(step), true)).toBeUndefined();
  },
);
