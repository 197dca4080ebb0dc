import { groupBy } from '@tributary/kernel';
import type { Point } from '../run-history/point.ts';
import { iterationsOf } from './attempts.ts';
import type { NumberedLine } from './attempts.ts';
import type { LogFields } from './log-line.ts';

const LOSS = /^lm[ _]loss value$/;

/**
 * One point for each field of each line. `tokens` is the number since the previous line: the difference of a running
 * total, or the samples of those steps times the sequence length if it is known.
 */
export function logPoints(lines: readonly NumberedLine[], sequence: number | undefined): Point[] {
  let last: number | undefined;
  const validation = lines.flatMap((line): Point[] => {
    if (line.kind === 'iteration') last = line.step;
    return line.kind === 'validation' ? validationPoints(line, last) : [];
  });
  let before: LogFields = [];
  const training = iterationsOf(lines).flatMap(({ line, covered }): Point[] => {
    const { step, fields, line: at } = line;
    const tokens = tokensOf(fields, before, covered, sequence);
    before = fields;
    const points = fields.map(([name, value]) => ({ key: name, step, value, at }));
    return distinct(tokens > 0 ? [...points, { key: 'tokens', step, value: tokens, at }] : points);
  });
  return [...training, ...validation];
}

/** NaN if the line does not state the tokens. */
// oxlint-disable-next-line max-params -- two lines and the steps between them
function tokensOf(fields: LogFields, before: LogFields, covered: number, sequence = Number.NaN): number {
  const grown = (name: string) => valueOf(fields, name) - valueOf(before, name);
  const batches = valueOf(fields, 'global batch size') * covered;
  const samples = [grown('consumed samples'), batches].find((count) => count > 0) ?? Number.NaN;
  return grown('consumed tokens') || samples * sequence;
}

const valueOf = (fields: LogFields, wanted: string): number =>
  fields.find(([name]) => name === wanted)?.[1] ?? Number.NaN;

/**
 * Validation points have the names that Megatron uses in TensorBoard: `lm loss validation`, `lm loss validation ppl`.
 */
function validationPoints(line: NumberedLine & { kind: 'validation' }, last: number | undefined): Point[] {
  return line.fields.map(([name, value]) => {
    const { set } = line;
    const key = name.replace(/ value$/, ` ${set}`).replace(/ PPL$/, ` ${set} ppl`);
    return {
      key: LOSS.test(name) ? `lm loss ${set}` : key,
      step: line.step ?? last ?? null,
      value,
      at: line.line,
    };
  });
}

/** Keeps the last value if a line repeats a field. */
const distinct = (points: readonly Point[]): Point[] =>
  [...groupBy(points, ({ key }) => key).values()].flatMap((same) => same.at(-1) ?? []);
