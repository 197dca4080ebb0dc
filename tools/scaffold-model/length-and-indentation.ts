import { fitMeasures } from '../domain-model/baseline.ts';
import type { Example } from '../domain-model/examples.ts';

/** What must be beaten: regression over nothing but how long a text is and how it is indented. */
export const fitLengthAndIndentation = (train: readonly Example[]): ((example: Example) => number[][]) =>
  fitMeasures(train, lengthAndIndentation);

function lengthAndIndentation(text: string): number[][] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const widths = lines.map((line) => /^[ \t]*/.exec(line)![0].replaceAll('\t', '    ').length);
  const count = Math.max(1, lines.length);
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  return [
    [
      Math.log1p(text.length),
      Math.log1p(lines.length),
      Math.log1p(text.length / count),
      widths.filter((width) => width >= 2).length / count,
      Math.log1p(sum(widths) / count),
    ],
  ];
}
