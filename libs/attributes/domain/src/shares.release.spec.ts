import { recordFigures } from '@tributary/fixtures';
import { expect, it } from 'vitest';
import { randomNumbers } from './random.ts';
import { coverage, sourcesOf } from './shares.fixture.ts';

it('covers the true mix in 93 to 97 % of a thousand shards of known composition', () => {
  let covered = 0;
  let intervals = 0;
  for (let population = 0; population < 10; population++) {
    const random = randomNumbers(63 + population);
    const part = coverage(100, sourcesOf(random), random);
    covered += part.covered;
    intervals += part.intervals;
  }
  const share = covered / intervals;
  recordFigures('shards of known composition', {
    intervals,
    'of these cover the true share': `${(100 * share).toFixed(1)} %`,
  });
  expect(intervals).toBe(7000);
  expect(share).toBeGreaterThanOrEqual(0.93);
  expect(share).toBeLessThanOrEqual(0.97);
});
