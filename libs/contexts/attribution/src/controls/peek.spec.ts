import { expect, it } from 'vitest';
import { cleanAblation } from './clean-experiment.fixture.ts';
import { peekWarnings } from './peek.ts';

it('says that an answer is a peek while runs have no end or arms have no run, and names them', () => {
  const experiment = cleanAblation();
  expect(peekWarnings(experiment)).toEqual([]);
  const [first, ...others] = experiment.runs;
  const running = { ...experiment, runs: [{ ...first!, status: 'running' as const }, ...others] };
  expect(peekWarnings(running)).toMatchObject([
    { code: 'peek', text: expect.stringContaining(`without a recorded end: 1 run (${first!.runId})`) },
  ]);
  const planned = { ...experiment.arms[0]!, arm: 'planned' };
  expect(peekWarnings({ ...experiment, arms: [...experiment.arms, planned] })[0]?.text).toContain(
    'without a run: 1 arm (planned)',
  );
});

it('does not count runs that failed, or runs outside of the arms: no outcome of theirs is to come', () => {
  const { runs, ...experiment } = cleanAblation();
  const [first, ...others] = runs;
  const stray = { ...first!, runId: 'stray', arm: 'no arm', status: 'running' as const };
  expect(peekWarnings({ ...experiment, runs: [{ ...first!, status: 'failed' }, ...others, stray] })).toEqual(
    [],
  );
});
