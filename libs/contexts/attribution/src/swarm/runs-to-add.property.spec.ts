import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displace } from '../composition/displacement.ts';
import type { Experiment, Run } from '../experiment.ts';
import {
  RATE,
  RULES,
  SLICES,
  advised,
  anyRule,
  anySeed,
  besides,
  effectOf,
  experimentOf,
  isRecorded,
  mixtures,
  named,
  reasonOf,
} from './runs-to-add.fixture.ts';
import type { Planned } from './runs-to-add.fixture.ts';

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

/** How the recorded runs of arms outside the swarm stand. */
const anyState = fc.constantFrom('scored' as const, 'unscored' as const, 'running' as const);

const inState = (runs: readonly Run[], state: 'scored' | 'unscored' | 'running') =>
  runs.map((run): Run => {
    if (state === 'scored' || !run.runId.startsWith('control-')) return run;
    return { ...run, scores: {}, status: state === 'running' ? 'running' : 'completed' };
  });

/** A swarm with recorded runs of mixtures elsewhere: a control of its own, or an ablation of the question. */
const withOthers = (planned: fc.Arbitrary<Planned[]>) =>
  fc
    .record({
      planned,
      other: mixtures(1, 0.15, 0.8),
      isPair: fc.boolean(),
      isControl: fc.boolean(),
      rule: anyRule,
      seed: anySeed,
    })
    .map(({ planned: runs, other, isPair, isControl, rule, seed }) => {
      const { shares } = other[0]!;
      const without = { shares: displace(shares, 'code', RULES[rule])! };
      const experiment = besides(
        experimentOf('swarm', runs, seed),
        isPair ? [{ shares }, without] : [{ shares }],
      );
      const arms = experiment.arms.map((arm) =>
        isControl && arm.arm.startsWith('control-0-') ? { ...arm, control: true } : arm,
      );
      return { rule, experiment: { ...experiment, arms } };
    });

describe('what a refusal asks for makes the question answerable, whatever else is recorded', () => {
  const isAnswered = (experiment: Experiment, code: string, rule: keyof typeof RULES) => {
    const text = reasonOf(effectOf(experiment, rule), code);
    fc.pre(text !== '');
    expect(named(text).filter((one) => isRecorded(experiment, one))).toEqual([]);
    const after = effectOf(advised(experiment, text), rule);
    expect(after.warnings.map((warning) => warning.code)).not.toContain(code);
    expect(after.effect).not.toBeNull();
  };
  const few = fc.integer({ min: 1, max: 4 }).chain((count) => mixtures(count, 0.1, 0.5));
  const MORE = { numRuns: 24, seed: 4 };

  it.each([
    ['too_few_mixtures', few],
    ['outside_support', mixtures(12, 0.4, 0.405)],
  ] as const)('with arms outside the swarm: %s', (code, planned) => {
    fc.assert(
      fc.property(withOthers(planned), ({ experiment, rule }) => isAnswered(experiment, code, rule)),
      MORE,
    );
  });

  it.each([
    ['too_few_mixtures', few],
    ['outside_support', mixtures(12, 0.4, 0.405)],
  ] as const)('with runs of the mixtures that were asked for before, in any state: %s', (code, planned) => {
    fc.assert(
      fc.property(planned, anySeed, anyState, anyRule, (runs, seed, state, rule) => {
        const experiment = experimentOf('swarm', runs, seed);
        const text = reasonOf(effectOf(experiment, rule), code);
        fc.pre(text !== '');
        const then = besides(experiment, named(text));
        isAnswered({ ...then, runs: inState(then.runs, state) }, code, rule);
      }),
      MORE,
    );
  });

  it('where a fact that goes along with the share is not recorded by some runs', () => {
    fc.assert(
      fc.property(mixtures(16, 0.1, 0.6), anySeed, (planned, seed) => {
        const partly = planned.map((one) => ({ ...one, ...(one.shares['code']! > 0.35 && { rate: '3' }) }));
        const experiment = experimentOf('swarm', partly, seed);
        const text = reasonOf(effectOf(experiment), 'not_separable');
        fc.pre(text !== '');
        expect(text).toContain('Needs config.lr of the runs that do not record it: run-');
        const recorded = experiment.runs.map((run) => ({ ...run, facts: new Map([[RATE, '3']]) }));
        expect(effectOf({ ...experiment, runs: recorded }).effect).not.toBeNull();
      }),
      FEW,
    );
  });
});

describe('no refusal asks for a run that is recorded, in another arm or under another seed', () => {
  const asksForOthers = (experiment: Experiment, code: string) => {
    const text = reasonOf(effectOf(experiment), code);
    fc.pre(text !== '');
    const withThem = besides(experiment, named(text));
    const textThen = reasonOf(effectOf(withThem), code);
    expect(textThen).toContain('of each of these mixtures');
    const askedThen = named(textThen);
    expect(askedThen.filter((one) => isRecorded(withThem, one))).toEqual([]);
  };

  it('for mixtures that move together, or for a fact that goes along with the share', () => {
    const tied = mixtures(14, 0.1, 0.4).map((rows) =>
      rows.map(({ shares }): Planned => {
        const code = shares['code']!;
        return { shares: { code, prose: code, web: 1 - 2 * code } };
      }),
    );
    fc.assert(
      fc.property(tied, anySeed, (planned, seed) =>
        asksForOthers(experimentOf('observational', planned, seed), 'not_separable'),
      ),
      FEW,
    );
    fc.assert(
      fc.property(mixtures(16, 0.1, 0.6), anySeed, (planned, seed) => {
        const followed = planned.map((one) => ({ ...one, rate: String(one.shares['code']) }));
        const experiment = experimentOf('swarm', followed, seed);
        const asked = crossed(experiment);
        fc.pre(asked.length > 0);
        const withThem = besides(experiment, asked);
        const askedThen = crossed(withThem);
        expect(askedThen).toHaveLength(2);
        expect(askedThen.filter((one) => isRecorded(withThem, one))).toEqual([]);
      }),
      FEW,
    );
  });

  /** The two runs that a refusal names by the mixture of a recorded one and the value of another. */
  function crossed(experiment: Experiment): Planned[] {
    const text = reasonOf(effectOf(experiment), 'not_separable');
    const [, high = '', low = '', least = '', most = ''] =
      /of the mixture of (run-\d+) with config\.lr (\S+), and as many of that of (run-\d+) with config\.lr (\S+)\.$/.exec(
        text,
      ) ?? [];
    const of = (id: string, rate: string) => {
      const run = experiment.runs.find(({ runId }) => runId === id);
      return run ? [{ shares: run.shares, rate }] : [];
    };
    return [...of(high, low), ...of(least, most)];
  }
});
