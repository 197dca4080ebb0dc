import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Effect, Experiment } from '../index.ts';
import { variance } from '../numerics/moments.ts';
import { random } from '../numerics/random.ts';
import { swarmEffects } from './swarm-effect.ts';

type Outcome = (code: number, draw: number) => number;

/** Runs of random mixtures of four slices whose share of code is one of `shares`; nothing else is recorded of them. */
function swarmOfShares(shares: readonly number[], seed: number, outcome: Outcome): Experiment {
  const generator = random(seed);
  const runs = shares.map((code, index) => {
    const weights = ['prose', 'web', 'math'].map((slice) => [slice, 0.5 + generator.uniform()] as const);
    const total = weights.reduce((sum, [, weight]) => sum + weight, 0);
    const others = weights.map(([slice, weight]) => [slice, ((1 - code) * weight) / total] as const);
    return {
      runId: `run-${String(index).padStart(4, '0')}`,
      arm: `arm-${index}`,
      mixtureId: `mixture-${index}`,
      seed: index,
      status: 'completed' as const,
      shares: Object.fromEntries([['code', code], ...others]),
      total: 1e9,
      unit: 'token',
      method: 'measured',
      scores: {
        skill: { value: outcome(code, generator.normal()), unit: 'loss', higherIsBetter: false, step: 100 },
      },
      evidence: [`${index}`],
    };
  });
  const arms = runs.map(({ arm, mixtureId }) => ({
    arm,
    mixtureId,
    design: 'swarm' as const,
    assignment: 'randomised' as const,
    randomisationSeed: '1',
    control: false,
    role: 'train' as const,
  }));
  return { name: `swarm-${seed}`, arms, runs };
}

const SLICES = ['code', 'prose', 'web', 'math'];

/** The effects of all slices, each taken by all others, without controls. */
function effectsOf(experiment: Experiment): Effect[] {
  const questions = SLICES.map((slice) => ({
    slice,
    capability: 'skill',
    displacement: 'proportional',
    rule: { rule: 'proportional' as const },
  }));
  const asked = { capability: 'skill', level: 0.95, randomSeed: 1, questions, isControlled: false };
  return swarmEffects(experiment, asked)!;
}

const codesOf = ({ warnings }: Effect) => warnings.map(({ code }) => code);
const valuesOf = ({ runs }: Experiment) => runs.map(({ scores }) => scores['skill']!.value);

/** So many shares of code from nothing to .6, without the open interval between `low` and `high`. */
function sharesOutside(count: number, low = 0.3, high = 0.3): number[] {
  const length = low + 0.6 - high;
  return Array.from({ length: count }, (_, index) => {
    const at = (length * index) / (count - 1);
    return at <= low ? at : at + high - low;
  });
}

const anySeed = fc.integer({ min: 1, max: 10_000 });

/** Each law fits surfaces, so few cases are tried; other ones in every run would make failures hard to repeat. */
const FEW = { numRuns: 8, seed: 10 };

describe('outcomes that say nothing', () => {
  it('are refused with outcome_constant for every slice, whatever the value', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.integer({ min: 6, max: 20 }),
        (value, count) => {
          for (const effect of effectsOf(swarmOfShares(sharesOutside(count), 1, () => value)))
            expect([effect.verdict, effect.effect, codesOf(effect)]).toEqual([
              'not_identified',
              null,
              ['outcome_constant'],
            ]);
        },
      ),
      { numRuns: 40, seed: 10 },
    );
  });

  it('never give an effect larger than their range and a standard deviation at both ends, nor a p below .001', () => {
    fc.assert(
      fc.property(anySeed, fc.double({ min: -9, max: 9, noNaN: true }), (seed, exponent) => {
        const experiment = swarmOfShares(sharesOutside(24), seed, (_code, draw) => draw * 10 ** exponent);
        const values = valuesOf(experiment);
        const range = Math.max(...values) - Math.min(...values);
        for (const { effect, pValue } of effectsOf(experiment)) {
          const most = range + 2 * Math.sqrt(variance(values));
          expect(Math.abs(effect ?? 0)).toBeLessThanOrEqual(most);
          expect(pValue ?? 1).toBeGreaterThanOrEqual(0.001);
        }
      }),
      FEW,
    );
  });
});

describe('an outcome that rises towards a gap between the mixtures, from both sides', () => {
  /** A ridge, or a valley where the slope is negative, whose top no run has seen. */
  const ridge =
    (slope: number): Outcome =>
    (code, draw) =>
      slope * (Math.min(code, 0.6 - code) + 0.001 * draw);
  const anySlope = fc.tuple(fc.constantFrom(-1, 1), fc.double({ min: 0.01, max: 100, noNaN: true }));

  it('is refused with outside_outcomes, and no number of the surface is left in the answer', () => {
    fc.assert(
      fc.property(anySeed, anySlope, (seed, [sign, size]) => {
        const experiment = swarmOfShares(sharesOutside(24, 0.1, 0.5), seed, ridge(sign * size));
        for (const effect of effectsOf(experiment)) {
          expect(codesOf(effect)).toEqual(['outside_outcomes']);
          expect(effect).toMatchObject({
            effect: null,
            interval: null,
            pValue: null,
            slope: null,
            verdict: 'not_identified',
          });
        }
      }),
      FEW,
    );
  });

  it('is answered where the gap has runs, with a p of .001 for the clearest slope', () => {
    fc.assert(
      fc.property(anySeed, anySlope, (seed, [sign, size]) => {
        const [code] = effectsOf(swarmOfShares(sharesOutside(24), seed, ridge(sign * size)));
        expect(codesOf(code!)).not.toContain('outside_outcomes');
        expect(Math.sign(code!.effect!)).toBe(sign);
        expect(code!.pValue).toBe(0.001);
      }),
      FEW,
    );
  });
});

describe('a swarm of more runs than a surface is fitted to', () => {
  const rising: Outcome = (code, draw) => code + 0.05 * draw;
  const partsOf = (runs: number) =>
    effectsOf(swarmOfShares(sharesOutside(runs), 1, rising)).map(({ n, warnings }) => ({
      runs: n.runs,
      texts: warnings.filter(({ code }) => code === 'part_of_runs').map(({ text }) => text),
    }));

  it('is answered by 512 of them, and every effect says so', () => {
    for (const { runs, texts } of partsOf(520)) {
      expect(runs).toBe(512);
      expect(texts).toEqual([expect.stringContaining('fitted to 512 of the 520 runs')]);
    }
  });

  it('is answered by all of them up to that number, without the warning', () => {
    for (const part of partsOf(64)) expect(part).toEqual({ runs: 64, texts: [] });
  });
});
