import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Effect } from '../effect.ts';
import type { Arm, Experiment, Run } from '../experiment.ts';
import { random } from '../numerics/random.ts';
import { swarmEffects } from './swarm-effect.ts';

const SLICES = ['code', 'prose', 'web'];
const RATE = 'config.lr';

const outcomeOf = (shares: Run['shares'], draw: number) =>
  2 - (shares['code'] ?? 0) + 0.3 * (shares['prose'] ?? 0) ** 2 + 0.02 * draw;

type Planned = { readonly shares: Run['shares']; readonly rate?: string };

/** One run of each mixture, each in an arm of its own. */
function experimentOf(design: Arm['design'], planned: readonly Planned[], seed: number): Experiment {
  const generator = random(seed);
  const runs = planned.map(({ shares, rate }, index): Run => ({
    runId: `run-${index}`,
    arm: `arm-${index}`,
    mixtureId: `arm-${index}`,
    seed: index,
    status: 'completed',
    shares,
    total: 1e9,
    unit: 'token',
    method: 'measured',
    facts: new Map(rate === undefined ? [] : [[RATE, rate]]),
    scores: {
      skill: { value: outcomeOf(shares, generator.normal()), unit: 'loss', higherIsBetter: false, step: 1 },
    },
    evidence: [],
  }));
  const arms = runs.map(({ arm, mixtureId }): Arm => ({
    arm,
    mixtureId,
    design,
    assignment: design === 'swarm' ? 'randomised' : 'unknown',
    randomisationSeed: design === 'swarm' ? '1' : undefined,
    control: false,
    role: 'train',
  }));
  return { name: 'swarm', arms, runs };
}

const RULES = {
  proportional: { rule: 'proportional' },
  'swap:web': { rule: 'swap', into: 'web' },
} as const;

function effectOf(experiment: Experiment, displacement: keyof typeof RULES = 'proportional'): Effect {
  const question = { capability: 'skill', slice: 'code', displacement, rule: RULES[displacement] };
  const asked = {
    capability: 'skill',
    level: 0.95,
    randomSeed: 1,
    questions: [question],
    isControlled: false,
  };
  return swarmEffects(experiment, asked)![0]!;
}

const reasonOf = ({ warnings }: Effect, code: string) =>
  warnings.find((warning) => warning.code === code)?.text ?? '';

/** The mixtures that a refusal names, each as often as it says. */
function named(text: string): Planned[] {
  const [, times = '', list = ''] =
    /Needs (an?|\d+) runs? of each of these mixtures: (.*)\.$/.exec(text) ?? [];
  return list.split('; ').flatMap((mixture) => {
    const parts = [...mixture.matchAll(/(\w+) ([\d.]+) %/g)];
    const shares = Object.fromEntries(parts.map(([, slice, share]) => [slice, Number(share) / 100]));
    return Array.from({ length: Number(times) || 1 }, () => ({ shares }));
  });
}

/** Mixtures of three slices with shares of code from `low` to `high`. */
const mixtures = (count: number, low: number, high: number) =>
  fc
    .array(
      fc.tuple(
        fc.double({ min: low, max: high, noNaN: true }),
        fc.double({ min: 0.2, max: 0.8, noNaN: true }),
      ),
      { minLength: count, maxLength: count },
    )
    .map((rows) =>
      rows.map(([code, part]): Planned => ({
        shares: { code, prose: (1 - code) * part, web: (1 - code) * (1 - part) },
      })),
    );

const anySeed = fc.integer({ min: 1, max: 1000 });
const anyRule = fc.constantFrom('proportional' as const, 'swap:web' as const);
const FEW = { numRuns: 8, seed: 4 };

describe('a swarm that cannot answer names the runs that make it answer', () => {
  it('where it has too few mixtures for a surface', () => {
    const few = fc.integer({ min: 1, max: 4 }).chain((count) => mixtures(count, 0.1, 0.5));
    fc.assert(
      fc.property(few, anyRule, anySeed, (planned, rule, seed) => {
        const before = effectOf(experimentOf('swarm', planned, seed), rule);
        const text = reasonOf(before, 'too_few_mixtures');
        fc.pre(text !== '');
        const added = named(text);
        expect(added.length).toBeGreaterThanOrEqual(SLICES.length + 2 - planned.length);
        const after = effectOf(experimentOf('swarm', [...planned, ...added], seed), rule);
        expect(after.warnings.map(({ code }) => code)).not.toContain('too_few_mixtures');
        expect(after.effect).not.toBeNull();
      }),
      FEW,
    );
  });

  it('where the contrast lies outside of the mixtures that were run', () => {
    fc.assert(
      fc.property(mixtures(12, 0.4, 0.405), anyRule, anySeed, (planned, rule, seed) => {
        const before = effectOf(experimentOf('swarm', planned, seed), rule);
        const added = named(reasonOf(before, 'outside_support'));
        expect(before.verdict).toBe('not_identified');
        expect(added.length).toBeGreaterThan(0);
        const after = effectOf(experimentOf('swarm', [...planned, ...added], seed), rule);
        expect(after.effect).not.toBeNull();
        expect(after.estimand.contrast!.less.share).toBeLessThan(0.01);
      }),
      FEW,
    );
  });

  it('where nobody assigned the mixtures and the share of another slice moves with it', () => {
    const tied = fc
      .array(
        fc.tuple(
          fc.double({ min: 0.1, max: 0.4, noNaN: true }),
          fc.double({ min: -0.005, max: 0.005, noNaN: true }),
        ),
        { minLength: 14, maxLength: 14 },
      )
      .map((rows) =>
        rows.map(([code, gap]): Planned => ({
          shares: { code, prose: code + gap, web: 1 - 2 * code - gap },
        })),
      );
    fc.assert(
      fc.property(tied, anySeed, (planned, seed) => {
        const before = effectOf(experimentOf('observational', planned, seed));
        const added = named(reasonOf(before, 'not_separable'));
        expect(before.verdict).toBe('not_identified');
        expect(added.length).toBeGreaterThan(0);
        const after = effectOf(experimentOf('observational', [...planned, ...added], seed));
        expect(reasonOf(after, 'not_separable')).toBe('');
        expect(after.effect).not.toBeNull();
      }),
      FEW,
    );
  });

  it('where a recorded fact goes along with its share', () => {
    fc.assert(
      fc.property(mixtures(16, 0.1, 0.6), anySeed, fc.boolean(), (planned, seed, isNumber) => {
        const rateOf = ({ shares }: Planned) =>
          isNumber ? String(shares['code']) : `v${shares['code']! > 0.35}`;
        const followed = planned.map((one) => ({ ...one, rate: rateOf(one) }));
        const experiment = experimentOf('swarm', followed, seed);
        const text = reasonOf(effectOf(experiment), 'not_separable');
        fc.pre(text !== '');
        const [, times = '', high = '', low = '', least = '', most = ''] =
          /Needs (a run|\d+ runs) of the mixture of run-(\d+) with config\.lr (\S+), and as many of that of run-(\d+) with config\.lr (\S+)\.$/.exec(
            text,
          ) ?? [];
        const pair = [
          { ...followed[Number(high)]!, rate: low },
          { ...followed[Number(least)]!, rate: most },
        ];
        const added = Array.from({ length: Number.parseInt(times, 10) || 1 }, () => pair).flat();
        const after = effectOf(experimentOf('swarm', [...followed, ...added], seed));
        expect(reasonOf(after, 'not_separable')).toBe('');
        expect(after.effect).not.toBeNull();
      }),
      FEW,
    );
  });
});
