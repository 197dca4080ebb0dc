import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Instrument } from './attribute.ts';
import { domainAttribute } from './domain-attribute.ts';

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

let instrument: Instrument;
beforeAll(async () => {
  const opened = await domainAttribute.open({});
  if (!opened.ok) throw new Error(opened.text);
  instrument = opened.instrument;
});
afterAll(() => instrument.close());

it('has nothing to say of a mix before the first document', () => {
  expect(instrument.mix?.(0)).toBeUndefined();
});

it('gives each document a domain with probabilities that sum to one, and all of them a mix', async () => {
  const texts = [...Array.from({ length: 40 }, (_, index) => CODE.replaceAll('sum', `sum${index}`)), ''];
  const measured = await instrument.measure(texts.map((text, row) => ({ path: 'texts', row, text })));
  const [first] = measured;
  expect(first).toMatchObject({ values: { domain: 'code', abstained: false } });
  for (const one of measured) {
    const values = Object.entries('values' in one ? one.values : {});
    const probabilities = values.filter(([name]) => name.startsWith('p_')).map(([, value]) => Number(value));
    expect(probabilities).toHaveLength(7);
    expect(probabilities.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
  }
  const mix = instrument.mix?.(measured.length) ?? [];
  expect(mix.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
  for (const { share, low, high } of mix) expect(low <= share && share <= high).toBe(true);
  expect(mix[0]).toMatchObject({ bucket: 'code' });
  expect(mix[0]!.share).toBeGreaterThan(0.8);
});
