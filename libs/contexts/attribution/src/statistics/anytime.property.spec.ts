import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { random } from '../numerics/random.ts';
import { anytimeComparison } from './anytime.ts';
import { looksAt } from './peeking.fixture.ts';
import { studentComparison } from './welch.ts';

const STREAMS = 4000;

/** Two standard errors of a share of this size over the streams. */
const slack = (share: number) => 2 * Math.sqrt((share * (1 - share)) / STREAMS);

describe.each([
  ['pairs', { isPaired: true }],
  ['two arms of equal noise', { isPaired: false }],
  ['two arms, one of three times the noise', { isPaired: false, sd: 3 }],
])('looks after each seed without an effect, from three seeds to ten: %s', (_, setting) => {
  const looks = looksAt({ ...setting, generator: random(40), streams: STREAMS, seeds: 10 });

  it('show an interval without the truth in at most 2.5 % of all streams', () => {
    expect(looks.missed).toBeLessThanOrEqual(0.025);
    expect(looks.bounded).toBeGreaterThan(0.99);
  });

  it('find an effect at the first look that shows one in at most 6.5 %, the planned look included, and else far more often', () => {
    expect(looks.stopped).toBeLessThanOrEqual(0.065 + slack(0.065));
    expect(looks.stoppedByFixed).toBeGreaterThan(0.12);
  });
});

const estimates = fc.record({
  effect: fc.double({ min: -50, max: 50, noNaN: true }),
  standardError: fc.double({ min: 0.01, max: 10, noNaN: true }),
  degreesOfFreedom: fc.double({ min: 1, max: 60, noNaN: true }),
});

it('has a p value of at most 1 - level exactly where its interval excludes zero, and one above that of a planned look', () => {
  fc.assert(
    fc.property(estimates, fc.double({ min: 1, max: 60, noNaN: true }), (estimate, observations) => {
      const { interval, pValue } = anytimeComparison({ estimate, observations }, 0.95);
      const excludes = interval !== null && (interval.low > 0 || interval.high < 0);
      const isBorder = Math.abs(pValue - 0.05) < 1e-9;
      expect(isBorder || pValue < 0.05 === excludes).toBe(true);
      const planned = studentComparison(estimate, 0.95, 'fixed');
      expect(pValue).toBeGreaterThanOrEqual(Math.min(1, planned.pValue * (1 - 1e-9)));
      expect(interval?.high ?? Infinity).toBeGreaterThan(planned.interval.high);
    }),
  );
});

it('has no interval where a few outcomes cannot decide, and a p value without an error', () => {
  const estimate = { effect: 9, standardError: 1, degreesOfFreedom: 1 };
  expect(anytimeComparison({ estimate, observations: 1 }, 0.95).interval).toBeNull();
  const certain = { effect: 1, standardError: 0, degreesOfFreedom: 4 };
  expect(anytimeComparison({ estimate: certain, observations: 5 }, 0.95).pValue).toBeLessThan(0.001);
  expect(anytimeComparison({ estimate: { ...certain, effect: 0 }, observations: 5 }, 0.95).pValue).toBe(1);
});
