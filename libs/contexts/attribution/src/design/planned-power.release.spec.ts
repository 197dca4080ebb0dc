import { recordFigures } from '@tributary/fixtures';
import { describe, expect, it } from 'vitest';
import { shareFound, swarmsThatRan } from './simulated-plans.fixture.ts';

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

const ABLATIONS = [
  { before: 3, after: 6 },
  { before: 3, after: 9 },
  { before: 5, after: 10 },
].flatMap((seeds) =>
  [false, true].map((blocked) => ({
    ...seeds,
    blocked,
    name: `${seeds.before} ${blocked ? 'pairs' : 'seeds an arm'}, ${seeds.after} once it has run`,
  })),
);

describe.each(ABLATIONS)('a plan made from $name', ({ name, ...planned }) => {
  it('finds the effect that it calls detectable in 77 to 89 % of experiments, for a stated 80 %', () => {
    const found = shareFound({ ...planned, repetitions: 1000, seed: planned.after });
    recordFigures(`Plan of an ablation, ${name}`, { 'experiments that find the effect': percent(found) });
    expect(found).toBeGreaterThanOrEqual(0.77);
    expect(found).toBeLessThanOrEqual(0.89);
  });
});

const SWARMS = [
  ['logarithm', (shares: Float64Array) => 0.5 * Math.log(shares[0]! + 0.05) + 0.2 * shares[1]!],
  ['plane', (shares: Float64Array) => 1.8 * shares[0]! + 0.2 * shares[1]!],
] as const;

describe.each(SWARMS)('a plan for a swarm over a %s', (name, truth) => {
  it.each([0.45, 0.6])('promises a power that its runs reach within 15 points, noise %d', (noise) => {
    const { promised, found, ratio } = swarmsThatRan({ truth, noise, repetitions: 150 });
    recordFigures(`Plan of a swarm, ${name}, noise ${noise}`, {
      'power promised for the true effect, mean': percent(promised),
      'swarms that find it': percent(found),
      'promised standard error over that of the new answer, median': ratio.toFixed(2),
    });
    expect(Math.abs(promised - found)).toBeLessThanOrEqual(0.15);
    expect(ratio).toBeGreaterThan(0.85);
    expect(ratio).toBeLessThan(1.2);
  });
});
