import { beforeAll, describe, expect, it } from 'vitest';
import { attributeAll, interactions, observationalSlopes, swarmOf } from '../index.ts';
import type { Answer, Effect, Experiment, Question } from '../index.ts';
import { detectable } from '../statistics/minimum-detectable-effect.ts';
import { studentQuantile, twoSidedP } from '../statistics/student-t.ts';
import { isShared, syntheticExperiment, syntheticTruth } from './recorded-experiments.fixture.ts';

/** The planted arms as questions; truth.json gives arm minus full, an effect is more minus less of the slice. */
const ARMS = [
  { arm: 'wo_code', slice: 'code', displacement: 'proportional', sign: -1 },
  { arm: 'wo_math', slice: 'math', displacement: 'proportional', sign: -1 },
  { arm: 'wo_code_nl', slice: 'code_nl', displacement: 'proportional', sign: -1 },
  { arm: 'scaffold_replace', slice: 'math/scaffold', displacement: 'within:math', sign: 1 },
] as const;
const CAPABILITIES = ['programming', 'knowledge', 'reasoning', 'grade_math', 'competition_math'];

/** The planted noise of a run does not depend on its seed's number, so seeds make no blocks. */
const questions = CAPABILITIES.flatMap((capability) =>
  ARMS.map(({ slice, displacement }): Question => ({ capability, slice, displacement, paired: false })),
);

const effectsOf = (answer: Answer): readonly Effect[] => ('refusal' in answer ? [] : answer);

/** Degrees of freedom at which Student's t has this 97.5 % quantile. */
function freedomOf(quantile: number): number {
  let [low, high] = [1, 1000];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (studentQuantile(0.975, middle) > quantile) low = middle;
    else high = middle;
  }
  return low;
}
const isPartial = ({ warnings }: Effect) => warnings.some(({ code }) => code === 'partial_dose');

type Cell = (typeof ARMS)[number] & { capability: string; effect: Effect; planted: number };

function cellsOf(answers: readonly Answer[], estimator: string): Cell[] {
  const truth = syntheticTruth().true_effects_vs_full;
  const cells = CAPABILITIES.flatMap((capability) => ARMS.map((arm) => ({ capability, ...arm })));
  return cells.map((cell, index) => {
    const effect = effectsOf(answers[index]!).find(({ estimator: { id } }) => id.startsWith(estimator))!;
    return { ...cell, effect, planted: cell.sign * truth[cell.arm]![cell.capability]! };
  });
}

describe.skipIf(!isShared('synthetic-truth'))(
  'the planted experiment (needs shared data synthetic-truth)',
  () => {
    let experiment: Experiment;
    let answers: readonly Answer[];
    let ablations: Cell[];
    let surfaces: Cell[];

    beforeAll(() => {
      experiment = syntheticExperiment();
      answers = attributeAll(questions, experiment);
      ablations = cellsOf(answers, 'controlled_ablation');
      surfaces = cellsOf(answers, 'response_surface');
    });

    const find = (capability: string, arm: string) =>
      ablations.find((cell) => cell.capability === capability && cell.arm === arm)!.effect;

    it('answers every question by ablation and by surface', () => {
      expect(answers.map((answer) => effectsOf(answer).length)).toEqual(questions.map(() => 2));
    });

    it('covers the truth with at least 18 of 20 Welch intervals', () => {
      const covered = ablations.filter(
        ({ effect, planted }) => effect.interval!.low <= planted && planted <= effect.interval!.high,
      );
      expect(covered.length).toBeGreaterThanOrEqual(18);
    });

    it.each([
      ['competition_math', 'wo_code', -0.05128, 0.003649],
      ['programming', 'wo_code', 0.1439, 0.013359],
      ['competition_math', 'scaffold_replace', 0.0558, 0.00523],
      ['knowledge', 'wo_math', -0.017448, 0.004353],
    ])(
      'reports the independently computed ablation of %s by %s',
      (capability, arm, estimate, standardError) => {
        const effect = find(capability, arm);
        expect(effect.effect).toBeCloseTo(estimate, 4);
        const halfWidth = (effect.interval!.high - effect.interval!.low) / 2;
        const freedom = freedomOf(halfWidth / standardError);
        expect(freedom).toBeGreaterThan(4);
        expect(freedom).toBeLessThan(8);
        const pValue = twoSidedP(effect.effect! / standardError, freedom);
        expect(Math.log(effect.pValue!) / Math.log(pValue)).toBeCloseTo(1, 2);
        expect(effect.minimumDetectableEffect).toBeCloseTo(detectable(standardError, freedom), 4);
      },
    );

    it('recovers from the swarm, within 0.006, every ablation effect whose mixtures lie near those that were run', () => {
      const whole = surfaces.filter(({ effect }) => !isPartial(effect));
      expect(whole).toHaveLength(15);
      for (const { effect, planted } of whole) expect(Math.abs(effect.effect! - planted)).toBeLessThan(0.006);
    });

    it('covers the truth with at least 14 of the 15 intervals of the surface', () => {
      const covered = surfaces.filter(
        ({ effect, planted }) =>
          !isPartial(effect) && effect.interval!.low <= planted && planted <= effect.interval!.high,
      );
      expect(covered.length).toBeGreaterThanOrEqual(14);
    });

    it('answers for a smaller dose of code, because no mixture was run near one without it', () => {
      const partial = surfaces.filter(({ effect }) => isPartial(effect));
      expect(new Set(partial.map(({ arm }) => arm))).toEqual(new Set(['wo_code']));
      for (const { effect } of partial) expect(effect.estimand.contrast!.less.share).toBeCloseTo(0.037, 3);
    });

    it('calls the swarm randomised and the unrandomised ablation controlled', () => {
      expect(new Set(surfaces.map(({ effect }) => effect.identification))).toEqual(new Set(['randomised']));
      expect(new Set(ablations.map(({ effect }) => effect.identification))).toEqual(
        new Set(['controlled_ablation']),
      );
    });

    it('warns that the ablations share a control and that re-filling changed the share of code prose', () => {
      const warnings = find('competition_math', 'wo_code').warnings;
      expect(warnings.map(({ code }) => code)).toEqual(['retained_not_constant', 'shared_control']);
      expect(warnings[0]!.text).toContain('code_nl +1.1 points');
    });

    it('finds exactly the two planted interactions of competition mathematics', () => {
      const { observations } = swarmOf(experiment, 'competition_math')!;
      const found = interactions(observations, { higherIsBetter: true })!.filter(
        ({ verdict }) => verdict !== 'inconclusive',
      );
      expect(found.map(({ pair, verdict }) => [...pair, verdict])).toEqual([
        ['code', 'math', 'competitive'],
        ['code_nl', 'math', 'synergistic'],
      ]);
    });

    it('differs when the tokens go to one slice instead of all', () => {
      const asked = ['proportional', 'swap:web'].map((displacement) => ({
        capability: 'competition_math',
        slice: 'code',
        displacement,
      }));
      const [spread, swapped] = attributeAll(asked, experiment).map((answer) => effectsOf(answer).at(-1)!);
      expect(spread!.displacement).toBe('proportional');
      expect(swapped!.displacement).toBe('swap:web');
      expect(Math.abs(spread!.effect! - swapped!.effect!)).toBeGreaterThan(0.001);
    });

    it('reports a local slope of the other sign than the removal', () => {
      const { effect } = surfaces.find(
        ({ capability, arm }) => capability === 'competition_math' && arm === 'wo_code',
      )!;
      expect(effect.slope!.gateaux).toBeLessThan(-0.1);
      expect(effect.effect).toBeLessThan(0);
    });

    it('finds the planted confounding in the observational runs and marks the two code slices as not separable', () => {
      const question = { capability: 'competition_math', slice: 'code', adjustFor: ['code_nl', 'math'] };
      const slopes = observationalSlopes(syntheticExperiment(['observational']), question)!;
      expect(Math.abs(slopes.naive.slope - 0.33178)).toBeLessThan(0.005);
      expect(Math.abs(slopes.adjusted.slope + 0.08849)).toBeLessThan(0.005);
      expect(slopes.notSeparable.map(({ slice }) => slice)).toEqual(['code_nl']);
      expect(slopes.notSeparable[0]!.correlation).toBeCloseTo(0.974, 3);
    });

    it('does not fit a surface to observational runs in which two slices move together', () => {
      const question = { capability: 'competition_math', slice: 'code', displacement: 'proportional' };
      const [answer] = attributeAll([question], syntheticExperiment(['observational']));
      const [effect] = effectsOf(answer!);
      expect(effect).toMatchObject({ effect: null, verdict: 'not_identified' });
      expect(effect!.warnings[0]).toEqual({
        code: 'not_separable',
        text: expect.stringContaining('code_nl (correlation 0.974)'),
      });
    });

    it('puts the stronger identification first, and a part of the dose last', () => {
      const firsts = answers.map((answer) => effectsOf(answer)[0]!.identification);
      expect(firsts.slice(0, 2)).toEqual(['controlled_ablation', 'randomised']);
    });

    it('yields the same bytes for the same experiment in any order', () => {
      const reversed = {
        ...experiment,
        arms: experiment.arms.toReversed(),
        runs: experiment.runs.toReversed(),
      };
      const asked = questions.slice(16, 18);
      expect(JSON.stringify(attributeAll(asked, reversed))).toBe(
        JSON.stringify(attributeAll(asked, experiment)),
      );
    });
  },
);
