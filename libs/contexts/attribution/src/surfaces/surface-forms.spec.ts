import { describe, expect, it } from 'vitest';
import { aSwarm } from './planted-surfaces.fixture.ts';
import { fitGaussianProcess } from './gaussian-process-surface.ts';
import { fitLogLinear } from './log-linear.ts';
import { random } from '../numerics/random.ts';
import { foldsByMixture, fitSurface, predictValue } from './response-surface.ts';
import { fitScheffe } from './scheffe.ts';

const linear = (x: Float64Array) => 0.5 * x[0]! + 0.2 * x[1]! + 0.9 * x[2]! + 0.1 * x[3]!;
const curved = (x: Float64Array) => linear(x) - 1.5 * x[0]! * x[1]! + 2 * x[1]! * x[2]!;
const exponential = (x: Float64Array) => 1.4 + Math.exp(0.7 - 3 * x[0]! - x[1]!);
const rooted = (x: Float64Array) => 2 - Math.sqrt(x[0]!) - 0.5 * Math.log(x[1]! + 0.02);
const middle = Float64Array.of(0.25, 0.25, 0.25, 0.25);

describe('each form', () => {
  it('recovers a planted plane', () => {
    expect(fitScheffe(aSwarm(linear, { noise: 0 }), 'linear')!.predict(middle).mean).toBeCloseTo(
      linear(middle),
      6,
    );
  });

  it('recovers planted products', () => {
    expect(fitScheffe(aSwarm(curved, { noise: 0 }), 'quadratic')!.predict(middle).mean).toBeCloseTo(
      curved(middle),
      5,
    );
  });

  it('recovers a planted exponential law, rising or falling', () => {
    expect(fitLogLinear(aSwarm(exponential, { noise: 0 }))!.predict(middle).mean).toBeCloseTo(
      exponential(middle),
      5,
    );
    const falling = (x: Float64Array) => -exponential(x);
    expect(fitLogLinear(aSwarm(falling, { noise: 0 }))!.predict(middle).mean).toBeCloseTo(falling(middle), 5);
  });

  it('follows a surface without a formula by a Gaussian process', () => {
    const form = fitGaussianProcess(aSwarm(rooted, { noise: 0.01 }))!;
    expect(form.predict(middle).mean).toBeCloseTo(rooted(middle), 1);
    expect(form.parameters).toBeLessThan(120);
  });

  it('treats a row of weight two like the row repeated', () => {
    const swarm = aSwarm(rooted, { noise: 0.05, mixtures: 20 });
    const twice = {
      ...swarm,
      shares: [...swarm.shares, swarm.shares[0]!],
      values: Float64Array.of(...swarm.values, swarm.values[0]!),
    };
    const weights = swarm.values.map((_, row) => (row === 0 ? 2 : 1));
    for (const order of ['linear', 'quadratic'] as const) {
      const weighed = fitScheffe(swarm, order)!.refit(weights);
      const written = fitScheffe({ ...twice, mixtures: [...swarm.mixtures, 'again'] }, order)!;
      expect(weighed(middle)).toBeCloseTo(written.predict(middle).mean, 6);
    }
  });

  it('is undefined with fewer mixtures than terms', () => {
    const few = aSwarm(linear, { mixtures: 5 });
    expect(fitScheffe(few, 'quadratic')).toBeUndefined();
    expect(fitLogLinear(few)).toBeUndefined();
    expect(fitGaussianProcess(few)).toBeUndefined();
  });
});

describe('choosing a form', () => {
  it.each([
    ['scheffe_linear', linear],
    ['scheffe_quadratic', curved],
    ['log_linear', exponential],
    ['gaussian_process', rooted],
  ])('ends at %s where that is the truth', (id, truth) => {
    expect(fitSurface(aSwarm(truth, { noise: 0.01 }), random(1))!.form.id).toBe(id);
  });

  it('keeps the runs of a mixture in one fold', () => {
    const swarm = aSwarm(linear, { mixtures: 30 });
    const folds = foldsByMixture(swarm, 10, random(2));
    for (const mixture of new Set(swarm.mixtures)) {
      const rows = swarm.mixtures.flatMap((name, row) => (name === mixture ? [folds[row]!] : []));
      expect(new Set(rows).size).toBe(1);
    }
    expect(new Set(folds).size).toBe(10);
  });

  it('includes the noise of a run in the interval of a prediction', () => {
    const surface = fitSurface(aSwarm(linear, { noise: 0.1, mixtures: 100 }), random(1))!;
    const { low, high } = predictValue(surface, middle);
    expect((high - low) / 2).toBeGreaterThan(0.17);
    expect((high - low) / 2).toBeLessThan(0.23);
  });
});
