import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Instrument } from './attribute.ts';
import { scaffoldAttribute } from './scaffold-attribute.ts';

const CODE = `export function sum(values: readonly number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

export const mean = (values: readonly number[]): number => {
  if (values.length === 0) throw new RangeError('no values');
  return sum(values) / values.length;
};
`;
const PROSE = `The harbour was built in the nineteenth century, when the lower course of the river had been straightened. Most of the
people of the region speak the eastern dialect, and wheat, flax and wool are what they live from.
`;

let instrument: Instrument;
beforeEach(async () => {
  const opened = await scaffoldAttribute.open({});
  if (!opened.ok) throw new Error(opened.text);
  instrument = opened.instrument;
});
afterEach(() => instrument.close());

const thresholds = { '50': 0.5, '70': 0.7, '90': 0.9, '95': 0.95 };

it('gives the densities of a file without documents as 0', () => {
  expect(instrument.totals?.('none')).toEqual({
    density_50: 0,
    density_70: 0,
    density_90: 0,
    density_95: 0,
  });
});

it('scores code high and prose low, and names for each threshold what is over it', async () => {
  const measured = await instrument.measure(
    [CODE, PROSE, ''].map((text, row) => ({ path: 'texts', row, text })),
  );
  const values = measured.map((one) => ('values' in one ? one.values : {}));
  const scores = values.map(({ scaffold_score: score }) => Number(score));
  expect(scores[0]).toBeGreaterThan(0.9);
  expect(scores[1]).toBeLessThan(0.1);
  for (const [name, least] of Object.entries(thresholds))
    expect(values.map((one) => one[`scaffold_${name}`])).toEqual(scores.map((score) => score >= least));
  expect(scaffoldAttribute.groups?.({ scaffold_score: 1 })).toEqual({ score: '0.9-1.0' });
  expect(scaffoldAttribute.groups?.({ scaffold_score: 0.3 })).toEqual({ score: '0.3-0.4' });
});

it('gives as density the share of the characters of a file that is over a threshold, whatever the batches', async () => {
  const texts = Array.from({ length: 70 }, (_, row) => (row % 3 === 0 ? CODE : PROSE).repeat(1 + (row % 4)));
  const measured = await instrument.measure(texts.map((text, row) => ({ path: 'mixed', row, text })));
  await instrument.measure([{ path: 'other', row: 0, text: CODE }]);
  for (const [name, least] of Object.entries(thresholds)) {
    const over = texts.filter((_, row) => {
      const one = measured[row]!;
      return 'values' in one && Number(one.values['scaffold_score']) >= least;
    });
    const [some, every] = [over.join('').length, texts.join('').length];
    expect(some).toBeGreaterThan(0);
    expect(some).toBeLessThan(every);
    expect(instrument.totals?.('mixed')[`density_${name}`]).toBeCloseTo(some / every, 12);
    expect(instrument.totals?.()[`density_${name}`]).toBeCloseTo(
      (some + CODE.length) / (every + CODE.length),
      12,
    );
  }
});
