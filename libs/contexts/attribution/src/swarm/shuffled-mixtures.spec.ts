import { describe, expect, it } from 'vitest';
import { random } from '../numerics/random.ts';
import { aSwarm } from '../surfaces/planted-surfaces.fixture.ts';
import { fitSurface } from '../surfaces/response-surface.ts';
import type { ResponseSurface } from '../surfaces/response-surface.ts';
import { finiteEffect } from '../surfaces/surface-effect.ts';
import { shuffledMixtureLabels, shuffledSurfaces } from './shuffled-mixtures.ts';

const linear = (x: Float64Array) => 0.5 * x[0]! + 0.2 * x[1]! + 0.9 * x[2]!;
const more = Float64Array.from([0.4, 0.2, 0.2, 0.2]);
const less = Float64Array.from([0.1, 0.3, 0.3, 0.3]);
const contrast = { more, less, direction: more };

/** A surface that takes its noise to be a hundredth of what it is. */
const overconfident = (surface: ResponseSurface): ResponseSurface => ({
  ...surface,
  draws: surface.draws.map((draw) => ({ ...draw, squares: draw.squares / 1e4 })),
});

describe('outcomes that are shuffled among the mixtures', () => {
  const swarm = aSwarm(linear, { mixtures: 24, seeds: 1, noise: 0.1 });
  const effect = finiteEffect(fitSurface(swarm, random(1))!, contrast, 0.95);
  const shuffled = shuffledSurfaces(swarm, random(2));

  it('show no effect, less often one as large as the actual one, and say what would be noticed', () => {
    const control = shuffledMixtureLabels(shuffled, contrast, effect, 24);
    expect(control).toMatchObject({ outcome: 'passed', trials: 19, attainableLevel: 1 / 20 });
    expect(control.falsePositives).toBeLessThan(5);
    expect(control.text).toMatch(/from 5 on the control fails, and a surface that finds one in 3\d\.\d %/);
    expect(control.text).toContain('the smallest p that this control can reach is 5.0 %');
  });

  it('fail a surface whose intervals are too narrow', () => {
    const narrow = { ...shuffled, surfaces: shuffled.surfaces.map(overconfident) };
    const control = shuffledMixtureLabels(narrow, contrast, effect, 24);
    expect(control.outcome).toBe('failed');
    expect(control.falsePositives).toBeGreaterThanOrEqual(5);
  });

  it('are those of a part of a large swarm', () => {
    const ofPart = shuffledSurfaces(aSwarm(linear, { mixtures: 62, seeds: 1, noise: 0.1 }), random(2));
    expect(ofPart).toMatchObject({ runs: 60 });
    expect(ofPart.surfaces).toHaveLength(19);
  });
});
