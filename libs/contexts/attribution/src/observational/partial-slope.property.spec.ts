import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hc3Variances, leastSquares } from '../numerics/least-squares.ts';
import { orthonormal } from '../numerics/orthonormal.ts';
import { random } from '../numerics/random.ts';
import { robustnessValue } from '../statistics/robustness-value.ts';
import { partialRegression } from './partial-slope.ts';

const drawn = (seed: number, runs: number, columns: number) => {
  const generator = random(seed);
  return Array.from({ length: columns }, () => Float64Array.from({ length: runs }, () => generator.normal()));
};

describe('the slope of what is left on what is left', () => {
  it('is that of least squares on all columns, and so is its variance', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.integer({ min: 12, max: 40 }),
        fc.integer({ min: 0, max: 5 }),
        (seed, runs, others) => {
          const [values, treatment, ...controls] = drawn(seed, runs, others + 2);
          const rows = Array.from(values!, (_, run) =>
            Float64Array.from([1, treatment![run]!, ...controls.map((column) => column[run]!)]),
          );
          const fit = leastSquares(rows, values!, undefined, 1e-14);
          const { robust } = partialRegression(treatment!, orthonormal(runs, controls))!.slopeOf(values!);
          expect(robust.effect).toBeCloseTo(fit.coefficients[1]!, 8);
          expect(robust.standardError).toBeCloseTo(Math.sqrt(hc3Variances(rows, values!, fit)[1]!), 8);
          expect(robust.degreesOfFreedom).toBeLessThanOrEqual(runs - others - 2);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('is unchanged by columns that others span', () => {
    const [values, treatment, control] = drawn(1, 20, 3);
    const twice = [control!, control!.map((value) => 3 - 2 * value)];
    const [once, again] = [[control!], twice].map((controls) => {
      const basis = orthonormal(20, controls);
      return { terms: basis.length, ...partialRegression(treatment!, basis)!.slopeOf(values!).robust };
    });
    expect(again).toEqual(once);
  });

  it('takes equal noise where one run decides a term', () => {
    const [values, treatment] = drawn(2, 20, 2);
    const lone = Float64Array.from({ length: 20 }, (_, run) => Number(run === 3));
    const regression = partialRegression(lone, orthonormal(20, [treatment!]))!;
    expect(regression.isLone).toBe(true);
    const { robust, classical } = regression.slopeOf(values!);
    expect(robust).toEqual(classical);
  });
});

it('the robustness value of a published estimate is as published', () => {
  /* Cinelli and Hazlett 2020, table 1: .097 (.023), 783 degrees of freedom. */
  const { value, ofInterval } = robustnessValue(
    { effect: 0.097, standardError: 0.0232, degreesOfFreedom: 783 },
    0.95,
  );
  expect(value).toBeCloseTo(0.139, 3);
  expect(ofInterval).toBeCloseTo(0.076, 3);
});
