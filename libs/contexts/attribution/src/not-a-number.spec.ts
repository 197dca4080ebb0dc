import { answersToNaN, functionsOf } from '@tributary/fixtures';
import type { AnyFunction } from '@tributary/fixtures';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { cholesky } from './numerics/cholesky.ts';
import { leastSquares } from './numerics/least-squares.ts';
import { random } from './numerics/random.ts';

/** All functions that the files of a folder export, by their names. */
async function exportsOf(folder: string): Promise<[string, AnyFunction][]> {
  const files = readdirSync(join(import.meta.dirname, folder)).filter(
    (file) => !/\.(spec|fixture|suite)\.ts$/.test(file),
  );
  const modules: object[] = await Promise.all(
    files.map((file) => import(pathToFileURL(join(import.meta.dirname, folder, file)).href)),
  );
  return functionsOf(modules);
}

const SOLVERS = [...(await exportsOf('numerics')), ...(await exportsOf('statistics'))];

const vector = (...numbers: readonly number[]) => Float64Array.from(numbers);
const MATRIX = vector(4, 1, 1, 3);
const FACTOR = cholesky(MATRIX, 2);
const DESIGN = [vector(1, 0), vector(1, 1), vector(1, 2), vector(1, 3)];
const VALUES = [1, 3, 4, 8];
const ESTIMATE = { effect: 1, standardError: 0.5, degreesOfFreedom: 6 };
const MIXTURE = { means: vector(1, 2), scales: vector(1, 1), degreesOfFreedom: 5 };
const DETECTION = { critical: vector(2, 2), errors: vector(1, 1) };
const MORE = [1, 2, 4, 3, 6];
const LESS = [3, 1, 2, 5, 7];
const ITEMS = (...values: readonly number[]) => ({ ids: ['a', 'b', 'c'], values });
const BASIS = [vector(0.5, 0.5, 0.5, 0.5)];

/** What each function is asked with; its numbers become NaN, one at a time. */
const GIVEN: Readonly<Record<string, readonly unknown[]>> = {
  cholesky: [MATRIX, 2],
  solveLower: [FACTOR, vector(1, 2)],
  solve: [FACTOR, vector(1, 2)],
  inverse: [FACTOR],
  inverseOfTransposed: [FACTOR],
  logDeterminant: [FACTOR],
  gaussLegendre: [4],
  logGamma: [3],
  incompleteBeta: [0.3, 2, 3],
  fTail: [1, 2, 3],
  leastSquares: [DESIGN, VALUES, [1, 1, 2, 1], 1e-9],
  dotProduct: [
    [1, 2],
    [3, 4],
  ],
  hc3Variances: [DESIGN, VALUES, leastSquares(DESIGN, VALUES)],
  minimise: [
    (point: Float64Array) => ({ value: point[0]! ** 2, gradient: vector(2 * point[0]!) }),
    vector(1),
    { iterations: 10, tolerance: 1e-6 },
  ],
  mean: [VALUES],
  variance: [VALUES],
  magnitude: [VALUES],
  isSpread: [VALUES, 8],
  quantile: [VALUES, 0.5],
  pearson: [MORE, LESS],
  spearman: [MORE, LESS],
  norm: [vector(1, 2)],
  normalCdf: [1],
  residualOf: [vector(1, 2, 3, 4), BASIS],
  orthonormal: [4, [vector(1, 2, 3, 4)], BASIS],
  sumOfSquares: [vector(1, 2)],
  unexplained: [vector(1, 2, 3, 5), [vector(-0.5, -0.5, 0.5, 0.5)], BASIS],
  random: [1],
  permutation: [4, random(1)],
  requireFinite: ['values', VALUES],
  requireNumbers: ['values', VALUES],
  symmetricEigen: [MATRIX, 2],
  anytimeComparison: [{ estimate: ESTIMATE, observations: 8 }, 0.95],
  levelOfLooks: [0.95],
  benjaminiHochberg: [[0.1, 0.2, 0.3]],
  partOfRate: [2],
  lond: [[0.1, 0.2, 0.3], { tests: 2, found: 1 }],
  binomialTail: [2, 10, 0.1],
  tooMany: [20, 0.05],
  noticedFrom: [1, 20],
  criticalValues: [0.95],
  powerOf: [DETECTION, 2],
  detectableEffect: [DETECTION, 0.8],
  ratioOfDifference: [1, 2],
  eValue: [2],
  minimumDetectableEffect: [{ seedSd: 1, seeds: 4, accuracy: 0.5, items: 100 }],
  detectable: [1, 5],
  mixtureMean: [MIXTURE],
  standardDeviation: [MIXTURE],
  mixtureInterval: [MIXTURE, 0.95],
  excludesZero: [MIXTURE, 0.95],
  mixtureP: [MIXTURE],
  splits: [2, 2, random(1)],
  signFlips: [3, random(1)],
  relativeChange: [
    [
      { more: 2, less: 1, moreError: 0.1, lessError: 0.1 },
      { more: 3, less: 2, moreError: 0.1, lessError: 0.1 },
    ],
    0.95,
    5,
  ],
  robustnessValue: [ESTIMATE, 0.95],
  seedsAndItems: [[ITEMS(1, 2, 3), ITEMS(2, 2, 4)], [ITEMS(1, 1, 2), ITEMS(0, 1, 3)], { level: 0.95 }],
  twoSidedP: [2, 5],
  studentCdf: [2, 5],
  studentRule: [5],
  studentQuantile: [0.9, 5],
  pValueOf: [ESTIMATE],
  studentComparison: [ESTIMATE, 0.95, 't'],
  welchEstimate: [MORE, LESS, 0],
  welch: [MORE, LESS, 0.95, 0],
  pairedEstimate: [MORE, LESS, 0],
  pairedComparison: [MORE, LESS, 0.95, 0],
  pooledNoise: [[MORE, LESS]],
  borrowedComparison: [MORE, LESS, { variance: 2, degreesOfFreedom: 8 }, 0.95],
};

/** Places that a function does not read, and counts that it has from the lengths of what it reads. */
const UNREAD: Readonly<Record<string, readonly string[]>> = {
  cholesky: ['/0/1'],
  solveLower: ['/0/lower/1'],
  solve: ['/0/lower/1'],
  inverse: ['/0/lower/1'],
  inverseOfTransposed: ['/0/lower/1'],
  logDeterminant: ['/0/size', '/0/lower/1', '/0/lower/2'],
  hc3Variances: ['/2/factor/lower/1'],
  orthonormal: ['/0'],
  splits: ['/0', '/1'],
  signFlips: ['/0'],
  mixtureMean: ['/0/scales/0', '/0/scales/1', '/0/degreesOfFreedom'],
  relativeChange: ['/0/0/moreError', '/0/0/lessError', '/0/1/moreError', '/0/1/lessError', '/1', '/2'],
};

/** Their answer is whether there are numbers, or a seed from any words. */
const OF_ANYTHING = ['allFinite', 'seedFrom'];

describe('NaN, in each place of what a function of numerics or statistics is given', () => {
  it.each(SOLVERS.filter(([name]) => !OF_ANYTHING.includes(name)))('gives no answer of %s', (name, call) => {
    const given = GIVEN[name];
    if (!given) throw new Error(`nothing is given to ${name}: add its arguments to GIVEN`);
    expect(() => call(...given)).not.toThrow();
    expect(answersToNaN(call, given)).toEqual(UNREAD[name] ?? []);
  });

  it('is looked for in functions that exist', () => {
    const names = new Set(SOLVERS.map(([name]) => name));
    expect([...Object.keys(GIVEN), ...Object.keys(UNREAD)].filter((name) => !names.has(name))).toEqual([]);
  });
});
