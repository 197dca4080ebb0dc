import { describe, expect, it } from 'vitest';
import { attribute } from '../index.ts';
import type { Effect, Experiment, Run } from '../index.ts';
import { random } from '../numerics/random.ts';
import { followsShare } from './balance.ts';
import { cleanAblation, cleanSwarm, FACTS } from './clean-experiment.fixture.ts';

const effectOf = (experiment: Experiment): Effect => {
  const question = { capability: 'programming', slice: 'code', displacement: 'proportional' };
  const answer = attribute(question, experiment);
  if ('refusal' in answer) throw new Error(answer.text);
  return answer[0]!;
};
const codes = ({ warnings }: Effect) => warnings.map(({ code }) => code);
const everyRun = (experiment: Experiment, change: (run: Run, index: number) => Run): Experiment => ({
  ...experiment,
  runs: experiment.runs.map(change),
});
const withFacts = (run: Run, facts: Readonly<Record<string, string>>): Run => ({
  ...run,
  facts: new Map([...FACTS, ...Object.entries(facts)]),
});

describe('what may differ', () => {
  it('lowers nothing: seeds, weights of the mixture, names and output folders of the run', () => {
    const experiment = everyRun(cleanAblation(), (run) =>
      withFacts(run, {
        'config.seed': `${run.seed}`,
        'config.weights.code': `${run.shares['code']}`,
        'config.run_name': `name of ${run.runId}`,
        'config.output_dir': `/out/${run.arm}/${run.seed}`,
        'config.resume': `/out/${run.runId}/last`,
        'config.learning_rate': run.arm === 'full' ? '1e-3' : '0.001',
      }),
    );
    expect(effectOf(experiment)).toMatchObject({ identification: 'randomised', differences: [] });
  });

  it('does not hide a value of another kind under a permitted name', () => {
    const experiment = everyRun(cleanAblation(), (run) =>
      withFacts(run, { 'config.weights': run.arm === 'full' ? '/pretrained/a' : '/pretrained/b' }),
    );
    expect(effectOf(experiment)).toMatchObject({
      identification: 'associational',
      differences: [{ field: 'config.weights', state: 'differs' }],
    });
  });
});

describe('a fact that varies equally often on both sides', () => {
  it('leaves a controlled ablation and is listed', () => {
    const count = new Map<string, number>();
    const experiment = everyRun(cleanAblation(), (run) => {
      const index = (count.get(run.arm) ?? 0) + 1;
      count.set(run.arm, index);
      return withFacts(run, { hardware: index % 2 === 0 ? 'A' : 'B' });
    });
    const effect = effectOf(experiment);
    expect(effect).toMatchObject({
      identification: 'controlled_ablation',
      differences: [{ field: 'hardware', state: 'varies_alike' }],
    });
    expect(codes(effect)).toContain('varies_on_both_sides');
  });
});

describe('a fact that no run records', () => {
  const silent = everyRun(cleanAblation(), (run) => ({
    ...run,
    facts: new Map([...FACTS].filter(([field]) => field !== 'hardware')),
  }));

  it('caps the identification', () => {
    expect(effectOf(silent)).toMatchObject({
      identification: 'observational_adjusted',
      differences: [
        { field: 'hardware', state: 'not_recorded', values: [{ value: null, more: 4, less: 4 }] },
      ],
    });
  });

  it('does not where the protocol of every arm held it equal, and a warning says so', () => {
    const arms = silent.arms.map((arm) => ({ ...arm, heldEqual: ['hardware'] }));
    const effect = effectOf({ ...silent, arms });
    expect(effect).toMatchObject({ identification: 'randomised', differences: [] });
    expect(effect.warnings).toContainEqual({
      code: 'held_equal_by_protocol',
      text: 'No run records it, and the protocol says that it was held equal: hardware.',
    });
    const [first, ...others] = arms;
    const partly = effectOf({ ...silent, arms: [{ ...first!, heldEqual: [] }, ...others] });
    expect(partly.identification).toBe('observational_adjusted');
  });
});

describe('a run whose end reports another amount than it recorded', () => {
  const reporting = (change: Partial<Run>) => {
    const clean = cleanAblation();
    const first = clean.runs.find(({ arm }) => arm === 'full')!;
    return everyRun(clean, (run) => (run === first ? { ...run, ...change } : run));
  };

  it('counts, lowers the identification, and is named with both amounts', () => {
    const [clean, found] = [effectOf(cleanAblation()), effectOf(reporting({ reportedTotal: 1.006e9 }))];
    expect(found).toMatchObject({
      effect: clean.effect,
      n: clean.n,
      identification: 'observational_adjusted',
    });
    expect(found.warnings).toContainEqual({
      code: 'reported_total_differs',
      text: expect.stringContaining('1,000,000,000 and 1,006,000,000'),
    });
    expect(codes(found)).not.toContain('shares_do_not_add_up');
  });

  it('is left out where its shares are not those that were assigned', () => {
    const shares = { code: 0.1, code_nl: 0.1, web: 0.8 };
    const found = effectOf(reporting({ shares, total: 9e8 }));
    expect(found.n.runs).toBe(7);
    expect(codes(found)).toEqual(expect.arrayContaining(['shares_do_not_add_up', 'reported_total_differs']));
  });
});

describe('a fact that is recorded without a value', () => {
  const silent = (isSilent: (run: Run) => boolean, field: string, nothing = 'null') =>
    everyRun(cleanAblation(), (run) => (isSilent(run) ? withFacts(run, { [field]: nothing }) : run));

  it.each(['null', 'None', '', '[]', '{}'])('leaves open what it decides, in all runs: %j', (nothing) => {
    expect(effectOf(silent(() => true, 'config.learning_rate', nothing))).toMatchObject({
      identification: 'observational_adjusted',
      differences: [{ field: 'learning rate', state: 'not_recorded' }],
    });
  });

  it.each(['null', 'None', '', '[]', '{}'])('is a value of its own in one arm: %j', (nothing) => {
    const differing = (field: string, state: string, less: string | null) => ({
      identification: 'associational',
      differences: [
        {
          field,
          state,
          values: expect.arrayContaining([
            { value: 'null', more: 4, less: 0 },
            { value: less, more: 0, less: 4 },
          ]),
        },
      ],
    });
    const inControl = (field: string) => effectOf(silent(({ arm }) => arm === 'full', field, nothing));
    expect(inControl('config.learning_rate')).toMatchObject(
      differing('config.learning_rate', 'differs', '0.001'),
    );
    expect(inControl('config.grad_clip')).toMatchObject(
      differing('config.grad_clip', 'partly_recorded', null),
    );
  });

  it('says of a path to load from that nothing is loaded', () => {
    expect(effectOf(silent(() => true, 'config.load_path'))).toMatchObject({ identification: 'randomised' });
    expect(effectOf(silent(({ arm }) => arm === 'full', 'config.load_path'))).toMatchObject({
      identification: 'associational',
      differences: [{ field: 'config.load_path', state: 'differs' }],
    });
  });
});

describe('the learning rate of a randomised swarm', () => {
  const generator = random(11);
  const noise = Array.from({ length: 40 }, () => generator.normal());
  const swarm = (rate: (share: number, index: number) => number) =>
    everyRun(cleanSwarm(), (run, index) =>
      withFacts(run, { 'config.learning_rate': `${rate(run.shares['code'] ?? 0, index)}` }),
    );

  it('that is proportional to the share leaves no effect', () => {
    const effect = effectOf(swarm((share) => 0.001 + share / 1000));
    expect(effect).toMatchObject({ effect: null, verdict: 'not_identified' });
    expect(effect.warnings).toEqual([
      {
        code: 'not_separable',
        text: expect.stringMatching(
          /config\.learning_rate \(correlation 1\.000, p = 0\.001\)\. Needs .* of the mixture of sw-\d+-run-\d+ with config\.learning_rate/,
        ),
      },
    ]);
  });

  it('and a hundred more facts that go along with the share are named by a few and counted', () => {
    const experiment = everyRun(cleanSwarm(24), (run) => {
      const facts = Array.from({ length: 100 }, (_, index) => [
        `config.option_${index}`,
        `${(run.shares['code'] ?? 0) * (index + 1)}`,
      ]);
      return withFacts(run, Object.fromEntries(facts));
    });
    const { warnings, differences } = effectOf(experiment);
    const text = warnings.find(({ code }) => code === 'not_separable')!.text;
    expect(text).toContain('and 94 more');
    expect(text.length).toBeLessThan(2500);
    expect(differences).toHaveLength(100);
  });

  it('that follows the share leaves an association', () => {
    const effect = effectOf(swarm((share, index) => 0.01 + (share + 0.3 * noise[index]!) / 1000));
    expect(effect.identification).toBe('associational');
    expect(codes(effect)).toContain('covariate_follows_share');
  });

  it('that does not follow it leaves an adjusted observation', () => {
    const effect = effectOf(swarm((_share, index) => 0.01 + (index % 3) / 1000));
    expect(effect.identification).toBe('observational_adjusted');
    expect(codes(effect)).not.toContain('covariate_follows_share');
  });
});

describe('the association of a covariate with the share', () => {
  it('is found by chance in about one of twenty covariates', () => {
    const generator = random(3);
    const shares = Array.from({ length: 30 }, () => generator.uniform());
    const found = Array.from({ length: 200 }, (_, trial) => {
      const values = shares.map(() =>
        trial % 2 === 0 ? `${generator.normal()}` : `v${generator.integer(3)}`,
      );
      return followsShare(`covariate ${trial}`, values, shares).pValue;
    }).filter((pValue) => pValue <= 0.05);
    expect(found.length).toBeGreaterThanOrEqual(3);
    expect(found.length).toBeLessThanOrEqual(20);
  });

  it('is not found in a text that is different in every run', () => {
    const shares = Array.from({ length: 30 }, (_, index) => index / 30);
    expect(
      followsShare(
        'path',
        shares.map((share) => `/data/${share}`),
        shares,
      ).pValue,
    ).toBe(1);
  });
});
