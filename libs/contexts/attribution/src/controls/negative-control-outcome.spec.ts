import { describe, expect, it } from 'vitest';
import { attribute } from '../index.ts';
import type { Effect, Experiment, Run } from '../index.ts';
import { random } from '../numerics/random.ts';
import { SLICES, simulatedAblation } from '../simulated-ablations.fixture.ts';
import { cleanSwarm } from './clean-experiment.fixture.ts';

const asked = { capability: 'skill', slice: 'code', displacement: 'proportional' };
const controlled = { ...asked, negativeControlOutcomes: ['typing'] };

/** An outcome of each run that no slice changes, moved by what else differs between the runs. */
const withTyping = (
  experiment: Experiment,
  moved: (run: Run) => number,
  { unit = 'score', seed = 8 } = {},
): Experiment => {
  const generator = random(seed);
  return {
    ...experiment,
    runs: experiment.runs.map((run) => {
      const value = 5 + generator.normal() + moved(run);
      const step = Object.values(run.scores)[0]!.step!;
      return { ...run, scores: { ...run.scores, typing: { value, unit, higherIsBetter: true, step } } };
    }),
  };
};

const ablation = (effect: number) =>
  simulatedAblation({ generator: random(4), seeds: 6, effects: { code: effect } });

function effectsOf(question: Parameters<typeof attribute>[0], experiment: Experiment): readonly Effect[] {
  const answer = attribute(question, experiment);
  if ('refusal' in answer) throw new Error(answer.text);
  return answer;
}

const controlOf = (experiment: Experiment, question: Parameters<typeof attribute>[0] = controlled) =>
  effectsOf(question, experiment)[0]!.negativeControls.find(
    ({ name }) => name === 'negative_control_outcome',
  )!;

describe('a negative control outcome', () => {
  it('passes where the slice does not change it, with the effect on it and what it could have found', () => {
    const control = controlOf(withTyping(ablation(20), () => 0));
    expect(control).toMatchObject({
      outcome: 'passed',
      trials: 1,
      falsePositives: 0,
      controlOutcome: { capability: 'typing', unit: 'score', interval: { level: 0.95, method: 'welch' } },
    });
    expect(control.controlOutcome!.interval!.low).toBeLessThan(control.controlOutcome!.effect!);
    expect(control.controlOutcome!.minimumDetectableEffect).toBeGreaterThan(1);
    expect(control.text).toContain('would have been found in four of five repetitions.');
  });

  it('fails where something besides the slice moved the runs of one arm', () => {
    const control = controlOf(withTyping(ablation(20), ({ arm }) => (arm === 'code' ? 9 : 0)));
    expect(control).toMatchObject({ outcome: 'failed', falsePositives: 1 });
  });

  it('cannot tell where it would have missed an effect as large, unless units differ', () => {
    const weak = withTyping(ablation(0), () => 0);
    expect(controlOf(weak)).toMatchObject({ outcome: 'cannot_tell' });
    expect(controlOf(weak).text).toContain('more than the effect in question');
    expect(controlOf(withTyping(ablation(0), () => 0, { unit: 'seconds' }))).toMatchObject({
      outcome: 'passed',
    });
  });

  it('is estimated by the estimator of each effect, and changes nothing else of it', () => {
    const { arms, runs, name } = withTyping(cleanSwarm(), () => 0);
    const swarm = { name, arms: arms.slice(0, 12), runs: runs.slice(0, 12) };
    const question = { ...asked, capability: 'programming' };
    const [plain] = effectsOf(question, swarm);
    const [effect] = effectsOf({ ...question, negativeControlOutcomes: ['typing'] }, swarm);
    const { negativeControls, ...rest } = effect!;
    expect(negativeControls.at(-1)).toMatchObject({
      name: 'negative_control_outcome',
      controlOutcome: { interval: { method: 'posterior_mixture_of_t' } },
    });
    expect({ ...rest, negativeControls: negativeControls.slice(0, -1) }).toEqual(plain);
  });

  it('does not run where no effect on it can be estimated, and says why', () => {
    const unscored = withTyping(ablation(20), () => 0);
    const runs = unscored.runs.map((run) =>
      run.arm === 'code' ? { ...run, scores: { skill: run.scores['skill']! } } : run,
    );
    expect(controlOf({ ...unscored, runs })).toMatchObject({ outcome: 'not_run', trials: 0 });
  });

  it.each([
    [['typing', 'skill'], 'negative_control_is_outcome', /skill is what is asked about/],
    [['chess'], 'unknown_capability', /no capability chess; it has skill, typing/],
  ])('is refused: %s', (negativeControlOutcomes, refusal, text) => {
    const answer = attribute(
      { ...asked, negativeControlOutcomes },
      withTyping(ablation(20), () => 0),
    );
    expect(answer).toMatchObject({ refusal, text: expect.stringMatching(text) });
  });

  it('hardly ever fails by chance', () => {
    const failed = SLICES.flatMap((slice) =>
      Array.from({ length: 15 }, (_, seed) => {
        const clean = simulatedAblation({
          generator: random(100 + seed),
          seeds: 4,
          effects: { [slice]: 30 },
        });
        const unmoved = withTyping(clean, () => 0, { seed: 900 + seed });
        return controlOf(unmoved, { ...controlled, slice }).falsePositives;
      }),
    );
    const rate = failed.reduce((sum, one) => sum + one, 0) / failed.length;
    expect(rate).toBeLessThan(0.15);
  });
});
