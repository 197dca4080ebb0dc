import { describe, expect, it } from 'vitest';
import { random } from '../numerics/random.ts';
import { aSwarm } from '../surfaces/planted-surfaces.fixture.ts';
import { fitSurface } from '../surfaces/response-surface.ts';
import { finiteEffect } from '../surfaces/surface-effect.ts';
import type { Observations } from '../surfaces/surface.ts';
import { plantedSwarmEffect } from './swarm-controls.ts';

const linear = (x: Float64Array) => 0.5 * x[0]! + 0.2 * x[1]! + 0.9 * x[2]!;

/** Much of the first slice against little, the others in proportion. */
function controlOf(observations: Observations) {
  const surface = fitSurface(observations, random(1))!;
  const more = Float64Array.from([0.4, 0.2, 0.2, 0.2]);
  const less = Float64Array.from([0.1, 0.3, 0.3, 0.3]);
  const contrast = { more, less, direction: more };
  return plantedSwarmEffect(surface, contrast, finiteEffect(surface, contrast, 0.95), random(2));
}

describe('an effect that is planted in a swarm', () => {
  it('is found where the surface follows the outcomes', () => {
    const control = controlOf(aSwarm(linear, { mixtures: 30, seeds: 1, noise: 0.1 }));
    expect(control).toMatchObject({ name: 'planted_effect', outcome: 'passed', trials: 1, found: 1 });
  });

  it('is missed where the surface takes the outcomes for noise, and the text names a size that is found', () => {
    const control = controlOf(aSwarm(() => 0, { mixtures: 24, seeds: 1, noise: 0.1, seed: 4 }));
    expect(control).toMatchObject({ outcome: 'failed', found: 0 });
    expect(control.text).toMatch(/is missed; one of [\d.]+ is found/);
  });

  it('is not planted in large swarms', () => {
    const control = controlOf(aSwarm(linear, { mixtures: 51, seeds: 2 }));
    expect(control).toMatchObject({ outcome: 'not_run', planted: null });
  });
});
