import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Experiment, Run } from '../index.ts';
import { permutation, random } from '../numerics/random.ts';
import { effectOfCode, ratesOf, simulatedHistory } from './simulated-history.fixture.ts';

const history = (seed: number, changes: Partial<Parameters<typeof simulatedHistory>[0]> = {}): Experiment =>
  simulatedHistory({ generator: random(seed), runs: 40, effect: 0.2, confounding: 0.5, ...changes });

const withFact = (
  experiment: Experiment,
  field: string,
  valueOf: (run: Run, at: number) => string | undefined,
): Experiment => ({
  ...experiment,
  runs: experiment.runs.map((run, at) => {
    const value = valueOf(run, at);
    const facts = new Map(run.facts);
    if (value === undefined) facts.delete(field);
    else facts.set(field, value);
    return { ...run, facts };
  }),
});

const REPETITIONS = 60;

/* The release tier repeats these often enough to need no slack. */
describe('an effect over runs that differ in recorded covariates', () => {
  it('is inside its interval where they confound it, and outside the unadjusted one', () => {
    const rates = ratesOf({ generator: random(11), runs: 40, effect: 0.2, confounding: 0.5 }, REPETITIONS);
    expect(rates.covered).toBeGreaterThanOrEqual(0.9);
    expect(rates.unadjusted).toBeLessThan(0.3);
  });

  it('is rarely declared where there is none', () => {
    const rates = ratesOf({ generator: random(12), runs: 40, effect: 0, confounding: 0.5 }, REPETITIONS);
    expect(rates.declared).toBeLessThanOrEqual(0.1);
    expect(rates.unadjusted).toBeLessThan(0.3);
  });

  it('stands beside the unadjusted one with every covariate and how it was counted', () => {
    const { adjustment, ...effect } = effectOfCode(history(1));
    expect(effect).toMatchObject({
      identification: 'observational_adjusted',
      interpretation: 'associated_with_better',
      estimator: { id: 'observational.partial_regression' },
      n: { runs: 40, seeds: 1 },
    });
    expect(effect.evidence).toHaveLength(40);
    expect(adjustment?.unadjusted.effect).toBeGreaterThan(effect.effect!);
    const counted = adjustment?.covariates.map(({ field, countedAs, values }) => [field, countedAs, values]);
    expect(counted).toEqual([
      ['config.batch_size', 'logarithm', 3],
      ['config.learning_rate', 'logarithm', 40],
      ['config.schedule', 'levels', 3],
      ['parameters', 'logarithm', 5],
      ['token budget', 'logarithm', 40],
      ['realised budget', 'logarithm', 40],
    ]);
    const codes = effect.warnings.map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining(['not_randomised', 'overlap', 'sensitivity']));
    expect(codes).not.toContain('configuration_differs');
  });

  it('has the same bytes in any order of the runs', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const recorded = history(seed);
        const order = permutation(recorded.runs.length, random(seed));
        const shuffled = {
          ...recorded,
          arms: order.map((at) => recorded.arms[at]!),
          runs: order.map((at) => recorded.runs[at]!),
        };
        expect(JSON.stringify(effectOfCode(shuffled))).toBe(JSON.stringify(effectOfCode(recorded)));
      }),
      { numRuns: 5 },
    );
  });
});

describe('a covariate that cannot be told from the share', () => {
  it('is named with its correlation, and there is no effect', () => {
    fc.assert(
      fc.property(fc.nat(), fc.double({ min: 0.955, max: 0.999, noNaN: true }), (seed, correlation) => {
        const recorded = history(seed);
        const effect = effectOfCode(
          withFact(recorded, 'config.learning_rate', following(recorded, correlation)),
        );
        expect(effect).toMatchObject({ effect: null, interpretation: 'not_identified' });
        expect(effect.warnings).toMatchObject([
          { code: 'not_separable', text: expect.stringContaining('config.learning_rate (correlation ') },
        ]);
        const [, found] = /learning_rate \(correlation ([.\d]+)\)/.exec(effect.warnings[0]!.text) ?? [];
        expect(Number(found)).toBeCloseTo(correlation, 2);
      }),
      { numRuns: 10 },
    );
  });

  it('can be several together that each say little', () => {
    const recorded = history(3, { confounding: 0 });
    const shares = recorded.runs.map(({ shares: of }) => of['code']!);
    const noise = random(4);
    const parts = shares.map(() => [noise.normal() * 0.15, noise.normal() * 0.15] as const);
    const split = [0, 1, 2].reduce(
      (experiment, part) =>
        withFact(experiment, `config.part${part}`, (_, at) => {
          const [one, two] = parts[at]!;
          return String([one, two, shares[at]! - one - two][part]);
        }),
      recorded,
    );
    expect(effectOfCode(split).warnings).toMatchObject([
      {
        code: 'not_separable',
        text: expect.stringContaining('together (multiple correlation 1.000): config.part'),
      },
    ]);
  });
});

/** A rate with the correlation `wanted` with the share of code: the standardised share and what is orthogonal to it. */
function following({ runs }: Experiment, wanted: number): (run: Run, at: number) => string {
  const standardised = (values: readonly number[]) => {
    const middle = values.reduce((sum, value) => sum + value, 0) / values.length;
    const centred = values.map((value) => value - middle);
    const length = Math.hypot(...centred);
    return centred.map((value) => value / length);
  };
  const share = standardised(runs.map(({ shares }) => shares['code']!));
  const noise = random(9);
  const drawn = standardised(runs.map(() => noise.normal()));
  const along = share.reduce((sum, value, at) => sum + value * drawn[at]!, 0);
  const apart = standardised(drawn.map((value, at) => value - along * share[at]!));
  return (_, at) => String(10 + wanted * share[at]! + Math.sqrt(1 - wanted ** 2) * apart[at]!);
}

describe('a recorded fact that differs', () => {
  it.each([
    ['names every run', 'config.node', (_: Run, at: number) => `node-${at}`, 'covariates_not_adjusted'],
    [
      'is recorded by some runs only',
      'hardware',
      (_: Run, at: number) => (at % 2 ? 'a' : undefined),
      'partly_recorded',
    ],
  ])('leaves an association where it %s', (_when, field, valueOf, code) => {
    const effect = effectOfCode(withFact(history(5), field, valueOf));
    expect(effect.identification).toBe('associational');
    expect(effect.warnings.map((warning) => warning.code)).toContain(code);
  });

  it('is no covariate where it is a seed, a name of the run, or names the data', () => {
    const named = ['config.seed', 'config.run_name', 'snapshot'].reduce(
      (experiment, field) => withFact(experiment, field, (_, at) => String(at)),
      history(6),
    );
    const fields = effectOfCode(named).adjustment?.covariates.map(({ field }) => field);
    expect(fields).toEqual(effectOfCode(history(6)).adjustment?.covariates.map(({ field }) => field));
  });

  it('is adjusted for whatever the size of its numbers', () => {
    const [usual, large] = [1, 1e308].map((size) =>
      effectOfCode(withFact(history(8), 'config.limit', (_, at) => String(size * ((at % 7) / 7)))),
    );
    expect(large?.adjustment?.terms).toBe(usual?.adjustment?.terms);
    expect(large?.effect).toBeCloseTo(usual!.effect!, 10);
  });

  it('needs ten runs more than terms', () => {
    const few = history(7, { runs: 16 });
    expect(effectOfCode(few).warnings).toMatchObject([
      { code: 'too_few_runs', text: expect.stringMatching(/16 runs, and \d+ terms.*At least \d+ runs/) },
    ]);
  });
});
