import { describe, expect, it } from 'vitest';
import { attribute } from '../index.ts';
import { runsInSeveralArms } from '../experiment.ts';
import type { Effect, Experiment, Run } from '../index.ts';
import { cleanAblation, cleanSwarm } from './clean-experiment.fixture.ts';
import { CLEAN_TWINS } from './clean-twins.fixture.ts';
import { TRAPS } from './traps.fixture.ts';

const effectOf = (experiment: Experiment): Effect => {
  const question = { capability: 'programming', slice: 'code', displacement: 'proportional' };
  const answer = attribute(question, experiment);
  if ('refusal' in answer) throw new Error(answer.text);
  return answer[0]!;
};

const namesOf = ({ warnings, differences }: Effect) => [
  ...warnings.map(({ code }) => code),
  ...differences.map(({ field }) => field),
];

describe('a clean experiment', () => {
  it.each([
    ['an ablation', cleanAblation()],
    ['a swarm', cleanSwarm()],
  ])('is randomised, and nothing differs: %s', (_what, experiment) => {
    const effect = effectOf(experiment);
    expect(effect).toMatchObject({ identification: 'randomised', verdict: 'positive', differences: [] });
  });

  it.each(CLEAN_TWINS)('stays randomised where it looks changed and is not: $what', ({ experiment }) => {
    const effect = effectOf(experiment);
    expect(effect).toMatchObject({ identification: 'randomised', differences: [] });
    expect(effect.effect).not.toBeNull();
  });

  it('has an effect where its percents are called accuracy and lie around one, and a warning names them', () => {
    for (const { experiment } of TRAPS.filter(({ named }) => named === 'accuracies_on_two_scales')) {
      const effect = effectOf(experiment);
      expect(effect).toMatchObject({ identification: 'associational' });
      expect(effect.effect).not.toBeNull();
    }
  });
});

describe('one thing changed in a clean experiment', () => {
  it('is tried for at least sixty fields and situations', () => {
    expect(new Set(TRAPS.map(({ what }) => what)).size).toBeGreaterThanOrEqual(360);
  });

  it.each(TRAPS)('is named, and the effect is not randomised: $what', ({ experiment, named }) => {
    const effect = effectOf(experiment);
    expect(namesOf(effect)).toContain(named);
    expect(effect.identification).not.toBe('randomised');
  });

  const contradictory = TRAPS.filter(({ isLeftOut }) => isLeftOut);

  it('is tried for runs whose mixture nobody knows, in arms and in swarms', () => {
    expect(contradictory.length).toBeGreaterThanOrEqual(10);
  });

  it.each(contradictory)('leaves such runs out of the effect, and names them: $what', ({ experiment }) => {
    const clean = experiment.name === 'clean' ? cleanAblation() : cleanSwarm(24);
    const isClean = (run: Run) => clean.runs.some((one) => JSON.stringify(one) === JSON.stringify(run));
    const shared = runsInSeveralArms(experiment.runs).flat();
    const [kept, gone] = [[], []] as [Run[], Run[]];
    for (const run of experiment.runs) (isClean(run) && !shared.includes(run) ? kept : gone).push(run);
    const [found, without] = [effectOf(experiment), effectOf({ ...experiment, runs: kept })];
    expect(gone.length).toBeGreaterThan(0);
    expect(found.effect).toBe(without.effect);
    expect(found.interval).toEqual(without.interval);
    const texts = found.warnings.map(({ text }) => text).join(' ');
    for (const { runId } of gone) expect(texts).toContain(runId);
  });
});
