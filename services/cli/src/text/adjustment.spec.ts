import { expect, it } from 'vitest';
import { ADJUSTMENT } from './adjustment.fixture.ts';
import { adjustmentLines } from './adjustment.ts';

const EFFECT: Parameters<typeof adjustmentLines>[0][number] = {
  estimand: { kind: 'dose', slice: 'code', capability: 'c', contrast: null, text: 't' },
  effect: 0.5,
  interval: { low: 0, high: 1, level: 0.95, method: 'hc3_t' },
  n: { runs: 10, seeds: 1 },
  adjustment: ADJUSTMENT,
};

it('prints an adjusted effect beside the unadjusted one, with its covariates, the strongest first', () => {
  const text = adjustmentLines([EFFECT]).join('\n');
  expect(text).toMatch(/code on c +0\.5 +\[0, 1\] +2 +\[0, 1\] +1 +4 +10 +7\.5 +0\.3/);
  expect(text).toMatch(/rate +logarithm +9 +10 +0\.25\nnode +not adjusted for/);
});

it('prints nothing where no effect is adjusted', () => {
  expect(adjustmentLines([{ ...EFFECT, adjustment: null }])).toEqual([]);
});
