import { describe, expect, it } from 'vitest';
import { attribute, attributeAll } from './index.ts';
import type { Answer, Arm, Effect, Experiment, Run, Score } from './index.ts';
import { FACTS } from './controls/clean-experiment.fixture.ts';
import { random } from './numerics/random.ts';

const FULL = { code: 0.2, code_nl: 0.1, web: 0.7 };
const WITHOUT_CODE = { code: 0, code_nl: 0.125, web: 0.875 };
const WITHOUT_PROSE = { code: 0.2 / 0.9, code_nl: 0, web: 0.7 / 0.9 };

const anArm = (arm: string, over: Partial<Arm> = {}): Arm => ({
  arm,
  mixtureId: `mixture-${arm}`,
  design: 'controlled_ablation',
  assignment: 'manual',
  control: arm === 'full',
  role: 'train',
  ...over,
});

const aScore = (value: number, over: Partial<Score> = {}): Score => ({
  value,
  unit: 'accuracy',
  higherIsBetter: true,
  step: 1000,
  ...over,
});

function aRun(arm: string, seed: number, shares: Run['shares'], over: Partial<Run> = {}): Run {
  const jitter = [0.004, -0.003, 0.001, -0.002][(seed + arm.length) % 4]!;
  const value = 0.3 + 0.5 * (shares['code'] ?? 0) + jitter;
  return {
    runId: `${arm}-${seed}`,
    arm,
    mixtureId: `mixture-${arm}`,
    seed,
    status: 'completed',
    shares,
    total: 1e9,
    unit: 'token',
    method: 'measured',
    lastStep: 1000,
    facts: FACTS,
    scores: { programming: aScore(value) },
    evidence: [`at-${arm}-${seed}`],
    ...over,
  };
}

const seeds = [0, 1, 2];
const ablation: Experiment = {
  name: 'ablation',
  arms: [anArm('full'), anArm('wo_code')],
  runs: seeds.flatMap((seed) => [aRun('full', seed, FULL), aRun('wo_code', seed, WITHOUT_CODE)]),
};

const asked = { capability: 'programming', slice: 'code', displacement: 'proportional' };

function only(answer: Answer): Effect {
  if ('refusal' in answer) throw new Error(answer.text);
  expect(answer).toHaveLength(1);
  return answer[0]!;
}

const codes = ({ warnings }: Effect) => warnings.map(({ code }) => code);

describe('an invalid question', () => {
  it.each([
    [
      { ...asked, displacement: undefined },
      'displacement_missing',
      /proportional.*swap.*within.*added_budget/,
    ],
    [{ ...asked, slice: 'music' }, 'unknown_slice', /code, code_nl, web/],
    [{ ...asked, capability: 'chess' }, 'unknown_capability', /programming/],
    [{ ...asked, level: 95 }, 'level_out_of_range', /between 0 and 1/],
  ])('is refused with what would make it askable: %o', (question, refusal, text) => {
    expect(attribute(question, ablation)).toEqual({ refusal, text: expect.stringMatching(text) });
  });
});

describe('a controlled ablation', () => {
  it('is the outcome with more of the slice minus with less of it, with interval and evidence', () => {
    const effect = only(attribute(asked, ablation));
    expect(effect).toMatchObject({
      estimand: {
        kind: 'presence',
        contrast: {
          more: { mixture: 'full', share: expect.closeTo(0.2, 12) },
          less: { mixture: 'wo_code', share: 0 },
        },
      },
      identification: 'controlled_ablation',
      verdict: 'positive',
      interpretation: 'improves',
      n: { runs: 6, seeds: 3 },
      estimator: { id: 'controlled_ablation.paired_t', version: '5' },
      differences: [],
    });
    expect(effect.effect).toBeCloseTo(0.1, 2);
    expect(effect.interval!.low).toBeLessThan(0.1);
    expect(effect.evidence).toEqual([
      'at-full-0',
      'at-full-1',
      'at-full-2',
      'at-wo_code-0',
      'at-wo_code-1',
      'at-wo_code-2',
    ]);
  });

  it('interprets the same effect as harm where lower is better', () => {
    const runs = ablation.runs.map((run) => ({
      ...run,
      scores: { programming: aScore(run.scores['programming']!.value, { higherIsBetter: false }) },
    }));
    expect(only(attribute(asked, { ...ablation, runs })).interpretation).toBe('harms');
  });

  it('does not count as randomised where both arms ran the same seeds, whatever is stated', () => {
    const stated = { assignment: 'randomised', randomisationSeed: 7 } as const;
    const arms = ablation.arms.map((arm) => ({ ...arm, ...stated }));
    const effect = only(attribute(asked, { ...ablation, arms }));
    expect(effect.identification).toBe('controlled_ablation');
    expect(codes(effect)).toContain('blocked_design');
  });

  it('compares blocks by their seeds, and all runs with all runs where that is asked for', () => {
    const [paired, unpaired] = [undefined, false].map((by) =>
      only(attribute({ ...asked, paired: by }, ablation)),
    );
    expect(paired?.estimator.id).toBe('controlled_ablation.paired_t');
    expect(unpaired?.estimator.id).toBe('controlled_ablation.welch');
    expect(unpaired?.effect).toBeCloseTo(paired!.effect!, 12);
    const reseeded = ablation.runs.map((run) => (run.arm === 'full' ? { ...run, seed: run.runId } : run));
    const effect = only(attribute(asked, { ...ablation, runs: reseeded }));
    expect(effect.estimator.id).toBe('controlled_ablation.welch');
  });

  it('uses realised shares: a rule other than the realised one is not identified', () => {
    const effect = only(attribute({ ...asked, displacement: 'swap:web' }, ablation));
    expect(effect).toMatchObject({ effect: null, interval: null, verdict: 'not_identified' });
    expect(codes(effect)).toEqual(['no_matching_ablation']);
  });

  it('warns of the shares that proportional re-fill changed', () => {
    expect(only(attribute(asked, ablation)).warnings).toEqual([
      {
        code: 'retained_not_constant',
        text: expect.stringContaining('web +17.5 points, code_nl +2.5 points'),
      },
    ]);
  });

  it('is an association where the arms differ in budget or configuration', () => {
    const spent = ablation.runs.map((run) =>
      run.arm === 'full'
        ? { ...run, total: 1.01e9, facts: new Map([...FACTS, ['hardware', 'one accelerator']]) }
        : run,
    );
    const effect = only(attribute(asked, { ...ablation, runs: spent }));
    expect(effect.identification).toBe('associational');
    expect(effect.warnings).toContainEqual({
      code: 'configuration_differs',
      text: 'The sides differ in more than the mixture: hardware is one accelerator (3 runs) with more of the slice and 8 accelerators (3 runs) with less.',
    });
    expect(effect.differences).toEqual([
      {
        field: 'realised budget',
        state: 'differs',
        values: [
          { value: '1,000,000,000 token', more: 0, less: 3 },
          { value: '1,010,000,000 token', more: 3, less: 0 },
        ],
      },
      {
        field: 'hardware',
        state: 'differs',
        values: [
          { value: '8 accelerators', more: 0, less: 3 },
          { value: 'one accelerator', more: 3, less: 0 },
        ],
      },
    ]);
  });

  it('excludes failed runs and warns of it', () => {
    const runs = [...ablation.runs, aRun('full', 4, FULL, { status: 'failed' })];
    const effect = only(attribute(asked, { ...ablation, runs }));
    expect(effect.n.runs).toBe(6);
    expect(effect.warnings).toContainEqual({ code: 'failed_runs', text: expect.stringContaining('full-4') });
  });

  it('excludes runs without recorded exposure', () => {
    const runs = [...ablation.runs, aRun('full', 4, {})];
    const effect = only(attribute(asked, { ...ablation, runs }));
    expect(effect.n.runs).toBe(6);
    expect(codes(effect)).toContain('shares_missing');
  });

  it('does not compare scores of different metrics', () => {
    const runs = ablation.runs.map((run) =>
      run.arm === 'full' ? { ...run, scores: { programming: aScore(0.4, { comparability: 'v2' }) } } : run,
    );
    expect(codes(only(attribute(asked, { ...ablation, runs })))).toEqual(['scores_not_comparable']);
  });

  it('borrows noise from other arms where an arm has one seed', () => {
    const runs = [
      ...ablation.runs.filter(({ runId }) => !runId.startsWith('wo_code-') || runId === 'wo_code-0'),
      ...seeds.map((seed) => aRun('wo_code_nl', seed, WITHOUT_PROSE)),
    ];
    const effect = only(
      attribute(asked, { ...ablation, arms: [...ablation.arms, anArm('wo_code_nl')], runs }),
    );
    expect(effect.estimator.id).toBe('controlled_ablation.borrowed_noise');
    expect(codes(effect)).toEqual(
      expect.arrayContaining(['single_seed', 'borrowed_noise', 'shared_control']),
    );
  });

  it('gives a point without an interval where no arm has several seeds', () => {
    const effect = only(
      attribute(asked, { ...ablation, runs: ablation.runs.filter(({ seed }) => seed === 0) }),
    );
    expect(effect).toMatchObject({ interval: null, pValue: null, verdict: 'inconclusive' });
    expect(effect.warnings).toContainEqual({
      code: 'single_seed',
      text: 'No seeds, no interval: point estimates only.',
    });
  });

  it('shows a second interval from seeds and items where items were recorded', () => {
    const ids = ['a', 'b', 'c', 'd'];
    const runs = ablation.runs.map((run) => {
      const { value } = run.scores['programming']!;
      return {
        ...run,
        scores: { programming: aScore(value, { items: { ids, values: ids.map(() => value) } }) },
      };
    });
    const { interval, otherIntervals } = only(attribute(asked, { ...ablation, runs }));
    expect(interval!.method).toBe('paired_t');
    expect(otherIntervals.map(({ method }) => method)).toEqual(['seeds_and_items_t']);
  });

  it('computes both relative changes over benchmarks where they were recorded', () => {
    const runs = ablation.runs.map((run) => {
      const benchmarks = run.arm === 'full' ? { easy: 0.6, hard: 0.02 } : { easy: 0.5, hard: 0.01 };
      return { ...run, scores: { programming: aScore(run.scores['programming']!.value, { benchmarks }) } };
    });
    const { relativeChange } = only(attribute(asked, { ...ablation, runs }));
    expect(relativeChange!.percentChangeOfMeans).toBeCloseTo(100 * (0.62 / 0.51 - 1), 8);
    expect(relativeChange!.meanOfPercentChanges).toBeCloseTo(60, 8);
  });

  it('estimates an added budget only from arms that left the rest unchanged', () => {
    const added = { code: 0.2, code_nl: 0.1, web: 0.7 };
    const before = { code: 0, code_nl: 0.125, web: 0.875 };
    const facts = new Map([...FACTS, ['config.max_steps', '800'], ['token budget', '800000000']]);
    const runs = seeds.flatMap((seed) => [
      aRun('full', seed, added, { total: 1e9, scores: { programming: aScore(0.4 + seed / 100) } }),
      aRun('wo_code', seed, before, {
        total: 0.8e9,
        lastStep: 800,
        facts,
        scores: { programming: aScore(0.3 + seed ** 2 / 100, { step: 800 }) },
      }),
    ]);
    const question = { ...asked, displacement: 'added_budget' };
    const effect = only(attribute(question, { ...ablation, runs }));
    expect(effect.effect).toBeCloseTo(0.1 - 0.02 / 3, 10);
    expect(effect).toMatchObject({ identification: 'controlled_ablation', differences: [] });
    expect(only(attribute(question, ablation)).verdict).toBe('not_identified');
  });
});

describe('a family of questions', () => {
  it('corrects the p values of one estimator as one family', () => {
    const arms = [...ablation.arms, anArm('wo_code_nl')];
    const runs = [...ablation.runs, ...seeds.map((seed) => aRun('wo_code_nl', seed, WITHOUT_PROSE))];
    const answers = attributeAll([asked, { ...asked, slice: 'code_nl' }, { ...asked, displacement: '' }], {
      ...ablation,
      arms,
      runs,
    });
    const [code, prose] = answers.slice(0, 2).map(only);
    expect(code!.qValue).toBeCloseTo(Math.min(2 * code!.pValue!, prose!.pValue!), 12);
    expect(prose!.qValue).toBeCloseTo(prose!.pValue!, 12);
    expect(answers[2]).toMatchObject({ refusal: 'displacement_missing' });
  });
});

function aSwarmExperiment(over: Partial<Arm> = {}, changed: Partial<Run> = {}): Experiment {
  const generator = random(5);
  const mixtures = Array.from({ length: 40 }, (_, index) => {
    const weights = [0, 1, 2].map(() => -Math.log(1 - generator.uniform()));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const [code = 0, prose = 0, web = 0] = weights.map((weight) => weight / total);
    return { name: `sw-${String(index).padStart(2, '0')}`, shares: { code, code_nl: prose, web } };
  });
  return {
    name: 'swarm',
    arms: mixtures.map(({ name }) =>
      anArm(name, {
        mixtureId: `mixture-${name}`,
        design: 'swarm',
        assignment: 'randomised',
        randomisationSeed: 1,
        ...over,
      }),
    ),
    runs: mixtures.flatMap(({ name, shares }) => [0, 1].map((seed) => aRun(name, seed, shares, changed))),
    proxy: { model: 'small', parameters: 1e6 },
  };
}

describe('a swarm of mixtures', () => {
  it('estimates the removal of a slice from the mean mixture, with slope, proxy and negative control', () => {
    const effect = only(attribute(asked, aSwarmExperiment()));
    const share = effect.estimand.contrast!.more.share;
    expect(effect.estimand.contrast!.more.mixture).toBe('mean of the training mixtures');
    expect(effect.effect).toBeCloseTo(0.5 * share, 2);
    expect(effect.slope!.cox).toBeCloseTo(0.5, 1);
    expect(effect.slope!.gateaux).toBeCloseTo(effect.slope!.cox * (1 - share), 10);
    expect(effect).toMatchObject({
      identification: 'randomised',
      verdict: 'positive',
      n: { runs: 80, seeds: 2 },
      proxy: { model: 'small' },
      negativeControls: ['shuffled_mixture_labels', 'left_out_mixtures', 'planted_effect'].map((name) => ({
        name,
      })),
    });
  });

  it('does not estimate an added budget, and gives the reason', () => {
    const effect = only(attribute({ ...asked, displacement: 'added_budget' }, aSwarmExperiment()));
    expect(effect).toMatchObject({ effect: null, verdict: 'not_identified' });
    expect(codes(effect)).toEqual(['fixed_budget_swarm']);
  });

  it('adds its reason to the ablation where it has no estimate', () => {
    const { arms, runs, name } = aSwarmExperiment();
    const few = {
      name,
      arms: [...ablation.arms, ...arms.slice(0, 4)],
      runs: [...ablation.runs, ...runs.slice(0, 8)],
    };
    const effect = only(attribute(asked, few));
    expect(effect.estimator.id).toBe('controlled_ablation.paired_t');
    expect(effect.warnings).toContainEqual({
      code: 'too_few_mixtures',
      text: expect.stringMatching(/^No response surface supports this ablation: A surface over \d/),
    });
  });

  it('is an association without a randomisation record, adjusted where the configurations are known to be equal', () => {
    const unrecorded = { assignment: 'unknown', randomisationSeed: undefined } as const;
    const silent = only(attribute(asked, aSwarmExperiment(unrecorded, { facts: undefined })));
    const plain = only(attribute(asked, aSwarmExperiment(unrecorded)));
    expect(silent.identification).toBe('associational');
    expect(codes(plain)).toContain('not_randomised');
    expect(plain.identification).toBe('observational_adjusted');
  });

  it('has no estimate from too few mixtures', () => {
    const { arms, runs, name } = aSwarmExperiment();
    const few = { name, arms: arms.slice(0, 4), runs: runs.slice(0, 8) };
    expect(codes(only(attribute(asked, few)))).toEqual(['too_few_mixtures']);
  });

  it('estimates the largest supported reduction where the removal lies far outside the training mixtures', () => {
    const { arms, runs, name } = aSwarmExperiment();
    const much = runs.filter(({ shares }) => shares['code']! > 0.35);
    const effect = only(attribute(asked, { name, arms, runs: much }));
    expect(codes(effect)).toEqual(['partial_dose', 'peek']);
    expect(effect.estimand).toMatchObject({ kind: 'dose' });
    expect(effect.estimand.contrast!.less.share).toBeGreaterThan(0.3);
    expect(effect.estimand.contrast!.more.share).toBeGreaterThan(effect.estimand.contrast!.less.share);
  });

  it('has no estimate where the training mixtures hardly differ in the slice', () => {
    const { arms, runs, name } = aSwarmExperiment();
    const alike = runs.map((run) => {
      const { code: _code, ...others } = run.shares;
      const rest = Object.values(others).reduce((sum, share) => sum + share, 0);
      const scaled = Object.entries(others).map(([slice, share]) => [slice, (share / rest) * 0.6] as const);
      return { ...run, shares: { ...Object.fromEntries(scaled), code: 0.4 } };
    });
    expect(codes(only(attribute(asked, { name, arms, runs: alike })))).toEqual(['outside_support']);
  });

  it('does not depend on the other questions of the request, except for q values', () => {
    const experiment = aSwarmExperiment();
    const [alone] = attributeAll([asked], experiment).map(only);
    const [others] = attributeAll([asked, { ...asked, slice: 'web' }], experiment).map(only);
    expect({ ...others!, qValue: null }).toEqual({ ...alone!, qValue: null });
  });
});
