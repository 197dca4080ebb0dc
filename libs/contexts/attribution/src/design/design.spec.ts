import { describe, expect, it } from 'vitest';
import { realisedArms } from '../ablation/ablation.ts';
import { findPair } from '../ablation/arm-pair.ts';
import { parseDisplacement } from '../composition/displacement.ts';
import type { Displacement } from '../composition/displacement.ts';
import { cleanAblation, cleanSwarm } from '../controls/clean-experiment.fixture.ts';
import { swapArms } from '../decomposition/swap-arms.fixture.ts';
import { refused } from '../effect.ts';
import { slicesOf } from '../experiment.ts';
import type { Arm, Experiment, Run } from '../experiment.ts';
import { attribute, design } from '../index.ts';
import type { DesignQuestion, ExperimentDesign, RunPlan } from '../index.ts';

/** Full and without code on the same four seeds, whose noise both arms share in part. */
const BLOCKS = swapArms({
  swaps: [],
  outcome: (shares, arm, seed) =>
    4 - (shares['web'] ?? 0) + Math.sin(seed) / 50 + Math.sin(7 * seed + arm.length) / 100,
});
const CODE = { capability: 'math', slice: 'code', displacement: 'proportional' };
const PROGRAMMING = { ...CODE, capability: 'programming' };

function designed(question: DesignQuestion, experiment: Experiment): ExperimentDesign {
  const found = design(question, experiment);
  if (refused(found)) throw new Error(found.text);
  return found;
}

const onlyPlan = (question: DesignQuestion, experiment: Experiment): RunPlan =>
  designed(question, experiment).plans[0]!;

/** The experiment once a plan has run: each run is like a recorded one, with the planned mixture and seed. */
function launch(experiment: Experiment, { runs, assignment }: RunPlan): Experiment {
  const [like] = experiment.runs;
  const [arm] = experiment.arms;
  const arms = (assignment?.arms ?? []).map((added): Arm => ({
    ...arm!,
    design: assignment!.design,
    assignment: assignment!.assignment,
    randomisationSeed: assignment!.randomisation?.seed,
    randomisationMethod: assignment!.randomisation?.method,
    arm: added.arm,
    mixtureId: added.mixture,
    control: false,
    planned: undefined,
  }));
  const added = runs.flatMap((planned, index) =>
    planned.seeds.map((seed): Run => ({
      ...like!,
      runId: `new-${planned.arm}-${seed}`,
      arm: planned.arm,
      mixtureId: planned.mixture,
      seed: Number(seed),
      shares: Object.fromEntries(planned.shares.map(({ slice, share }) => [slice, share])),
      total: planned.amountPerRun,
      scores: Object.fromEntries(
        Object.entries(like!.scores).map(([name, score]) => [
          name,
          { ...score, value: score.value + index / 10 + Number(seed) / 1e4 },
        ]),
      ),
    })),
  );
  return { ...experiment, arms: [...experiment.arms, ...arms], runs: [...experiment.runs, ...added] };
}

const ruleOf = (displacement: string, slice: string, experiment: Experiment): Displacement => {
  const rule = parseDisplacement(displacement, slice, slicesOf(experiment));
  if (refused(rule)) throw new Error(rule.text);
  return rule;
};

describe('a plan for two arms that were run', () => {
  it('repeats new seeds in both arms of a design in blocks, and counts the noise of blocks', () => {
    const plan = onlyPlan(CODE, BLOCKS);
    expect(plan.runs).toMatchObject([
      { purpose: 'replicate', arm: 'full', runs: 3, seeds: ['5', '6', '7'] },
      { purpose: 'replicate', arm: 'wo_code', runs: 3, seeds: ['5', '6', '7'] },
    ]);
    expect(plan.noise).toMatchObject({ source: 'within_arms', degreesOfFreedom: 6 });
    expect(plan.noise?.text).toContain('of the difference of two arms at one seed, 3 degrees of freedom');
    expect(plan.detectable.map(({ addedRuns }) => addedRuns)).toEqual([0, 2, 4, 6]);
    expect(plan).toMatchObject({ identification: 'controlled_ablation', assignment: null });
    expect(plan.now).toMatchObject({ identification: 'controlled_ablation', n: { runs: 8 } });
  });

  it('deals new seeds on, so that a randomised experiment stays randomised', () => {
    const experiment = cleanAblation();
    const plan = onlyPlan({ ...PROGRAMMING, runs: 5 }, experiment);
    expect(plan.identification).toBe('randomised');
    const effects = attribute(PROGRAMMING, launch(experiment, plan));
    expect(effects).toMatchObject([{ identification: 'randomised', n: { runs: 13 } }]);
  });

  it('names the arms that would split a proportional effect, beside the cost', () => {
    const { decomposition, cost } = onlyPlan(CODE, BLOCKS);
    expect(decomposition).toMatchObject([
      { purpose: 'decompose', arm: 'code_to_code_nl', seeds: ['1', '2', '3', '4'] },
      { arm: 'code_to_math' },
      { arm: 'code_to_web' },
    ]);
    expect(cost).toMatchObject({ runs: 6, amount: 6e9, unit: 'token' });
  });

  it('ends with the run that finds the effect of interest, or says that none does', () => {
    const found = onlyPlan({ ...CODE, effect: 0.012 }, BLOCKS);
    expect(found.runsForEffect).toBe(found.detectable.at(-1)?.addedRuns);
    expect(found.detectable.at(-1)?.power).toBeGreaterThanOrEqual(0.8);
    expect(found.detectable.at(-2)?.power).toBeLessThan(0.8);
    expect(onlyPlan({ ...CODE, effect: 1 }, BLOCKS)).toMatchObject({ runsForEffect: 0, runs: [] });
    expect(onlyPlan({ ...CODE, effect: 1e-6, runs: 8 }, BLOCKS)).toMatchObject({
      runsForEffect: null,
      cost: { runs: 8 },
    });
  });

  it('says that single seeds show no noise, and launches enough to see it', () => {
    const single = swapArms({ swaps: [], outcome: (shares) => shares['web'] ?? 0, seedsOf: () => [1] });
    const plan = onlyPlan({ ...CODE, effect: 0.1 }, single);
    expect(plan).toMatchObject({ noise: null, runsForEffect: null, cost: { runs: 4 } });
    expect(plan.detectable.every((row) => row.minimumDetectableEffect === null)).toBe(true);
    expect(plan.assumptions).toContainEqual(expect.objectContaining({ code: 'noise_unknown' }));
  });
});

it('says of a found experiment that nobody assigned it', () => {
  const { assumptions, identification } = onlyPlan(CODE, { ...BLOCKS, origin: 'found' });
  expect(assumptions.map(({ code }) => code)).toContain('found_by_comparison');
  expect(identification).toBe('controlled_ablation');
});

describe('a plan for a contrast that was not run', () => {
  it('says how many runs are too few to say anything', () => {
    const { detectable, assumptions } = onlyPlan({ ...CODE, displacement: 'swap:web', runs: 2 }, BLOCKS);
    expect(detectable.map((row) => row.minimumDetectableEffect)).toEqual([null, null, null]);
    expect(assumptions).toContainEqual({
      code: 'too_few_runs',
      text: expect.stringContaining('allow 3 runs at least'),
    });
  });

  it.each(['swap:web', 'within:math', 'added_budget'])(
    'launches the arm that is missing, and the arms then match: %s',
    (displacement) => {
      const slice = displacement === 'within:math' ? 'math/proof' : 'code';
      const rule = ruleOf(displacement, slice, BLOCKS);
      expect(findPair(realisedArms(BLOCKS, 'math'), slice, rule)).toBeUndefined();
      const plan = onlyPlan({ ...CODE, slice, displacement }, BLOCKS);
      expect(plan.runs[0]).toMatchObject({ purpose: 'complete', seeds: ['1', '2', '3', '4', '5'] });
      expect(plan.now).toBeNull();
      expect(plan.detectable[0]?.minimumDetectableEffect).toBeNull();
      const pair = findPair(realisedArms(launch(BLOCKS, plan), 'math'), slice, rule);
      expect(pair?.less.arm.arm).toBe(plan.runs[0]?.arm);
      expect(plan.identification).toBe('controlled_ablation');
    },
  );

  it('launches the arm that was assigned and never ran', () => {
    const runs = BLOCKS.runs.filter(({ arm }) => arm === 'full');
    const planned = BLOCKS.runs.find(({ arm }) => arm === 'wo_code')!.shares;
    const arms = BLOCKS.arms.map((arm) => (arm.arm === 'wo_code' ? { ...arm, planned } : arm));
    expect(onlyPlan(CODE, { ...BLOCKS, arms, runs })).toMatchObject({
      runs: [{ purpose: 'complete', arm: 'wo_code', mixture: 'mixture-wo_code' }, { arm: 'full' }],
      assignment: null,
    });
  });
});

describe('a plan for a swarm', () => {
  const swarm = cleanSwarm();

  it('runs the ends of the contrast more, and what is launched answers more sharply', () => {
    const plan = onlyPlan({ ...PROGRAMMING, runs: 4 }, swarm);
    expect(plan).toMatchObject({ estimator: 'response_surface', identification: 'randomised' });
    expect(plan.detectable[0]?.minimumDetectableEffect).toBeCloseTo(plan.now!.minimumDetectableEffect!, 4);
    expect(plan.runs.every(({ purpose }) => purpose === 'fill' || purpose === 'replicate')).toBe(true);
    expect(plan.assignment).toMatchObject({ design: 'swarm', assignment: 'randomised' });
    expect(plan.cost).toMatchObject({ runs: 4, amount: 4e9 });
  });

  it('fills the end that lies outside the mixtures that were run, before anything else', () => {
    const runs = swarm.runs.filter(({ shares }) => shares['code']! > 0.1);
    const arms = swarm.arms.filter(({ arm }) => runs.some((run) => run.arm === arm));
    const {
      runs: planned,
      detectable,
      assumptions,
    } = onlyPlan({ ...PROGRAMMING, runs: 3 }, { ...swarm, arms, runs });
    expect(planned[0]).toMatchObject({
      purpose: 'fill',
      reason: expect.stringContaining('outside the mixtures'),
    });
    expect(planned[0]?.shares).toContainEqual({ slice: 'code', share: 0 });
    expect(detectable[0]?.minimumDetectableEffect).toBeNull();
    expect(detectable[1]?.minimumDetectableEffect).toBeGreaterThan(0);
    expect(assumptions).toContainEqual(expect.objectContaining({ code: 'partial_dose_now' }));
  });

  it('is proposed again while it is assigned and not run, and not assigned twice', () => {
    const first = onlyPlan({ ...PROGRAMMING, runs: 3 }, swarm);
    const planned = first.runs.map(({ arm, mixture, shares }): Arm => ({
      ...swarm.arms[0]!,
      arm,
      mixtureId: mixture,
      planned: Object.fromEntries(shares.map(({ slice, share }) => [slice, share])),
    }));
    const again = onlyPlan({ ...PROGRAMMING, runs: 3 }, { ...swarm, arms: [...swarm.arms, ...planned] });
    expect(again.runs.map(({ arm, runs }) => [arm, runs])).toEqual(
      first.runs.map(({ arm, runs }) => [arm, runs]),
    );
    expect(again.assignment).toBeNull();
    expect(again.runs[0]?.purpose).toBe('fill');
  });

  it('runs further mixtures where there are too few for any surface', () => {
    const few = { ...swarm, arms: swarm.arms.slice(0, 3), runs: swarm.runs.slice(0, 3) };
    const { runs, assumptions, detectable } = onlyPlan(PROGRAMMING, few);
    expect(runs.map((one) => one.runs)).toEqual([1, 1]);
    expect(detectable).toHaveLength(3);
    expect(assumptions.map(({ code }) => code)).toContain('too_few_mixtures');
  });
});

describe('every plan', () => {
  const plans = [
    onlyPlan(CODE, BLOCKS),
    onlyPlan({ ...CODE, displacement: 'swap:web' }, BLOCKS),
    onlyPlan({ ...PROGRAMMING, runs: 3 }, cleanSwarm()),
  ];

  it('has mixtures whose shares are not negative and sum to one, and costs its runs times what one consumes', () => {
    for (const { runs, decomposition, cost } of plans) {
      for (const { shares, runs: count, seeds } of [...runs, ...decomposition]) {
        expect(shares.every(({ share }) => share >= 0)).toBe(true);
        expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
        expect(new Set(seeds).size).toBe(count);
      }
      const amount = runs.reduce((sum, planned) => sum + planned.runs * planned.amountPerRun, 0);
      expect(cost.amount).toBe(amount);
    }
  });

  it('says that what a run consumes is unknown where runs record shares alone', () => {
    const runs = BLOCKS.runs.map((run) => ({ ...run, unit: 'share', total: 1 }));
    const { cost } = onlyPlan(CODE, { ...BLOCKS, runs });
    expect(cost).toMatchObject({ runs: 6, unit: 'share', text: expect.stringContaining('is unknown') });
  });

  it('is the same bytes for the same question', () => {
    const again = JSON.stringify(designed(CODE, structuredClone(BLOCKS)));
    expect(again).toBe(JSON.stringify(designed(CODE, BLOCKS)));
  });
});

describe('a question without a plan', () => {
  const observed: Experiment = {
    ...BLOCKS,
    arms: BLOCKS.arms.map((arm) => ({ ...arm, design: 'observational' as const })),
  };
  it.each<[string, DesignQuestion, Experiment, string]>([
    ['an unknown capability', { ...CODE, capability: 'chess' }, BLOCKS, 'unknown_capability'],
    ['an unknown slice', { ...CODE, slice: 'music' }, BLOCKS, 'unknown_slice'],
    ['no displacement', { ...CODE, displacement: undefined }, BLOCKS, 'displacement_missing'],
    ['an effect of nothing', { ...CODE, effect: 0 }, BLOCKS, 'effect_out_of_range'],
    ['half a run', { ...CODE, runs: 0.5 }, BLOCKS, 'runs_out_of_range'],
    ['a power of one', { ...CODE, power: 1 }, BLOCKS, 'power_out_of_range'],
    [
      'an added budget in a swarm',
      { ...PROGRAMMING, displacement: 'added_budget' },
      cleanSwarm(),
      'fixed_budget_swarm',
    ],
    ['no run', CODE, { ...BLOCKS, runs: [] }, 'no_scored_runs'],
    [
      'no completed run',
      CODE,
      { ...BLOCKS, runs: BLOCKS.runs.map((run) => ({ ...run, status: 'running' })) },
      'no_scored_runs',
    ],
    ['mixtures that nobody assigned', CODE, observed, 'not_assigned'],
  ])('is refused and says what would make it answerable: %s', (_what, question, experiment, refusal) => {
    expect(design(question, experiment)).toEqual({ refusal, text: expect.stringMatching(/.{30}/) });
  });
});
