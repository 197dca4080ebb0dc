import { expect, it } from 'vitest';
import { attribute } from '../attribute.ts';
import type { Effect } from '../effect.ts';
import type { Experiment } from '../experiment.ts';
import { cleanAblation } from './clean-experiment.fixture.ts';
import { outcomesToCome } from './peek.ts';

/** The experiment with one more run of its first arm that has not ended. */
function stillRunning({ runs, ...experiment }: Experiment): Experiment {
  const running = { ...runs[0]!, runId: 'later', seed: 99, status: 'running' as const, scores: {} };
  return { ...experiment, runs: [...runs, running] };
}

function effectOf(experiment: Experiment): Effect {
  const asked = { capability: 'programming', slice: 'code', displacement: 'proportional' };
  const answer = attribute(asked, experiment);
  if ('refusal' in answer || !answer[0]) throw new Error('there is no effect');
  return answer[0];
}

it('says that outcomes are to come while runs have no end or arms have no run, and names them', () => {
  const experiment = cleanAblation();
  expect(outcomesToCome(experiment)).toBeUndefined();
  expect(outcomesToCome(stillRunning(experiment))).toBe('without a recorded end: 1 run (later)');
  const planned = { ...experiment.arms[0]!, arm: 'planned' };
  expect(outcomesToCome({ ...experiment, arms: [...experiment.arms, planned] })).toBe(
    'without a run: 1 arm (planned)',
  );
});

it('does not count runs that failed, or runs outside of the arms: no outcome of theirs is to come', () => {
  const { runs, ...experiment } = cleanAblation();
  const [first, ...others] = runs;
  const stray = { ...first!, runId: 'stray', arm: 'no arm', status: 'running' as const };
  expect(
    outcomesToCome({ ...experiment, runs: [{ ...first!, status: 'failed' }, ...others, stray] }),
  ).toBeUndefined();
});

it('gives an ablation the interval that holds at every look, with the planned one beside it', () => {
  const [planned, peek] = [effectOf(cleanAblation()), effectOf(stillRunning(cleanAblation()))];
  expect(peek).toMatchObject({
    effect: planned.effect,
    interval: { level: 0.975, method: 'anytime_t' },
    otherIntervals: [{ ...planned.interval, method: `${planned.interval?.method}_fixed_n` }],
    relativeChange: { interval: null },
    decomposition: { bundle: { interval: peek.interval } },
  });
  expect(peek.interval!.low).toBeLessThan(planned.interval!.low);
  expect(peek.pValue).toBeGreaterThan(planned.pValue!);
  expect(peek.minimumDetectableEffect).toBeGreaterThan(planned.minimumDetectableEffect!);
  expect(peek.warnings.at(-1)).toMatchObject({
    code: 'anytime_valid',
    text: expect.stringContaining('The interval (97.5 %) and the p value hold at every look'),
  });
});
