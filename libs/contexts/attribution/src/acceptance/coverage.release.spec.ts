import { barText, recordFigures } from '@tributary/fixtures';
import { describe, expect, it } from 'vitest';
import { random } from '../numerics/random.ts';
import { predictOutcome } from '../predict.ts';
import {
  biasOf,
  coverageOf,
  EVEN,
  foundOf,
  HELD_OUT,
  NOTHING,
  simulate,
  swarmDrawn,
  TRUTHS,
  widthOf,
} from './coverage.fixture.ts';
import type { Simulated, SliceScore, Truth } from './coverage.fixture.ts';
import { mostPower } from './narrowest-interval.fixture.ts';
import { partCoverage, PARTS, simulateSplits } from './split-coverage.fixture.ts';

const REPETITIONS = 400;
const SEED = 29;

const list = (slices: readonly SliceScore[], figure: (score: SliceScore) => string) =>
  slices.map(figure).join(', ');
const percent = (value: number) => (100 * value).toFixed(1);

/** The figures of a simulation, each with the bar that it should reach beside what is asserted of it. */
function record(truth: Truth, mixtures: number, { slices, predicted }: Simulated, least = LEAST): void {
  const asserted = `each ≥ ${percent(least)}`;
  recordFigures(`${truth.name}, ${mixtures} mixtures`, {
    'answered, of each slice': list(slices, ({ answered }) => String(answered)),
    'covered, % of each slice, its own first': list(slices, (score) => percent(coverageOf(score))),
    'bar of each': barText(
      slices.map((score) => 100 * coverageOf(score)),
      { least: 93, asserted },
    ),
    'width of the own slice, in that of an oracle': widthOf(slices[0]!).toFixed(2),
    ...(mixtures === 24 && {
      'bar of the width': barText([widthOf(slices[0]!)], { most: 1.4, asserted: 'nothing' }),
    }),
    'bias in standard errors': list(slices, (score) => biasOf(score).toFixed(2)),
    'bar of the bias': barText(
      slices.map((score) => Math.abs(biasOf(score))),
      { most: 0.5, asserted: 'nothing' },
    ),
    'new runs inside their intervals, %': percent(predicted),
    'bar of new runs': barText([100 * predicted], { least: 93, most: 97, asserted: '≥ 90' }),
  });
}

/** A surface that refuses its misses would cover: at most this share of swarms has no answer for a slice. */
const LEAST_ANSWERED = 0.95;

function expectAnswered(slices: readonly SliceScore[], repetitions: number): void {
  for (const { answered } of slices) expect(answered).toBeGreaterThanOrEqual(LEAST_ANSWERED * repetitions);
}

/** Four standard errors of a share of 95 % in all repetitions below the promise of 93 %. */
const LEAST = 0.93 - 4 * Math.sqrt((0.95 * 0.05) / REPETITIONS);

const SPLITS = 60;
/** The promise of 93 % less four standard errors, for repetitions whose four receivers are right or wrong together. */
const LEAST_OF_PARTS = 0.93 - 4 * Math.sqrt((0.95 * 0.05) / SPLITS);

/** Standard deviation of the noise at which the own slice of a plane has an effect of about four oracle errors. */
const noiseOfFour = (truth: Truth) => {
  const { slices } = simulate({ truth, mixtures: 30, repetitions: 100, seed: SEED, noiseSd: 0.01 });
  const [own] = slices;
  const error = own!.oracleWidth / own!.answered / (2 * 1.96);
  return (0.01 * own!.effect) / own!.answered / error / 4;
};

describe('surfaces over swarms with a planted law', () => {
  const cases = [24, 30, 64].flatMap((mixtures) =>
    [...TRUTHS, HELD_OUT].map((truth) => ({ truth, mixtures })),
  );

  it.each(cases)('cover each slice: $truth.name, $mixtures mixtures', ({ truth, mixtures }) => {
    const simulated = simulate({ truth, mixtures, repetitions: REPETITIONS, seed: SEED });
    record(truth, mixtures, simulated);
    expectAnswered(simulated.slices, REPETITIONS);
    for (const score of simulated.slices) expect(coverageOf(score)).toBeGreaterThan(LEAST);
    expect(simulated.predicted).toBeGreaterThan(0.9);
  });

  it.each([24, 30, 64])('find nothing where there is nothing: %d mixtures', (mixtures) => {
    const { slices } = simulate({ truth: NOTHING, mixtures, repetitions: REPETITIONS, seed: SEED });
    expectAnswered(slices, REPETITIONS);
    const found = Math.max(...slices.map(foundOf));
    recordFigures(`nothing, ${mixtures} mixtures`, {
      'false positives, % of the worst slice': percent(found),
    });
    expect(found).toBeLessThanOrEqual(0.065);
  });

  it.each([...TRUTHS, HELD_OUT])('find an own effect of four oracle errors: $name', (truth) => {
    const noiseSd = noiseOfFour(truth);
    const { slices } = simulate({ truth, mixtures: 30, repetitions: REPETITIONS, seed: SEED, noiseSd });
    expectAnswered(slices.slice(0, 1), REPETITIONS);
    const found = foundOf(slices[0]!);
    const least = SHORT_OF_POWER.get(truth.name) ?? POWER;
    const { unbiased, any } = mostPower(truth, 30, 4);
    recordFigures(`four oracle errors, ${truth.name}`, {
      'found, %': percent(found),
      bar: barText([100 * found], { least: 100 * POWER, asserted: `≥ ${percent(least)}` }),
      'found by the best unbiased test that also holds where the own slice bends, %': percent(unbiased),
      'found by any such test, %': percent(any),
    });
    expect(found).toBeGreaterThanOrEqual(least);
  });

  it.each([...TRUTHS, HELD_OUT])('cover the parts of a proportional effect: $name', (truth) => {
    const { covered, notSupported } = simulateSplits({
      truth,
      mixtures: 30,
      repetitions: SPLITS,
      seed: SEED,
    });
    const figures = PARTS.map((name) => [`${name}, % covered`, percent(partCoverage(covered[name]))]);
    recordFigures(`parts, ${truth.name}`, {
      ...Object.fromEntries(figures),
      'bar of each part': barText(
        PARTS.map((name) => 100 * partCoverage(covered[name])),
        { least: 93, asserted: `≥ ${percent(LEAST_OF_PARTS)}` },
      ),
      'swaps without support': notSupported,
    });
    for (const name of PARTS) expect(partCoverage(covered[name])).toBeGreaterThan(LEAST_OF_PARTS);
  });

  it('keep covering where the draws are of the normal approximation: 220 mixtures', () => {
    const truth = TRUTHS.find(({ name }) => name === 'power')!;
    const simulated = simulate({ truth, mixtures: 220, repetitions: 100, seed: SEED });
    record(truth, 220, simulated, LEAST_OF_MANY);
    expectAnswered(simulated.slices, 100);
    for (const score of simulated.slices) expect(coverageOf(score)).toBeGreaterThan(LEAST_OF_MANY);
  });

  it('answer for 2,048 runs by 512 of them, and say so', () => {
    const truth = TRUTHS.find(({ name }) => name === 'power')!;
    const { shares, values, ...swarm } = swarmDrawn({ truth, noise: 0.02 }, 2048, random(SEED));
    const rows = { shares: shares.map((row) => [...row]), values: [...values] };
    const training = { capability: 'skill', unit: 'loss', ...swarm, ...rows };
    const targets = [{ mixture: 'even', shares: EVEN }];
    const predicted = predictOutcome({ training, targets, randomSeed: SEED });
    expect(predicted.n).toEqual({ runs: 512, mixtures: 512 });
    expect(predicted.chosenBy).toContain('fitted to the 512 of 2048 runs');
    const error = predicted.rows[0]!.mean - truth.law(truth.parameters, Object.values(EVEN));
    expect(Math.abs(error)).toBeLessThan(0.01);
  });
});

/** The promise of 93 % less three standard errors of a hundred swarms. */
const LEAST_OF_MANY = 0.86;

/** Least share of own effects of four oracle errors that is found. */
const POWER = 0.8;

/**
 * Laws for which that is not met: an oracle that knows of a plane, or of two products, is two to four times as sharp as
 * any surface that does not, and no test that holds where the own slice bends finds 80 % (`mostPower`, decision 34). The
 * bounds keep what was reached, less four standard errors.
 */
const SHORT_OF_POWER = new Map([
  ['linear', 0.4],
  ['interaction', 0.04],
  ['heavy tails', 0.4],
]);
