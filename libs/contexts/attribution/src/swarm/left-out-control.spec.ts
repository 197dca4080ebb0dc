import { describe, expect, it } from 'vitest';
import { random } from '../numerics/random.ts';
import { aSwarm } from '../surfaces/planted-surfaces.fixture.ts';
import { fitSurface } from '../surfaces/response-surface.ts';
import { leftOutMixtures } from './left-out-control.ts';

const linear = (x: Float64Array) => 0.5 * x[0]! + 0.2 * x[1]! + 0.9 * x[2]!;
const surfaceOf = (mixtures: number, seed = 1) =>
  fitSurface(aSwarm(linear, { mixtures, seeds: 1, noise: 0.1, seed }), random(1))!;

describe('the control that leaves mixtures out', () => {
  it('passes where the surface knows its noise, and says what it would have noticed', () => {
    const control = leftOutMixtures(surfaceOf(24), 0.95);
    expect(control).toMatchObject({ name: 'left_out_mixtures', outcome: 'passed', trials: 24 });
    expect(control.text).toContain('less than 74 % would be noticed');
  });

  it('fails where a sixth of the runs are off by far', () => {
    const swarm = aSwarm(linear, { mixtures: 64, seeds: 1, noise: 0.02 });
    const values = swarm.values.map((value, run) =>
      run % 6 === 5 ? value + (run % 4 === 1 ? 1 : -1) : value,
    );
    const surface = fitSurface({ ...swarm, values }, random(1))!;
    expect(leftOutMixtures(surface, 0.95).outcome).toBe('failed');
  });

  it('notices less in few mixtures than in many', () => {
    const noticed = [8, 24, 64].map((mixtures) => {
      const { text } = leftOutMixtures(surfaceOf(mixtures), 0.95);
      return Number(/less than (\d+) %/.exec(text)?.[1]);
    });
    expect(noticed).toEqual(noticed.toSorted((left, right) => left - right));
    expect(new Set(noticed).size).toBe(3);
  });
});
