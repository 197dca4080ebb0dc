import { describe, expect, it } from 'vitest';
import { random } from '../numerics/random.ts';
import { mixtureInterval, mixtureMean } from '../statistics/mixture-of-t.ts';
import { minusLogPosterior } from './log-posterior.ts';
import { aSwarm } from './planted-surfaces.fixture.ts';
import { fitSurface, newRunOf } from './response-surface.ts';
import { fitScheffe } from './scheffe.ts';
import { slopeEffect } from './surface-effect.ts';

const linear = (x: Float64Array) => 0.5 * x[0]! + 0.2 * x[1]! + 0.9 * x[2]! + 0.1 * x[3]!;
const curved = (x: Float64Array) => linear(x) - 1.5 * x[0]! * x[1]! + 2 * x[1]! * x[2]!;
const exponential = (x: Float64Array) => 1.4 + Math.exp(0.7 - 3 * x[0]! - x[1]!);
const rooted = (x: Float64Array) => 2 - Math.sqrt(x[0]!) - 0.5 * Math.log(x[1]! + 0.02);
const middle = Float64Array.of(0.25, 0.25, 0.25, 0.25);

const fitted = (truth: (x: Float64Array) => number, planted: Parameters<typeof aSwarm>[1]) =>
  fitSurface(aSwarm(truth, planted), random(1))!;

describe('a response surface', () => {
  it.each([
    ['a plane', linear],
    ['products', curved],
    ['an exponential law', exponential],
    ['a surface without a formula', rooted],
  ])('recovers %s', (_, truth) => {
    const surface = fitted(truth, { noise: 0.001, mixtures: 40, seeds: 1 });
    expect(mixtureMean(newRunOf(surface, middle))).toBeCloseTo(truth(middle), 2);
  });

  it('includes the noise of a run in the interval of a prediction', () => {
    const surface = fitted(linear, { noise: 0.1, mixtures: 60, seeds: 1 });
    const { low, high } = mixtureInterval(newRunOf(surface, middle), 0.95);
    expect((high - low) / 2).toBeGreaterThan(0.14);
    expect((high - low) / 2).toBeLessThan(0.27);
  });

  it('reports the slope of the planted surface along a direction', () => {
    const surface = fitted(curved, { noise: 0.001, mixtures: 40, seeds: 1 });
    const direction = Float64Array.of(1, -1 / 3, -1 / 3, -1 / 3);
    const { value } = slopeEffect(surface, { more: middle, less: middle, direction }, 0.95);
    const step = 1e-6;
    const moved = middle.map((share, index) => share + step * direction[index]!);
    expect(value).toBeCloseTo((curved(moved) - curved(middle)) / step, 1);
  });

  it('multiplies with the outcomes and does not depend on their origin', () => {
    const swarm = aSwarm(curved, { mixtures: 20, seeds: 1 });
    const scaled = { ...swarm, values: swarm.values.map((value) => 1000 * value - 7) };
    const [plain, other] = [swarm, scaled].map((one) =>
      mixtureMean(newRunOf(fitSurface(one, random(1))!, middle)),
    );
    expect(other).toBeCloseTo(1000 * plain! - 7, 2);
  });

  it('needs two mixtures more than slices, and outcomes that vary', () => {
    expect(fitSurface(aSwarm(linear, { mixtures: 5 }), random(1))).toBeUndefined();
    expect(
      fitSurface(
        aSwarm(() => 1, { noise: 0 }),
        random(1),
      ),
    ).toBeUndefined();
  });
});

describe('the posterior of the hyperparameters', () => {
  it('has the gradient of its density', () => {
    const { shares, values } = aSwarm(rooted, { mixtures: 12, noise: 0.1 });
    const runs = { shares: Float64Array.from(shares.flatMap((row) => [...row])), slices: 4, values };
    const z = Float64Array.of(0.3, -0.4, 0.2, 0.1, 0.2, -0.3, 0.4);
    const { gradient } = minusLogPosterior(runs, z);
    for (const [k, slope] of gradient.entries()) {
      const [above, below] = [1e-5, -1e-5].map(
        (step) =>
          minusLogPosterior(
            runs,
            z.map((value, at) => (at === k ? value + step : value)),
          ).value,
      );
      expect((above! - below!) / 2e-5 / slope).toBeCloseTo(1, 2);
    }
  });
});

describe('a Scheffé polynomial', () => {
  it('has the coefficients of a planted plane', () => {
    const { coefficients } = fitScheffe(aSwarm(linear, { noise: 0 }), 'linear');
    for (const [index, value] of [0.5, 0.2, 0.9, 0.1].entries())
      expect(coefficients[index]).toBeCloseTo(value, 6);
  });
});
