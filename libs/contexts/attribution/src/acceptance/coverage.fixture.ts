import { displace } from '../composition/displacement.ts';
import { cholesky, solve } from '../numerics/cholesky.ts';
import { dotProduct } from '../numerics/least-squares.ts';
import { random } from '../numerics/random.ts';
import type { Random } from '../numerics/random.ts';
import { leftOutReach, newRunInterval } from '../surfaces/calibrated-interval.ts';
import { differenceOf, fitSurface, newRunOf } from '../surfaces/response-surface.ts';
import type { ResponseSurface } from '../surfaces/response-surface.ts';
import type { Observations } from '../surfaces/surface.ts';
import type { Contrast } from '../surfaces/surface-effect.ts';
import { mixtureInterval, mixtureMean } from '../statistics/mixture-of-t.ts';
import { supportedContrast } from '../swarm/swarm-contrast.ts';

/** A law with known parameters: outcome of a mixture of the five slices. */
export type Truth = {
  readonly name: string;
  readonly parameters: readonly number[];
  readonly law: (p: ArrayLike<number>, shares: ArrayLike<number>) => number;
  /** Noise of a run with unit variance; normal by default. */
  readonly noise?: (generator: Random) => number;
};

export const SLICES = ['own', 'b', 'c', 'd', 'e'];

const sum = (p: ArrayLike<number>, from: number, x: ArrayLike<number>) =>
  SLICES.reduce((total, _, j) => total + p[from + j]! * x[j]!, 0);

/** Weight of the own slice is one; the other weights are parameters. */
const powerLaw: Truth['law'] = (p, x) =>
  p[0]! + p[1]! * (p[2]! + x[0]! + p[4]! * x[1]! + p[5]! * x[2]! + p[6]! * x[3]! + p[7]! * x[4]!) ** -p[3]!;

const plane: Truth['law'] = (p, x) => sum(p, 0, x);

/** Student's t with three degrees of freedom, in standard deviations. */
function heavyTail(generator: Random): number {
  const chi = [0, 1, 2].reduce((total) => total + generator.normal() ** 2, 0);
  return generator.normal() / Math.sqrt(chi);
}

const PLANE = [1, 0.3, 0.5, 0.2, 0.6];

export const NOTHING: Truth = { name: 'null', parameters: [1], law: (p) => p[0]! };
export const TRUTHS: readonly Truth[] = [
  { name: 'linear', parameters: PLANE, law: plane },
  { name: 'power', parameters: [1, 1, 0.05, 0.4, 0.25, 0.1, 0.05, 0.15], law: powerLaw },
  { name: 'steep', parameters: [1, 0.5, 0.01, 0.5, 0.03, 0.02, 0.01, 0.02], law: powerLaw },
  {
    name: 'exponential',
    parameters: [1, 0.7, -4, -1, -0.5, -0.2],
    law: (p, x) => p[0]! + Math.exp(p[1]! + p[2]! * x[0]! + p[3]! * x[1]! + p[4]! * x[2]! + p[5]! * x[3]!),
  },
  {
    name: 'interaction',
    parameters: [...PLANE, -1.5, 2],
    law: (p, x) => plane(p, x) + p[5]! * x[0]! * x[1]! + p[6]! * x[1]! * x[2]!,
  },
  { name: 'heavy tails', parameters: PLANE, law: plane, noise: heavyTail },
];

/** Not looked at while the estimator was made: saturation of a slice (Michaelis-Menten) with a synergy. */
export const HELD_OUT: Truth = {
  name: 'saturation, held out',
  parameters: [2, -1.2, 0.08, 0.4, -0.7],
  law: (p, x) =>
    p[0]! + (p[1]! * x[0]!) / (p[2]! + x[0]!) + p[3]! * x[2]! + p[4]! * Math.sqrt(x[0]! * x[1]! + 0.001),
};

export const EVEN = Object.fromEntries(SLICES.map((slice) => [slice, 1 / SLICES.length]));

function mixtureDrawn(generator: Random): Float64Array {
  const weights = Float64Array.from(SLICES, () => -Math.log(1 - generator.uniform()));
  const total = weights.reduce((whole, weight) => whole + weight, 0);
  return weights.map((weight) => weight / total);
}

/** Standard deviation of the outcome over mixtures. */
export function spreadOf({ law, parameters }: Truth): number {
  const generator = random(999);
  const outcomes = Array.from({ length: 500 }, () => law(parameters, mixtureDrawn(generator)));
  const centre = outcomes.reduce((total, value) => total + value, 0) / outcomes.length;
  return Math.sqrt(outcomes.reduce((total, value) => total + (value - centre) ** 2, 0) / outcomes.length);
}

/** Gradient of the outcome by the parameters of the law. */
const gradient = ({ law, parameters }: Truth, x: ArrayLike<number>) =>
  Float64Array.from(parameters, (_, k) => {
    const moved = (step: number) => parameters.map((value, at) => (at === k ? value + step : value));
    return (law(moved(1e-5), x) - law(moved(-1e-5), x)) / 2e-5;
  });

type Planted = { readonly truth: Truth; readonly noise: number };

/** Standard error of an unbiased estimate of a contrast where the law is known and its parameters are not (Cramér-Rao). */
export function oracleError({ truth, noise }: Planted, { shares }: Observations, { more, less }: Contrast) {
  const size = truth.parameters.length;
  const information = new Float64Array(size * size);
  for (const row of shares.map((x) => gradient(truth, x)))
    for (let a = 0; a < size; a++)
      for (let b = 0; b < size; b++) information[a * size + b]! += row[a]! * row[b]!;
  for (let a = 0; a < size; a++) information[a * (size + 1)]! *= 1 + 1e-9;
  const factor = cholesky(information, size);
  const back = gradient(truth, less);
  const change = gradient(truth, more).map((value, k) => value - back[k]!);
  return factor ? noise * Math.sqrt(dotProduct(change, solve(factor, change))) : Number.NaN;
}

/** What one slice's effects were in all repetitions, each of the contrast that was supported. */
export type SliceScore = {
  covered: number;
  found: number;
  answered: number;
  width: number;
  oracleWidth: number;
  /** Sum of the planted effects without their sign. */
  effect: number;
  error: number;
  squaredError: number;
};

const emptyScore = (): SliceScore => ({
  covered: 0,
  found: 0,
  answered: 0,
  width: 0,
  oracleWidth: 0,
  effect: 0,
  error: 0,
  squaredError: 0,
});

export type Simulated = {
  readonly slices: readonly SliceScore[];
  /** Share of new runs inside their intervals. */
  readonly predicted: number;
};

export type Simulation = {
  readonly truth: Truth;
  readonly mixtures: number;
  readonly repetitions: number;
  readonly seed: number;
  /** Standard deviation of the noise, relative to that of the outcome over mixtures. */
  readonly noise?: number;
  /** Noise as a number, in place of the ratio. */
  readonly noiseSd?: number;
};

function scoreSlice(score: SliceScore, slice: number, planted: Planted, surface: ResponseSurface) {
  const { truth } = planted;
  const without = displace(EVEN, SLICES[slice]!, { rule: 'proportional' })!;
  const question = { slice: SLICES[slice]!, rule: { rule: 'proportional' } as const };
  const named = (shares: Readonly<Record<string, number>>) => ({ name: '', shares });
  const found = supportedContrast(surface, question, { more: named(EVEN), less: named(without) });
  if (!found) return;
  const { more, less } = found.contrast;
  const effect = differenceOf(surface, more, less);
  const { low, high } = mixtureInterval(effect, 0.95);
  const actual = truth.law(truth.parameters, more) - truth.law(truth.parameters, less);
  const error = mixtureMean(effect) - actual;
  score.answered += 1;
  score.covered += Number(low <= actual && actual <= high);
  score.found += Number(low > 0 || high < 0);
  score.width += high - low;
  score.oracleWidth += 2 * 1.96 * oracleError(planted, surface.observations, found.contrast);
  score.effect += Math.abs(actual);
  score.error += error;
  score.squaredError += error * error;
}

const standardNormal = (generator: Random) => generator.normal();

/** The outcome of one run of a mixture. */
export const outcomeOf = ({ truth, noise }: Planted, shares: Float64Array, generator: Random) =>
  truth.law(truth.parameters, shares) + noise * (truth.noise ?? standardNormal)(generator);

/** A swarm of single runs of uniform mixtures. */
export function swarmDrawn(planted: Planted, mixtures: number, generator: Random): Observations {
  const shares = Array.from({ length: mixtures }, () => mixtureDrawn(generator));
  const values = Float64Array.from(shares, (row) => outcomeOf(planted, row, generator));
  return { components: SLICES, mixtures: shares.map((_, row) => `m${row}`), shares, values };
}

/** Swarms of single runs of uniform mixtures, and the effect of removing each slice from the even mixture. */
export function simulate({
  truth,
  mixtures,
  repetitions,
  seed,
  noise = 0.15,
  noiseSd,
}: Simulation): Simulated {
  const sd = noiseSd ?? (noise * spreadOf(truth) || 0.1);
  const planted = { truth, noise: sd };
  const slices = SLICES.map(emptyScore);
  let inside = 0;
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const generator = random(seed * 1_000_003 + mixtures * 10_007 + repetition);
    const observations = swarmDrawn(planted, mixtures, generator);
    const surface = fitSurface(observations, random(repetition))!;
    for (const [slice, score] of slices.entries()) scoreSlice(score, slice, planted, surface);
    const target = mixtureDrawn(generator);
    const { low, high } = newRunInterval(newRunOf(surface, target), leftOutReach(surface, 0.95), 0.95);
    const value = outcomeOf(planted, target, generator);
    inside += Number(low <= value && value <= high);
  }
  return { slices, predicted: inside / repetitions };
}

export const coverageOf = ({ covered, answered }: SliceScore) => covered / answered;
export const foundOf = ({ found, answered }: SliceScore) => found / answered;
export const widthOf = ({ width, oracleWidth }: SliceScore) => width / oracleWidth;

/** Mean error in standard deviations of the estimate. */
export function biasOf({ error, squaredError, answered }: SliceScore): number {
  const centre = error / answered;
  return centre / Math.sqrt(squaredError / answered - centre * centre);
}
