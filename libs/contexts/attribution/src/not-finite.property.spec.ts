import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attributeAll } from './attribute.ts';
import { hullDistance } from './composition/hull.ts';
import type { Arm, Experiment, Run } from './experiment.ts';
import { cholesky } from './numerics/cholesky.ts';
import { leastSquares } from './numerics/least-squares.ts';
import { minimise } from './numerics/minimise.ts';
import { observationalSlopes } from './observational/observational.ts';
import { predictionRequests, predictOutcome } from './predict.ts';
import { quantile, spearman } from './numerics/moments.ts';
import { symmetricEigen } from './numerics/symmetric-eigen.ts';
import { fTail } from './numerics/incomplete-beta.ts';
import { studentQuantile } from './statistics/student-t.ts';
import { benjaminiHochberg } from './statistics/benjamini-hochberg.ts';
import { eValue } from './statistics/e-value.ts';
import { minimumDetectableEffect } from './statistics/minimum-detectable-effect.ts';
import { pairedComparison, welch } from './statistics/welch.ts';
import { mixtureInterval, mixtureP } from './statistics/mixture-of-t.ts';
import { detectableEffect } from './statistics/detection.ts';
import { aSwarm } from './surfaces/planted-surfaces.fixture.ts';
import { interactions, lackOfFit } from './surfaces/interactions.ts';

const notFinite = fc.constantFrom(Number.NaN, Infinity, -Infinity);
const refusal = expect.objectContaining({ code: 'not_finite' });

/** The code of the fault that a call ends with; undefined where it ends with a value. */
function faultOf(call: () => unknown): unknown {
  try {
    call();
    return undefined;
  } catch (error) {
    return error;
  }
}

const swarm = aSwarm((shares) => 2 + shares[0]!, { mixtures: 24, seeds: 1 });

function experimentOf(design: Arm['design']): Experiment {
  const runs = swarm.shares.map((shares, index): Run => ({
    runId: `r${index}`,
    arm: `a${index}`,
    mixtureId: `a${index}`,
    seed: index,
    status: 'completed',
    shares: Object.fromEntries(swarm.components.map((name, at) => [name, shares[at]!])),
    total: 100,
    unit: 'token',
    method: 'measured',
    scores: { c: { value: swarm.values[index]!, unit: 'bits', higherIsBetter: false, benchmarks: { b: 1 } } },
    evidence: [],
  }));
  const arms = runs.map(({ arm, mixtureId }): Arm => ({
    arm,
    mixtureId,
    design,
    assignment: 'unknown',
    control: false,
    role: 'train',
  }));
  return { name: 'e', arms, runs };
}

type Damage = 'value' | 'stderr' | 'benchmark' | 'items' | 'share' | 'total';

function damaged(experiment: Experiment, at: number, what: Damage, value: number): Experiment {
  const runs = experiment.runs.map((run, index): Run => {
    if (index !== at) return run;
    if (what === 'share') return { ...run, shares: { ...run.shares, a: value } };
    if (what === 'total') return { ...run, total: value };
    const score = run.scores['c']!;
    const changed = {
      value: { ...score, value },
      stderr: { ...score, stderr: value },
      benchmark: { ...score, benchmarks: { b: value } },
      items: { ...score, items: { ids: ['i'], values: [value] } },
    }[what];
    return { ...run, scores: { c: changed } };
  });
  return { ...experiment, runs };
}

const damage = fc.tuple(
  fc.nat(23),
  fc.constantFrom<Damage>('value', 'stderr', 'benchmark', 'items', 'share', 'total'),
  notFinite,
);

describe('an experiment with a value that is not finite', () => {
  it('is refused by every estimator, with the run that has it', () => {
    const question = { capability: 'c', slice: 'a', displacement: 'proportional' };
    const observed = { capability: 'c', slice: 'a', adjustFor: ['b'] };
    fc.assert(
      fc.property(damage, ([at, what, value]) => {
        const experiment = damaged(experimentOf('swarm'), at, what, value);
        expect(faultOf(() => attributeAll([question], experiment))).toEqual(refusal);
        expect(faultOf(() => predictionRequests(experiment, []))).toEqual(refusal);
        const observational = damaged(experimentOf('observational'), at, what, value);
        expect(faultOf(() => observationalSlopes(observational, observed))).toMatchObject({
          code: 'not_finite',
          message: expect.stringContaining(`run r${at} `),
        });
      }),
    );
  });
});

describe('a solver', () => {
  const numbers = fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 12, maxLength: 12 });

  it('of least squares refuses what is not finite, in a row or in a value', () => {
    fc.assert(
      fc.property(numbers, fc.nat(11), notFinite, ([...values], at, value) => {
        const design = values.map((number, index) => Float64Array.of(1, number, index));
        expect(faultOf(() => leastSquares(design, values))).toBeUndefined();
        design[at]![1] = value;
        expect(faultOf(() => leastSquares(design, values))).toEqual(refusal);
        design[at]![1] = 0;
        values[at] = value;
        expect(faultOf(() => leastSquares(design, values))).toEqual(refusal);
      }),
    );
    expect(faultOf(() => leastSquares([Float64Array.of(1e200)], [1e200]))).toEqual(refusal);
  });

  it('by a Cholesky factor has none for a matrix that is not finite', () => {
    fc.assert(
      fc.property(fc.nat(2), notFinite, (at, value) => {
        const matrix = Float64Array.of(4, 0, 1, 3);
        matrix[[0, 2, 3][at]!] = value;
        expect(cholesky(matrix, 2)).toBeUndefined();
      }),
    );
  });

  it('of surfaces refuses what is not finite', () => {
    fc.assert(
      fc.property(fc.nat(23), notFinite, fc.boolean(), (at, value, inShares) => {
        const values = Float64Array.from(swarm.values);
        const shares = swarm.shares.map((row) => Float64Array.from(row));
        if (inShares) shares[at]![0] = value;
        else values[at] = value;
        const observations = { ...swarm, shares, values };
        expect(faultOf(() => interactions(observations, { higherIsBetter: true }))).toEqual(refusal);
        expect(faultOf(() => lackOfFit(observations, 'linear'))).toEqual(refusal);
        const training = { ...observations, capability: 'c', unit: 'bits', values: [...values] };
        const plain = { ...training, shares: shares.map((row) => [...row]) };
        const request = { training: plain, targets: [], randomSeed: 1 };
        expect(faultOf(() => predictOutcome(request))).toEqual(refusal);
      }),
    );
  });

  it('of predictions refuses a target that is not finite', () => {
    fc.assert(
      fc.property(notFinite, (value) => {
        const [request] = predictionRequests(experimentOf('swarm'), [
          { mixture: 'm', shares: { a: value, b: 1 } },
        ]);
        expect(faultOf(() => predictOutcome(request!))).toEqual(refusal);
      }),
      { numRuns: 3 },
    );
  });

  it('of a minimum stays where the function is finite, and ends', () => {
    fc.assert(
      fc.property(notFinite, fc.double({ min: 0.5, max: 2, noNaN: true }), (value, edge) => {
        const evaluate = (point: Float64Array) => {
          const x = point[0]!;
          return x > edge
            ? { value: value === -Infinity ? Number.NaN : value, gradient: Float64Array.of(value) }
            : { value: -x, gradient: Float64Array.of(-1) };
        };
        const found = minimise(evaluate, Float64Array.of(0), { iterations: 50, tolerance: 1e-9 });
        expect(found.point[0]).toBeLessThanOrEqual(edge);
        expect(Number.isFinite(found.value)).toBe(true);
      }),
    );
  });

  it('of a hull refuses corners and points that are not finite', () => {
    const corners = [Float64Array.of(1, 0), Float64Array.of(0, 1)];
    fc.assert(
      fc.property(notFinite, (value) => {
        const wrong = Float64Array.of(value, 0);
        expect(faultOf(() => hullDistance(corners, wrong))).toEqual(refusal);
        expect(faultOf(() => hullDistance([...corners, wrong], Float64Array.of(1, 0)))).toEqual(refusal);
      }),
    );
  });
});

/** Statistics by what they are asked with: places for five numbers, of which one will not be finite. */
const STATISTICS: Readonly<Record<string, (numbers: readonly number[]) => unknown>> = {
  quantile: (numbers) => quantile(numbers, 0.5),
  spearman: (numbers) => spearman(numbers, [1, 2, 3, 4, 5]),
  symmetricEigen: ([a, b, c]) => symmetricEigen(Float64Array.of(a!, b!, b!, c!), 2),
  fTail: ([value, numerator, denominator]) => fTail(value!, numerator!, denominator!),
  studentQuantile: ([probability, degrees]) => studentQuantile(probability! / 6, degrees!),
  benjaminiHochberg: (numbers) => benjaminiHochberg(numbers.map((number) => number / 6)),
  eValue: ([ratio]) => eValue(ratio!),
  minimumDetectableEffect: ([seedSd, seeds]) => minimumDetectableEffect({ seedSd: seedSd!, seeds: seeds! }),
  welch: (numbers) => welch(numbers, [1, 2, 3]),
  pairedComparison: (numbers) => pairedComparison(numbers, [3, 1, 2, 5, 7]),
  mixtureInterval: ([mean, scale]) => mixtureInterval(mixture(mean!, scale!), 0.95),
  mixtureP: ([mean, scale]) => mixtureP(mixture(mean!, scale!)),
  detectableEffect: ([critical, error]) =>
    detectableEffect({ critical: Float64Array.of(critical!, 1), errors: Float64Array.of(error!, 1) }, 0.8),
};

const mixture = (mean: number, scale: number) => ({
  means: Float64Array.of(mean, 1),
  scales: Float64Array.of(scale, 1),
  degreesOfFreedom: 5,
});

/** How many of the five numbers a statistic takes. */
const TAKES: Readonly<Record<string, number>> = {
  symmetricEigen: 3,
  fTail: 3,
  studentQuantile: 2,
  eValue: 1,
  minimumDetectableEffect: 2,
  mixtureInterval: 2,
  mixtureP: 2,
  detectableEffect: 2,
};

/** Of an infinite statistic these are limits: a p value of zero, a ratio without bound. */
const LIMITS = ['fTail', 'studentQuantile', 'benjaminiHochberg', 'eValue', 'welch', 'pairedComparison'];

describe('a statistic', () => {
  it.each(Object.entries(STATISTICS))('%s refuses what is not finite', (name, statistic) => {
    expect(faultOf(() => statistic([1, 2, 3, 4, 5]))).toBeUndefined();
    fc.assert(
      fc.property(fc.nat((TAKES[name] ?? 5) - 1), notFinite, (at, value) => {
        const numbers = [1, 2, 3, 4, 5];
        numbers[at] = value;
        const fault = faultOf(() => statistic(numbers));
        if (LIMITS.includes(name) && !Number.isNaN(value) && fault === undefined) return;
        expect(fault).toEqual(refusal);
      }),
    );
  });

  it('refuses no values at all', () => {
    const none = new Float64Array(0);
    const without = { means: none, scales: none, degreesOfFreedom: 5 };
    const calls = [
      () => quantile([], 0.5),
      () => spearman([], []),
      () => symmetricEigen(none, 0),
      () => welch([], [1, 2]),
      () => pairedComparison([], []),
      () => mixtureInterval(without, 0.95),
      () => mixtureP(without),
      () => detectableEffect({ critical: none, errors: none }, 0.8),
    ];
    expect(calls.map(faultOf)).toEqual(calls.map(() => refusal));
  });
});
