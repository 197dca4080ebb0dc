import { describe, expect, it } from 'vitest';
import { attribute } from '../index.ts';
import type { Effect, Experiment } from '../index.ts';
import { cleanAblation, cleanSwarm } from './clean-experiment.fixture.ts';
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
});

describe('one thing changed in a clean experiment', () => {
  it('is tried for at least sixty fields and situations', () => {
    expect(new Set(TRAPS.map(({ what }) => what)).size).toBeGreaterThanOrEqual(60);
  });

  it.each(TRAPS)('is named, and the effect is not randomised: $what', ({ experiment, named }) => {
    const effect = effectOf(experiment);
    expect(namesOf(effect)).toContain(named);
    expect(effect.identification).not.toBe('randomised');
  });
});
