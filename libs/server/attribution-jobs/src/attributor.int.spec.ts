import { attributeAll, design, predictOutcome, asOneFamily } from '@tributary/attribution';
import type { TestStore } from '@tributary/fixtures';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attributor } from './attributor.ts';
import type { Attributor, EffectsRequest } from './attributor.ts';
import type { Estimators } from './estimators/pool.ts';
import { lookForExperiments } from './experiment/found-experiments.ts';
import { experimentFacts, recorded, storeOf, trainedOn } from './experiment-facts.fixture.ts';
import { surfaceModel } from './surface-model/surface-model.ts';

const FULL = { code: 25, 'math/plain': 25, text: 50 };
const ABLATION = experimentFacts('lab-1', [
  { arm: 'full', shares: FULL, scores: [4, 4.1, 4.2] },
  { arm: 'wo_code', shares: { 'math/plain': 25, text: 50 }, scores: [4.6, 4.7, 4.8] },
]);
const OTHER = experimentFacts('lab-2', [{ arm: 'full', shares: FULL, scores: [1] }]);

/** Scores that are a linear function of the shares, on mixtures that span the simplex. */
const SWARM = experimentFacts(
  'swarm',
  Array.from({ length: 24 }, (_, index) => {
    const [a, b] = [(index % 6) + 1, ((index * 5) % 7) + 1];
    const c = ((index * 3) % 5) + 1;
    const total = a + b + c;
    return { arm: `m${index}`, shares: { a, b, c }, scores: [(2 * a + b) / total] };
  }),
  'swarm',
);
const TINY = experimentFacts('tiny', [{ arm: 'm', shares: FULL, scores: [1] }], 'swarm');
const WITHDRAWN = recorded('evaluation.score.invalidated', {
  runId: 'lab-1-wo_code-s3',
  capability: 'reasoning',
  benchmark: 'held-out',
  metric: 'bits',
  step: 100,
  reason: 'Wrong file.',
  actor: 'ada',
});

/** The runs of the ablation again, of an experiment that nobody assigned. */
const HISTORY = experimentFacts('history', [
  { arm: 'full', shares: FULL, scores: [4, 4.1, 4.2] },
  { arm: 'wo_code', shares: { 'math/plain': 25, text: 50 }, scores: [4.6, 4.7, 4.8] },
]).filter(({ type }) => type !== 'mixture.experiment.assigned');

const DATASETS = [
  ...['web', 'crawl'].map((name) =>
    recorded('corpus.snapshot.registered', { snapshotId: `${name}@1`, name, sources: [] }),
  ),
  ...[1, 2].flatMap((seed) => trainedOn('web@1', seed, 0.5 + seed / 100)),
  ...[1, 2].flatMap((seed) => trainedOn('crawl@1', seed, 0.3 + seed / 50)),
  ...trainedOn('unknown', 1, 0.9),
  ...trainedOn('nobody', 1, 0.9).slice(1, 2),
];

/** Runs on both datasets at rates of their own, which rise with the score and are higher on one of them. */
const UNLIKE = Array.from({ length: 20 }, (_, index) => {
  const isWeb = index % 2 === 0;
  const rate = 0.01 * (1 + ((index * 7) % 20) / 10 + (isWeb ? 1 : 0));
  const noise = ((index * 13) % 5) / 1000;
  return trainedOn(isWeb ? 'web@1' : 'crawl@1', 10 + index, 0.3 + 5 * rate + (isWeb ? 0.1 : 0) + noise, rate);
}).flat();

const ASSIGNED = [...ABLATION, ...OTHER, ...SWARM, ...TINY];
const PUBLISHED = [...ASSIGNED, WITHDRAWN, ...HISTORY, ...DATASETS];
const FACTS = [...PUBLISHED, ...UNLIKE];
/** The positions before the score is withdrawn, before the runs that nobody assigned, and before the published ones. */
const [BEFORE, BEFORE_HISTORY] = [[ASSIGNED.length], [ASSIGNED.length + 1]];
const NOW = [ASSIGNED.length + 1 + HISTORY.length];
const WITH_DATASETS = [PUBLISHED.length];

const estimators: Estimators = {
  attribute: (questions, experiment) => Promise.resolve(asOneFamily(attributeAll(questions, experiment))),
  predict: (request) => Promise.resolve(predictOutcome(request)),
  model: (request, origin) => Promise.resolve(surfaceModel(request, origin)),
  design: (question, experiment) => Promise.resolve(design(question, experiment)),
  rank: () => Promise.reject(new Error('not asked')),
  close: () => Promise.resolve(),
};

let store: TestStore;
let jobs: Attributor;
beforeAll(async () => {
  store = await storeOf(FACTS);
  jobs = attributor(store.engine.reader, estimators);
});
afterAll(() => store.remove());

describe('the experiments of a log', () => {
  it('have their arms, what their runs consumed and were scored on, and the facts behind that', async () => {
    const [lab] = (await jobs.experiments(NOW, 'assigned')).experiments;
    expect(lab).toMatchObject({
      id: 'lab-1',
      arms: [
        { arm: 'full', mixture: 'lab-1-full', control: true, assignment: 'randomised', role: 'train' },
        { arm: 'wo_code', mixture: 'lab-1-wo_code', control: false },
      ],
      capabilities: ['reasoning'],
      slices: ['code', 'math/plain', 'text'],
      runs: 6,
    });
    expect(lab?.evidence.map(Number)).toEqual(lab?.evidence.map(Number).toSorted((a, b) => a - b));
    expect(new Set(lab?.evidence).size).toBe(lab?.evidence.length);
  });

  it('are those of the position that the question names', async () => {
    const namesAt = async (position: number) =>
      (await jobs.experiments([position])).experiments.map(({ id }) => id);
    expect(await namesAt(0)).toEqual([]);
    expect(await namesAt(1)).toEqual(['lab-1']);
    expect(await namesAt(ABLATION.length)).toEqual(['lab-1']);
    expect(await namesAt(ABLATION.length + 1)).toEqual(['lab-1', 'lab-2']);
  });

  it('are listed in pages, in the order of their ids', async () => {
    const { experiments, ...whole } = await jobs.experiments(NOW);
    const page = await jobs.experiments(NOW, undefined, { after: experiments[0]?.id, first: 2 });
    expect(page).toEqual({ ...whole, start: 1, experiments: experiments.slice(1, 3) });
  });

  it('have arms before their first run', async () => {
    expect((await jobs.experiments([1])).experiments[0]).toMatchObject({
      runs: 0,
      slices: [],
      evidence: [],
      arms: [{ arm: 'full' }, { arm: 'wo_code' }],
    });
  });
});

describe('runs that no experiment was assigned to', () => {
  const foundAt = async (asOf: number[]) => (await jobs.experiments(asOf, 'found')).experiments;

  it('are an experiment where they differ by their mixture alone, from the position on that holds them', async () => {
    expect(await foundAt(BEFORE_HISTORY)).toEqual([]);
    const [found, ...others] = await foundAt(NOW);
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      id: expect.stringMatching(/^found:lm-[0-9a-f]{12}$/),
      origin: 'found',
      arms: [
        { arm: 'history-full', design: 'controlled_ablation', assignment: 'unknown' },
        { arm: 'history-wo_code', design: 'controlled_ablation', assignment: 'unknown' },
      ],
      runs: 6,
      why: { notRecorded: [], differ: expect.arrayContaining(['seed', 'config.weights.code']), leftOut: [] },
    });
    expect(found?.why?.pairs).toContainEqual({
      more: 'history-full',
      less: 'history-wo_code',
      slice: 'code',
      displacement: 'proportional',
      sharedSeeds: 3,
    });
  });

  it('are counted where there are more than are compared, in the list and by every experiment that is found', async () => {
    const { found, leftOut } = await lookForExperiments(store.engine.reader, ['lab-1', 'lab-2'], NOW, 5);
    const notRead = {
      reason: 'not_read',
      text: expect.stringMatching(/^\d+ runs not compared, .* first 5 started/),
    };
    expect(leftOut[0]).toMatchObject(notRead);
    expect(found.map(({ why }) => why.leftOut.at(-1))).toMatchObject([notRead]);
  });

  it('are asked as an assigned experiment is, with the same effect, and say that they were found', async () => {
    const [found] = await foundAt(NOW);
    const asked = { slices: ['code'], displacement: 'proportional' };
    const [before, after] = await Promise.all([
      jobs.attribute({ ...asked, experiment: 'lab-1' }, BEFORE),
      jobs.attribute({ ...asked, experiment: found?.id.slice(0, 9) }, NOW),
    ]);
    if (!before.ok || !after.ok) throw new Error('refused');
    expect(after.experiment).toBe(found?.id);
    expect(after.effects[0]?.effect).toBe(before.effects[0]?.effect);
    expect(after.effects[0]).toMatchObject({ identification: 'controlled_ablation' });
    expect(after.effects[0]?.warnings.map(({ code }) => code)).toContain('found_by_comparison');
  });

  it('are compared by the dataset that each names, where that is registered and nothing else is known of its data', async () => {
    const { experiments, leftOut } = await jobs.experiments(WITH_DATASETS, 'found');
    const [, published] = experiments;
    expect(published).toMatchObject({ slices: ['crawl', 'web'], runs: 4 });
    expect(published?.arms.map(({ arm }) => arm)).toEqual(['crawl', 'web']);
    expect(published?.why?.notRecorded).not.toContain('data');
    expect(leftOut).toMatchObject([
      { reason: 'no_exposure', runs: 1, text: expect.stringContaining('unknown-s1') },
      { reason: 'no_start', runs: 1, text: expect.stringContaining('nobody-s1') },
    ]);
    const asked = { experiment: published?.id, slices: ['web'], displacement: 'swap:crawl' };
    const answer = await jobs.attribute(asked, WITH_DATASETS);
    if (!answer.ok) throw new Error(answer.text);
    expect(answer.effects[0]).toMatchObject({
      effect: expect.closeTo(0.515 - 0.33, 12),
      identification: 'observational_adjusted',
      warnings: expect.arrayContaining([
        { code: 'shares_not_measured', text: 'Shares were determined by: declared.' },
      ]),
    });
  });

  it('are a set whose effects are adjusted for what differs, where they differ in more than their mixtures', async () => {
    const all = [FACTS.length];
    const observed = (await foundAt(all)).filter(({ why }) => why?.differ.includes('config.rate'));
    expect(observed).toMatchObject([
      { id: expect.stringMatching(/^found:observed-/), runs: 24, arms: [{ arm: 'crawl' }, { arm: 'web' }] },
    ]);
    const asked = { experiment: 'found:observed', slices: ['web'], displacement: 'swap:crawl' };
    const answer = await jobs.attribute(asked, all);
    if (!answer.ok) throw new Error(answer.text);
    const [effect] = answer.effects;
    expect(effect).toMatchObject({
      estimator: { id: 'observational.partial_regression' },
      interpretation: 'associated_with_better',
      effect: expect.closeTo(0.11, 1),
      adjustment: { covariates: [{ field: 'config.rate', countedAs: 'logarithm', recorded: 24 }] },
    });
    expect(effect?.adjustment?.unadjusted.effect).toBeGreaterThan(0.14);
    expect(effect?.evidence.length).toBeGreaterThan(24);
    expect(await jobs.attribute(asked, all)).toEqual(answer);
  });

  it('do not change which assigned experiment is meant, and are not looked for where only those are listed', async () => {
    const { experiments, leftOut } = await jobs.experiments(NOW, 'assigned');
    expect(experiments.map(({ id, origin }) => [id, origin])).toEqual(
      ['lab-1', 'lab-2', 'swarm', 'tiny'].map((id) => [id, 'assigned']),
    );
    expect(leftOut).toEqual([]);
  });
});

describe('the effects of an experiment', () => {
  const asked = { experiment: 'lab-1', slices: ['code'], displacement: 'proportional' };
  const effectsOf = async (request: EffectsRequest, asOf = NOW) => {
    const answer = await jobs.attribute(request, asOf);
    if (!answer.ok) throw new Error(answer.text);
    return answer;
  };

  it('are differences of the means of arms', async () => {
    const { effects, experiment, questions } = await effectsOf(asked, BEFORE);
    expect({ experiment, questions }).toEqual({ experiment: 'lab-1', questions: 1 });
    expect(effects[0]).toMatchObject({
      effect: expect.closeTo(-0.6, 12),
      identification: 'controlled_ablation',
      differences: [],
      n: { runs: 6, seeds: 3 },
      estimator: { id: 'controlled_ablation.welch' },
    });
  });

  it('count a score until it is withdrawn, and leave out the facts of a run that has no score any more', async () => {
    const [now, before] = [await effectsOf(asked), await effectsOf(asked, BEFORE)];
    expect(now.effects[0]?.effect).toBeCloseTo(-0.55, 12);
    const withdrawn = before.effects[0]?.evidence.filter((one) => !now.effects[0]?.evidence.includes(one));
    expect(withdrawn).toEqual(['22', '23', '24', '25']);
  });

  it('name their evidence in the order of the log', async () => {
    const evidence = (await effectsOf(asked)).effects[0]?.evidence.map(Number) ?? [];
    expect(evidence.length).toBeGreaterThan(6);
    expect(evidence).toEqual(evidence.toSorted((left, right) => left - right));
  });

  it('are asked of all domains and capabilities where none is named', async () => {
    const { questions } = await effectsOf({ experiment: 'lab-1', displacement: 'proportional' });
    expect(questions).toBe(3);
  });

  it('are found by an unambiguous prefix of the name, which the answer completes', async () => {
    const { experiment } = await effectsOf({ experiment: 'sw', slices: ['a'], displacement: 'proportional' });
    expect(experiment).toBe('swarm');
  });

  it.each<[string, EffectsRequest, string, string]>([
    [
      'an ambiguous prefix',
      { experiment: 'lab' },
      'unknown_experiment',
      'lab names several; here are lab-1, lab-2',
    ],
    ['an unknown name', { experiment: 'x' }, 'unknown_experiment', 'x names no experiment; here are lab-1'],
    [
      'no name where there are several',
      {},
      'unknown_experiment',
      'Name an experiment; here are lab-1, lab-2',
    ],
    ['an unknown slice', { ...asked, slices: ['code', 'music'] }, 'unknown_slice', 'music'],
    ['an unknown capability', { ...asked, capabilities: ['chess'] }, 'unknown_capability', 'chess'],
    ['no displacement', { ...asked, displacement: undefined }, 'displacement_missing', 'proportional'],
  ])('are refused for %s, as a whole', async (_what, request, refusal, text) => {
    expect(await jobs.attribute(request, NOW)).toEqual({
      ok: false,
      refusal,
      text: expect.stringContaining(text),
    });
  });

  it('need no name while there is one experiment', async () => {
    const request = { slices: ['code'], displacement: 'proportional' };
    expect(await effectsOf(request, [ABLATION.length])).toMatchObject({ experiment: 'lab-1' });
    expect(await jobs.attribute(request, [0])).toMatchObject({
      refusal: 'unknown_experiment',
      text: 'Name an experiment; here are none yet.',
    });
  });
});

describe('a prediction', () => {
  const mixture = (key: string, shares: Record<string, number>) => ({
    key,
    shares: Object.entries(shares).map(([slice, share]) => ({ slice, share })),
  });

  it('is of each mixture, in the order of the question, from shares that need not sum to one', async () => {
    const mixtures = [mixture('second', { b: 2, c: 2 }), mixture('first', { a: 3, b: 3 })];
    const answer = await jobs.predict('swarm', mixtures, NOW);
    expect(answer).toMatchObject({
      ok: true,
      experiment: 'swarm',
      outcomes: ['reasoning'],
      surfaces: [{ outcome: 'reasoning', unit: 'bits', runs: 24 }],
      rows: [
        { key: 'second', mean: [expect.closeTo(0.5, 2)] },
        { key: 'first', mean: [expect.closeTo(1.5, 2)] },
      ],
    });
    expect(answer.ok && answer.evidence.length).toBeGreaterThanOrEqual(24 * 3);
  });

  it('says which mixtures lie outside those that were trained', async () => {
    const inside = mixture('inside', { a: 1, b: 1, c: 1 });
    expect(await jobs.predict('swarm', [inside], NOW)).toMatchObject({ rows: [{ extrapolates: false }] });
    const answer = await jobs.predict('swarm', [inside, mixture('pure', { c: 1 })], NOW);
    expect(answer).toMatchObject({ rows: [{ extrapolates: false }, { extrapolates: true }] });
  });

  it('warns of a capability with too few runs for a surface', async () => {
    expect(await jobs.predict('tiny', [mixture('m', { code: 1 })], NOW)).toMatchObject({
      outcomes: [],
      rows: [{ key: 'm', mean: [], low: [], high: [], hullDistance: 0 }],
      warnings: [{ code: 'no_surface', text: 'Too few training runs to fit a surface for reasoning.' }],
    });
  });

  it.each([
    ['unknown_experiment', 'lab', { code: 1 }],
    ['unknown_slice', 'lab-1', { music: 1 }],
    ['negative_share', 'lab-1', { code: 1, text: -1 }],
    ['empty_mixture', 'lab-1', { code: 0 }],
  ])('is refused with %s', async (refusal, experiment, shares) => {
    expect(await jobs.predict(experiment, [mixture('m', shares)], NOW)).toMatchObject({ ok: false, refusal });
  });
});

describe('a design', () => {
  const asked = { experiment: 'lab-1', capability: 'reasoning', slice: 'code', displacement: 'proportional' };

  it('is of the runs that are recorded at the position, which it names, and the same bytes again', async () => {
    const before = await jobs.design(asked, BEFORE);
    expect(before).toMatchObject({
      ok: true,
      experiment: 'lab-1',
      plans: [{ estimator: 'controlled_ablation', cost: { runs: 6, amount: 72_000, unit: 'token' } }],
    });
    expect(before.ok && before.evidence).toHaveLength(24);
    const now = await jobs.design(asked, NOW);
    expect(now).toMatchObject({
      plans: [
        {
          runs: [
            { arm: 'full', runs: 2 },
            { arm: 'wo_code', runs: 3, seeds: ['3', '4', '5'] },
          ],
          assumptions: expect.arrayContaining([
            { code: 'runs_without_score', text: expect.stringContaining('lab-1-wo_code-s3') },
          ]),
        },
      ],
    });
    expect(JSON.stringify(await jobs.design(asked, BEFORE))).toBe(JSON.stringify(before));
  });

  it('is of the swarm where there is no ablation', async () => {
    const question = { ...asked, experiment: 'swarm', slice: 'a', runs: 2 };
    expect(await jobs.design(question, NOW)).toMatchObject({
      plans: [{ estimator: 'response_surface', cost: { runs: 2 } }],
    });
  });

  it.each([
    ['unknown_experiment', { experiment: 'lab' }],
    ['unknown_slice', { slice: 'music' }],
    ['unknown_capability', { capability: 'chess' }],
  ])('is refused with %s', async (refusal, changed) => {
    expect(await jobs.design({ ...asked, ...changed }, NOW)).toMatchObject({ ok: false, refusal });
  });
});
