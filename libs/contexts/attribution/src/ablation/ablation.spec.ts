import { describe, expect, it } from 'vitest';
import { attribute } from '../attribute.ts';
import type { Effect } from '../effect.ts';
import type { Experiment, Run, Score } from '../experiment.ts';
import { random } from '../numerics/random.ts';
import { simulatedAblation } from '../simulated-ablations.fixture.ts';

type Outcome = Pick<Run, 'seed'> & Partial<Pick<Score, 'items'>> & { readonly value: number };

/** The full mixture against the one without code, with these outcomes. */
function experimentWith(full: readonly Outcome[], without: readonly Outcome[]): Experiment {
  const { arms, runs, name } = simulatedAblation({ generator: random(1), seeds: 1 });
  const runsOf = (arm: string, outcomes: readonly Outcome[]) => {
    const run = runs.find((one) => one.arm === arm)!;
    return outcomes.map(({ seed, value, items }, index): Run => ({
      ...run,
      runId: `${arm}-${index}`,
      seed,
      scores: { skill: { ...run.scores['skill']!, value, items } },
    }));
  };
  return {
    name,
    arms: arms.filter(({ arm }) => arm === 'full' || arm === 'code'),
    runs: [...runsOf('full', full), ...runsOf('code', without)],
  };
}

/** Outcomes of the seeds from `first` on. */
const seeded = (values: readonly number[], first = 0): Outcome[] =>
  values.map((value, index) => ({ seed: first + index, value }));

function effectOf(experiment: Experiment, paired = true): Effect {
  const answer = attribute(
    { capability: 'skill', slice: 'code', displacement: 'proportional', paired },
    experiment,
  );
  if ('refusal' in answer) throw new Error(answer.text);
  return answer[0]!;
}

const codes = ({ warnings }: Effect) => warnings.map(({ code }) => code);
const control = ({ negativeControls }: Effect, name: string) =>
  negativeControls.find((one) => one.name === name);

describe('seeds', () => {
  it('count once, however many runs they have', () => {
    const [low, high] = [seeded([1.01, 1.23, 1.42], 10), seeded([2.11, 2.32, 2.53])];
    const repeated = high.flatMap((one) => [
      { ...one, value: one.value - 0.0171 },
      { ...one, value: one.value + 0.0171 },
    ]);
    const [once, twice] = [effectOf(experimentWith(high, low)), effectOf(experimentWith(repeated, low))];
    expect(twice.effect).toBeCloseTo(once.effect!, 12);
    expect(twice.pValue).toBeCloseTo(once.pValue!, 12);
    expect(twice.n).toEqual({ runs: 9, seeds: 3 });
    expect(codes(twice)).toContain('seeds_repeated');
  });

  it('are one where three runs have it: such an arm has no noise of its own', () => {
    const same = seeded([2.11, 2.32, 2.53]).map((one) => ({ ...one, seed: 7 }));
    const effect = effectOf(experimentWith(same, seeded([1.01, 1.23, 1.42], 10)));
    expect(effect.n).toEqual({ runs: 6, seeds: 1 });
    expect(effect.estimator.id).toBe('controlled_ablation.borrowed_noise');
  });

  it('are compared in pairs where both arms ran most of them, and the others are named', () => {
    const experiment = experimentWith(
      seeded([5.11, 7.23, 9.34, 3.48, 6.55]),
      seeded([4.02, 6.31, 8.22, 2.36], 0),
    );
    const effect = effectOf(experiment);
    expect(effect.estimator.id).toBe('controlled_ablation.paired_t');
    expect(effect.effect).toBeCloseTo((1.09 + 0.92 + 1.12 + 1.12) / 4, 12);
    expect(effect.n).toEqual({ runs: 8, seeds: 4 });
    expect(effect.warnings).toContainEqual({
      code: 'seeds_unmatched',
      text: 'Compared are the 4 seeds that both arms ran; left out, because one arm alone ran them: 4.',
    });
    const unpaired = effectOf(experiment, false);
    expect(unpaired.estimator.id).toBe('controlled_ablation.welch');
    expect(unpaired.n).toEqual({ runs: 9, seeds: 4 });
    expect(effect.interval!.high - effect.interval!.low).toBeLessThan(
      (unpaired.interval!.high - unpaired.interval!.low) / 10,
    );
  });

  it('are compared unpaired where the arms share too few of them', () => {
    const effect = effectOf(experimentWith(seeded([5.1, 7.2, 9.3, 3.4]), seeded([4, 6.3, 8.2, 2.3], 2)));
    expect(effect.estimator.id).toBe('controlled_ablation.welch');
  });
});

describe('outcomes that do not differ between seeds', () => {
  it('give no interval: neither zero width nor a p value of rounding', () => {
    const third = 0.1 + 0.2;
    const effect = effectOf(experimentWith(seeded([third, 0.3, third]), seeded([0.2, 0.2, 0.2], 10)));
    expect(effect).toMatchObject({ interval: null, pValue: null, interpretation: 'inconclusive' });
    expect(effect.warnings).toContainEqual({
      code: 'no_spread',
      text: 'All seeds of each arm have equal scores, so their noise is not visible: the scores are recorded in steps of 0.1. No interval.',
    });
    const finer = effectOf(experimentWith(seeded(Array(3).fill(Math.PI)), seeded(Array(3).fill(Math.E), 10)));
    expect(finer.warnings.find(({ code }) => code === 'no_spread')?.text).toContain('the runs are copies');
  });

  it('have the noise of rounding where the score is coarse', () => {
    const effect = effectOf(experimentWith(seeded([0.5, 0.5, 0.5]), seeded([0.4, 0.3, 0.4], 10)));
    expect(codes(effect)).toContain('coarse_scores');
    const variance = 0.1 ** 2 / 12 / 3 + 0.01 / 3 / 3;
    expect(effect.minimumDetectableEffect! / Math.sqrt(variance)).toBeGreaterThan(2.8);
    const { low, high } = effect.interval!;
    expect(high - low).toBeGreaterThan(2 * 2.7 * Math.sqrt(variance));
  });

  it('take one item as the step of the score where items are recorded', () => {
    const ids = ['a', 'b', 'c'];
    const items = (right: number) => ({ ids, values: ids.map((_, index) => Number(index < right)) });
    const outcomes = (right: readonly number[], first = 0) =>
      right.map((count, index) => ({ seed: first + index, value: count / 3, items: items(count) }));
    const effect = effectOf(experimentWith(outcomes([2, 2, 2]), outcomes([1, 1, 2], 10)));
    expect(effect.warnings.find(({ code }) => code === 'coarse_scores')?.text).toContain('steps of 0.333');
  });
});

describe('the controls of an ablation', () => {
  const draw = (seeds: number, effect: number, blocked = false) =>
    effectOf(simulatedAblation({ generator: random(seeds), seeds, effects: { code: effect }, blocked }));

  it('cannot tell with three seeds an arm: of ten relabellings one is the actual one', () => {
    const found = control(draw(3, 8), 'shuffled_arm_labels');
    expect(found).toMatchObject({
      outcome: 'cannot_tell',
      trials: 10,
      falsePositives: 0,
      attainableLevel: 0.1,
    });
    expect(found?.text).toContain(
      'The smallest p that this control can reach is 10.0 %, above 5.0 %: it cannot tell.',
    );
    const within = control(draw(5, 8, true), 'exchanged_labels_within_seeds');
    expect(within).toMatchObject({ outcome: 'cannot_tell', trials: 16, attainableLevel: 1 / 16 });
  });

  it('can tell with four seeds an arm, and with six pairs', () => {
    expect(control(draw(4, 8), 'shuffled_arm_labels')).toMatchObject({
      outcome: 'passed',
      trials: 35,
      falsePositives: 0,
      attainableLevel: 1 / 35,
    });
    expect(control(draw(6, 8, true), 'exchanged_labels_within_seeds')).toMatchObject({
      outcome: 'passed',
      trials: 32,
    });
  });

  it('fail where the estimator finds an effect that many relabellings show too', () => {
    const less = [-1.21, -0.18, -0.18, 1.35, -1.34, -0.99, 1.36, 0.36, -0.45, 1.37];
    const effect = effectOf(experimentWith(seeded([0.88, 1.14, 0.87], 100), seeded(less)));
    expect(effect.pValue).toBeCloseTo(0.021, 3);
    expect(control(effect, 'shuffled_arm_labels')).toMatchObject({
      outcome: 'failed',
      trials: 286,
      falsePositives: 29,
    });
  });

  it('plant the minimum detectable effect and find it in about four of five trials', () => {
    for (const seeds of [3, 5, 8]) {
      const effect = draw(seeds, 0);
      const found = control(effect, 'planted_effect')!;
      expect(found.planted).toBe(effect.minimumDetectableEffect);
      expect(found.found! / found.trials).toBeGreaterThanOrEqual(0.4);
    }
  });

  it('are not run where there is no noise to relabel', () => {
    const effect = effectOf(experimentWith(seeded([1]), seeded([2])));
    expect(effect.negativeControls.map(({ outcome }) => outcome)).toEqual(['not_run', 'not_run']);
  });
});
