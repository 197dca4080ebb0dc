import { describe, expect, it } from 'vitest';
import { displace } from './composition/displacement.ts';
import type { FixedBudgetRule } from './composition/displacement.ts';
import { FULL, swapArms } from './decomposition/swap-arms.fixture.ts';
import { attribute } from './index.ts';
import type { Effect, Experiment } from './index.ts';

const experiment = swapArms({
  swaps: [],
  outcome: (shares, _arm, seed) => 4 - (shares['web'] ?? 0) + seed / 100,
});

function answerOf(asked: Experiment, slice: string, displacement: string): Effect {
  const answer = attribute({ capability: 'math', slice, displacement, paired: false }, asked);
  if ('refusal' in answer) throw new Error(answer.text);
  return answer[0]!;
}

/** The experiment with runs of the mixture in an arm of its own. */
function withArm(rule: FixedBudgetRule, slice: string): Experiment {
  const shares = displace(FULL, slice, rule)!;
  const [control] = experiment.arms;
  const copies = experiment.runs.filter(({ arm }) => arm === 'full');
  const changed = { arm: 'added', mixtureId: 'mixture-added' };
  return {
    ...experiment,
    arms: [...experiment.arms, { ...control!, ...changed, control: false }],
    runs: [
      ...experiment.runs,
      ...copies.map((run) => ({ ...run, ...changed, runId: `added-${run.runId}`, shares })),
    ],
  };
}

describe('a question that no recorded run answers', () => {
  it.each<[string, string, FixedBudgetRule, RegExp]>([
    [
      'code',
      'swap:web',
      { rule: 'swap', into: 'web' },
      /beside full, an arm of code 0\.0 %, .*web 55\.0 %, 4 runs on the seeds 1, 2, 3, 4/,
    ],
    ['web', 'proportional', { rule: 'proportional' }, /beside full, an arm of code 35\.7 %, .*web 0\.0 %/],
    [
      'math/proof',
      'within:math',
      { rule: 'within', domain: 'math' },
      /math\/plain 30\.0 %, math\/proof 0\.0 %/,
    ],
  ])('names the runs that would, and these answer it: %s, %s', (slice, displacement, rule, named) => {
    const before = answerOf(experiment, slice, displacement);
    expect(before).toMatchObject({ verdict: 'not_identified', effect: null });
    expect(before.warnings.find(({ code }) => code === 'no_matching_ablation')?.text).toMatch(named);
    const after = answerOf(withArm(rule, slice), slice, displacement);
    expect(after.verdict).not.toBe('not_identified');
    expect(after.estimand.contrast?.less.mixture).toBe('added');
  });

  it('names an assignment where there is no design at all', () => {
    const { warnings } = answerOf({ ...experiment, arms: [] }, 'code', 'proportional');
    expect(warnings).toEqual([
      { code: 'no_contrast', text: expect.stringContaining('Needs two arms that differ by code') },
    ]);
  });

  it('names contradictions that may be the reason', () => {
    const [first] = experiment.runs;
    const copy = { ...first!, arm: 'wo_code', mixtureId: 'mixture-wo_code' };
    const { warnings } = answerOf({ ...experiment, runs: [...experiment.runs, copy] }, 'code', 'swap:web');
    expect(warnings.map(({ code }) => code)).toEqual(['no_matching_ablation', 'contradictory_assignment']);
  });
});
