import { describe, expect, it } from 'vitest';
import { lawsOf } from './simulated-laws.fixture.ts';

const REPETITIONS = 120;

/** Two standard errors of a share of this size over the repetitions. */
const slack = (share: number) => 2 * Math.sqrt((share * (1 - share)) / REPETITIONS);

/* The release tier repeats these often enough to need no slack. */
describe.each([
  [3, false],
  [5, true],
])('five questions of one request, with %i seeds an arm, the same in both: %s', (seeds, blocked) => {
  it('rarely get a word where there is no effect, and their intervals cover', () => {
    const laws = lawsOf({ seeds, blocked, repetitions: REPETITIONS });
    expect(laws.spoke).toBeLessThanOrEqual(0.065 + slack(0.065));
    expect(laws.unadjusted).toBeGreaterThan(laws.spoke);
    expect(Math.abs(laws.coverage - 0.95)).toBeLessThanOrEqual(0.02 + slack(0.05));
  });

  it('hold the rate of wrong words where two of five are real, and find those', () => {
    const effects = { code: 5, math: -5 };
    const laws = lawsOf({ seeds, blocked, repetitions: REPETITIONS, effects });
    expect(laws.falseDiscoveries).toBeLessThanOrEqual(0.055 + slack(0.055));
    expect(laws.power).toBeGreaterThan(0.75);
  });
});
