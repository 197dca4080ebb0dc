import { chunksOf, measuresOf, randomNumbers, softmax } from '../../libs/attributes/domain/src/index.ts';
import type { Example } from './examples.ts';

/** What a document is measured by, one row for each part that is looked at. */
type Measure = (text: string) => readonly (readonly number[])[];

/** Twenty-one plain measures (shares of keywords, brackets, operators, sentences, indentation …), square roots of them. */
const plainMeasures: Measure = (text) => chunksOf(text).map((chunk) => measuresOf(chunk).map(Math.sqrt));

/** What the domain model must beat. */
export const fitBaseline = (train: readonly Example[]): ((example: Example) => number[][]) =>
  fitMeasures(train, plainMeasures);

/** Softmax regression over standardised measures. */
export function fitMeasures(train: readonly Example[], measure: Measure): (example: Example) => number[][] {
  const rows = train.map((example) => ({ values: rowsOf(example, measure), example }));
  const all = rows.flatMap(({ values }) => values);
  const width = all[0]!.length;
  const columns = Array.from({ length: width }, (_, index) => index);
  const means = columns.map((index) => all.reduce((sum, row) => sum + row[index]!, 0) / all.length);
  const spreads = columns.map(
    (index) =>
      Math.sqrt(all.reduce((sum, row) => sum + (row[index]! - means[index]!) ** 2, 0) / all.length) || 1,
  );
  const standard = (row: readonly number[]): number[] =>
    row.map((value, index) => (value - means[index]!) / spreads[index]!);
  const labels = train[0]!.target.map((_, label) => label);
  const weights = labels.map(() => new Float64Array(width + 1));
  const logitsOf = (row: readonly number[]): number[] =>
    weights.map((one) => one[width]! + row.reduce((sum, value, index) => sum + value * one[index]!, 0));
  const random = randomNumbers(63);
  const byLabel = labels
    .map((label) => rows.filter(({ example }) => example.label === label))
    .filter(({ length }) => length > 0);
  const steps = train.length * 10;
  for (let step = 0; step < steps; step++) {
    const own = byLabel[Math.floor(random() * byLabel.length)]!;
    const { values, example } = own[Math.floor(random() * own.length)]!;
    const row = standard(values[Math.floor(random() * values.length)]!);
    const rate = 0.05 / (1 + step / 20_000);
    softmax(logitsOf(row)).forEach((share, label) => {
      const gradient = share - example.target[label]!;
      weights[label]![width]! -= rate * gradient;
      for (let index = 0; index < width; index++) weights[label]![index]! -= rate * gradient * row[index]!;
    });
  }
  return (example) => rowsOf(example, measure).map((row) => logitsOf(standard(row)));
}

const cache = new WeakMap<Measure, WeakMap<Example, readonly (readonly number[])[]>>();
function rowsOf(example: Example, measure: Measure): readonly (readonly number[])[] {
  const own = cache.get(measure) ?? new WeakMap<Example, readonly (readonly number[])[]>();
  cache.set(measure, own);
  const rows = own.get(example) ?? measure(example.text);
  own.set(example, rows);
  return rows;
}
