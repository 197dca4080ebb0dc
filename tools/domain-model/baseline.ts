import {
  chunksOf,
  DOMAINS,
  MEASURES,
  measuresOf,
  randomNumbers,
  softmax,
} from '../../libs/attributes/domain/src/index.ts';
import type { Example } from './examples.ts';

const SIZE = DOMAINS.length;
const WIDTH = MEASURES.length;

/**
 * What must be beaten: softmax regression over twenty-one plain measures (shares of keywords, brackets, operators,
 * sentences, indentation …), square roots of them, standardised.
 */
export function fitBaseline(train: readonly Example[]): (example: Example) => number[][] {
  const rows = train.map((example) => ({ values: rowsOf(example), example }));
  const all = rows.flatMap(({ values }) => values);
  const means = MEASURES.map((_, index) => all.reduce((sum, row) => sum + row[index]!, 0) / all.length);
  const spreads = MEASURES.map(
    (_, index) =>
      Math.sqrt(all.reduce((sum, row) => sum + (row[index]! - means[index]!) ** 2, 0) / all.length) || 1,
  );
  const standard = (row: readonly number[]): number[] =>
    row.map((value, index) => (value - means[index]!) / spreads[index]!);
  const weights = Array.from({ length: SIZE }, () => new Float64Array(WIDTH + 1));
  const logitsOf = (row: readonly number[]): number[] =>
    weights.map((one) => one[WIDTH]! + row.reduce((sum, value, index) => sum + value * one[index]!, 0));
  const random = randomNumbers(63);
  const byDomain = DOMAINS.map((_, label) => rows.filter(({ example }) => example.label === label)).filter(
    ({ length }) => length > 0,
  );
  const steps = train.length * 10;
  for (let step = 0; step < steps; step++) {
    const own = byDomain[Math.floor(random() * byDomain.length)]!;
    const { values, example } = own[Math.floor(random() * own.length)]!;
    const row = standard(values[Math.floor(random() * values.length)]!);
    const rate = 0.05 / (1 + step / 20_000);
    softmax(logitsOf(row)).forEach((share, domain) => {
      const gradient = share - example.target[domain]!;
      weights[domain]![WIDTH]! -= rate * gradient;
      for (let index = 0; index < WIDTH; index++) weights[domain]![index]! -= rate * gradient * row[index]!;
    });
  }
  return (example) => rowsOf(example).map((row) => logitsOf(standard(row)));
}

const cache = new WeakMap<Example, number[][]>();
function rowsOf(example: Example): number[][] {
  const known = cache.get(example);
  if (known !== undefined) return known;
  const rows = chunksOf(example.text).map((chunk) => measuresOf(chunk).map(Math.sqrt));
  cache.set(example, rows);
  return rows;
}
