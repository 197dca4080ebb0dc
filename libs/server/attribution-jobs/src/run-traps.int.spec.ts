import { attributeAll, asOneFamily } from '@tributary/attribution';
import type { Effect } from '@tributary/attribution';
import type { Fact, FactCatalogue } from '@tributary/contracts';
import type { TestStore } from '@tributary/fixtures';
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attributor } from './attributor.ts';
import type { Attributor } from './attributor.ts';
import { recorded, storeOf } from './experiment-facts.fixture.ts';

type Started = FactCatalogue['training.run.started'];
type Scored = FactCatalogue['evaluation.score.recorded'];
type Assigned = FactCatalogue['mixture.experiment.assigned'];

/** What one trap changes in the facts of the control arm, or in the experiment. */
type Change = {
  readonly started?: Partial<Started>;
  readonly scored?: Partial<Scored>;
  readonly exposed?: Partial<FactCatalogue['training.exposure.recorded']>;
  readonly ended?: Partial<FactCatalogue['training.run.ended']>;
  readonly assigned?: Partial<Assigned>;
  readonly isDrawUnknown?: boolean;
  readonly isBudgetUnknown?: boolean;
  /** Whether both arms are changed. */
  readonly inBoth?: boolean;
  /** Facts of the experiment besides. */
  readonly more?: (experimentId: string) => Fact[];
};

const SEED = '7';
const MIXTURES = { full: { code: 25, text: 75 }, wo_code: { code: 0, text: 100 } };
const arms = ['full', 'wo_code'] as const;

/** The seeds 1 to 8, dealt to the arms as the recorded randomisation deals them. */
const DEALT = Array.from({ length: 8 }, (_, index) => index + 1)
  .map((seed) => ({ seed, rank: createHash('sha256').update(`${SEED}\n${seed}`).digest('hex') }))
  .toSorted((left, right) => (left.rank < right.rank ? -1 : 1))
  .map(({ seed }, index) => ({ seed, arm: arms[index % 2]! }));

const CONFIG = {
  rate: 0.01,
  schedule: 'cosine',
  batch_size: 8,
  precision: 'bf16',
  optimiser: { name: 'AdamW' },
  tokenizer_name: 'bpe',
  load_path: '/base',
  mixture_of_experts: false,
  hybrid: false,
  valid: 'held-out',
};
const STARTED = {
  model: { name: 'lm', parameters: 1000, architecture: 'decoder' },
  tokenizer: 'bpe',
  hardware: 'CPU',
  code: { repository: 'r', revision: '1', digest: '0'.repeat(64) },
  snapshotId: 'corpus@1',
};
const BUDGET = { tokenBudget: 12_000 };

function runFacts(experimentId: string, arm: (typeof arms)[number], seed: number, change: Change): Fact[] {
  const runId = `${experimentId}-${arm}-s${seed}`;
  const mixture = MIXTURES[arm];
  const weights = Object.fromEntries(Object.entries(mixture).map(([slice, share]) => [slice, share / 100]));
  const amounts = Object.entries(mixture).flatMap(([slice, share]) =>
    share > 0 ? [{ slice, amount: 120 * share }] : [],
  );
  const value = 4 - mixture.code / 50 + seed / 100;
  return [
    recorded('training.run.started', {
      runId,
      attempt: 1,
      experimentId,
      arm,
      mixtureId: `${experimentId}-${arm}`,
      seeds: { init: seed },
      config: { ...CONFIG, weights, run_name: runId, output_dir: `/out/${runId}` },
      ...STARTED,
      ...(change.isBudgetUnknown === true ? {} : BUDGET),
      ...change.started,
    }),
    recorded('training.exposure.recorded', {
      runId,
      attempt: 1,
      firstStep: 1,
      lastStep: 100,
      unit: 'token',
      method: 'measured',
      amounts,
      ...change.exposed,
    }),
    recorded('evaluation.score.recorded', {
      runId,
      step: 100,
      tokens: 12_000,
      capability: 'reasoning',
      benchmark: 'held-out',
      metric: 'bits',
      harness: { name: 'lab', version: '1' },
      value,
      unit: 'bits',
      higherIsBetter: false,
      method: 'measured',
      ...change.scored,
    }),
    recorded('training.run.ended', {
      runId,
      attempt: 1,
      status: 'completed',
      lastStep: 100,
      tokens: 12_000,
      ...change.ended,
    }),
  ];
}

function experimentOf(experimentId: string, change: Change): Fact[] {
  const assigned = recorded('mixture.experiment.assigned', {
    experimentId,
    design: 'controlled_ablation',
    assignment: 'randomised',
    ...(change.isDrawUnknown === true ? {} : { randomisation: { method: 'sha256-rank', seed: SEED } }),
    control: 'full',
    arms: arms.map((arm) => ({ arm, mixtureId: `${experimentId}-${arm}`, role: 'train' as const })),
    ...change.assigned,
  });
  const runs = DEALT.flatMap(({ arm, seed }) =>
    runFacts(experimentId, arm, seed, arm === 'full' || change.inBoth === true ? change : {}),
  );
  return [assigned, ...runs, ...(change.more?.(experimentId) ?? [])];
}

const config = (changed: object): Change => ({ started: { config: { ...CONFIG, ...changed } } });
/** A member of the configuration that no run of either arm records. */
function unrecorded(member: keyof typeof CONFIG): Change {
  const { [member]: _gone, ...others } = CONFIG;
  return { started: { config: others }, inBoth: true };
}
const model = (changed: object): Change => ({ started: { model: { ...STARTED.model, ...changed } } });
const first = DEALT.find(({ arm }) => arm === 'full')!.seed;

/** What is changed, how, and the field or code that the answer has to name. */
const TRAPS: readonly (readonly [string, Change, string])[] = [
  ['model', model({ name: 'other' }), 'model'],
  ['parameters', model({ parameters: 2000 }), 'parameters'],
  ['architecture', model({ architecture: 'encoder' }), 'architecture'],
  ['tokenizer', { started: { tokenizer: 'byte' } }, 'tokenizer'],
  ['hardware', { started: { hardware: 'GPU' } }, 'hardware'],
  ['repository', { started: { code: { ...STARTED.code, repository: 's' } } }, 'code.repository'],
  ['revision', { started: { code: { ...STARTED.code, revision: '2' } } }, 'code.revision'],
  ['digest', { started: { code: { ...STARTED.code, digest: '1'.repeat(64) } } }, 'code.digest'],
  ['snapshot', { started: { snapshotId: 'corpus@2' } }, 'snapshot'],
  ['parent checkpoint', { started: { parentCheckpointId: 'base@2' } }, 'parent checkpoint'],
  ['token budget', { started: { tokenBudget: 24_000 } }, 'token budget'],
  ['learning rate', config({ rate: 0.02 }), 'config.rate'],
  ['name of the optimiser', config({ optimiser: { name: 'SGD' } }), 'config.optimiser.name'],
  ['name of the tokenizer', config({ tokenizer_name: 'byte' }), 'config.tokenizer_name'],
  ['path that is loaded', config({ load_path: '/other' }), 'config.load_path'],
  ['mixture of experts', config({ mixture_of_experts: true }), 'config.mixture_of_experts'],
  ['hybrid', config({ hybrid: true }), 'config.hybrid'],
  ['valid', config({ valid: 'other' }), 'config.valid'],
  ['schedule', config({ schedule: 'linear' }), 'config.schedule'],
  ['batch', config({ batch_size: 16 }), 'config.batch_size'],
  ['precision', config({ precision: 'fp32' }), 'config.precision'],
  ['empty configuration', { started: { config: {} } }, 'config.rate'],
  ['precision of the evaluation', { scored: { precision: 'float32' } }, 'several_ways_of_measuring'],
  ['no optimiser at all', unrecorded('optimiser'), 'optimiser'],
  ['no learning rate at all', unrecorded('rate'), 'learning rate'],
  ['no schedule at all', unrecorded('schedule'), 'schedule'],
  ['no batch at all', unrecorded('batch_size'), 'batch'],
  ['no precision at all', unrecorded('precision'), 'precision'],
  ['no parent checkpoint at all', unrecorded('load_path'), 'parent checkpoint'],
  ['no budget at all', { isBudgetUnknown: true, inBoth: true }, 'budget'],
  [
    'a configuration of one arbitrary member',
    { started: { config: { note: 'x' } }, inBoth: true },
    'schedule',
  ],
  ['a parameter of a tracker', { more: (id) => [annotated(id)] }, 'config.dropout'],
  ['earlier evaluation', { scored: { step: 50, tokens: 6000 } }, 'evaluations_not_matched'],
  ['budget', { exposed: { amounts: twice() }, ended: { tokens: 24_000 } }, 'realised budget'],
  ['amounts unlike the end', { ended: { tokens: 24_000 } }, 'shares_do_not_add_up'],
  ['unit of exposure', { exposed: { unit: 'byte' } }, 'exposure_units_differ'],
  ['method of exposure', { exposed: { method: 'declared' } }, 'shares_not_measured'],
  ['a failed run', { ended: { status: 'failed' }, more: (id) => [ended(id)] }, 'failed_runs'],
  ['no randomisation record', { isDrawUnknown: true }, 'randomisation_not_recorded'],
  [
    'another seed',
    { assigned: { randomisation: { method: 'sha256-rank', seed: '8' } } },
    'assignment_not_reproduced',
  ],
  ['assigned twice', { more: (id) => [again(id)] }, 'contradictory_assignment'],
  ['an arm that was never assigned', { more: (id) => strayed(id) }, 'contradictory_assignment'],
  [
    'planned shares of 1.2',
    { more: (id) => [decided(id, { code: 0.3, text: 0.9 })] },
    'planned_shares_do_not_add_up',
  ],
  [
    'shares unlike the plan',
    { more: (id) => [decided(id, { code: 0.3, text: 0.7 })] },
    'planned_shares_not_realised',
  ],
  ['one run imported twice', { more: (id) => repeated(id) }, 'duplicated_runs'],
];

const annotated = (id: string) =>
  recorded('training.run.annotated', { runId: `${id}-full-s${first}`, params: { dropout: '0.1' } });
const ended = (id: string) =>
  recorded('training.run.ended', {
    runId: `${id}-full-s${first}`,
    attempt: 1,
    status: 'completed',
    lastStep: 100,
  });
const again = (id: string) =>
  recorded('mixture.experiment.assigned', {
    experimentId: id,
    design: 'controlled_ablation',
    assignment: 'randomised',
    randomisation: { method: 'sha256-rank', seed: SEED },
    control: 'full',
    arms: [{ arm: 'full', mixtureId: 'another', role: 'train' }],
  });
function twice() {
  return [
    { slice: 'code', amount: 6000 },
    { slice: 'text', amount: 18_000 },
  ];
}
const decided = (id: string, weights: Readonly<Record<string, number>>) =>
  recorded('mixture.plan.decided', {
    mixtureId: `${id}-full`,
    unit: 'token_share',
    phases: [
      {
        name: 'main',
        fromStep: 0,
        weights: Object.entries(weights).map(([slice, weight]) => ({ slice, weight })),
      },
    ],
    rationale: 'r',
    decidedBy: 'ada',
  });
const strayed = (id: string) => runFacts(id, 'full', 9, { started: { arm: 'fulll' } });
function repeated(id: string): Fact[] {
  const change = { started: {} };
  return runFacts(id, 'full', first, change).map((fact) => ofRun(fact, `${id}-copy`));
}
function ofRun(fact: Fact, runId: string): Fact {
  return { ...fact, id: `${fact.id}-copy`, data: { ...fact.data, runId } } as Fact;
}

/** Runs that record nothing of their configuration but the seeds and the weights. */
const NO_CONFIGURATION: Change = { started: { config: {} }, isBudgetUnknown: true, inBoth: true };

/** What the control of the clean experiment consumes, as planned shares. */
const MIXTURES_OF_CLEAN = { code: 0.25, text: 0.75 };
const NO_ARCHITECTURE: Change = { started: { model: { name: 'lm', parameters: 1000 } }, inBoth: true };

let store: TestStore;
let jobs: Attributor;
let now: number;
beforeAll(async () => {
  const facts = [
    ...experimentOf('clean', {}),
    decided('clean', MIXTURES_OF_CLEAN),
    ...experimentOf('silent', NO_ARCHITECTURE),
    ...experimentOf('held', { ...NO_ARCHITECTURE, assigned: { heldEqual: ['architecture'] } }),
    ...experimentOf('protocolled', { ...NO_CONFIGURATION, assigned: { heldEqual: ['configuration'] } }),
    ...runFacts('clean', 'full', 9, {})
      .slice(2, 3)
      .map((fact) => ofRun(fact, 'unstarted')),
    ...TRAPS.flatMap(([, change], index) => experimentOf(`trap-${index}`, change)),
  ];
  now = facts.length;
  store = await storeOf(facts);
  jobs = attributor(store.engine.reader, {
    attribute: (questions, experiment) => Promise.resolve(asOneFamily(attributeAll(questions, experiment))),
    predict: () => Promise.reject(new Error('not asked')),
    model: () => Promise.reject(new Error('not asked')),
    design: () => Promise.reject(new Error('not asked')),
    close: () => Promise.resolve(),
  });
});
afterAll(() => store.remove());

async function effectOf(experiment: string): Promise<Effect> {
  const request = { experiment, capabilities: ['reasoning'], slices: ['code'], displacement: 'proportional' };
  const answer = await jobs.attribute(request, [now]);
  if (!answer.ok) throw new Error(answer.text);
  return answer.effects[0]!;
}

describe('the recorded facts of a clean experiment', () => {
  it('leave it randomised', async () => {
    expect(await effectOf('clean')).toMatchObject({ identification: 'randomised', differences: [] });
  });

  it('say what no run records, which the protocol may have held equal', async () => {
    expect(await effectOf('silent')).toMatchObject({
      identification: 'observational_adjusted',
      differences: [{ field: 'architecture', state: 'not_recorded' }],
    });
    expect(await effectOf('held')).toMatchObject({ identification: 'randomised', differences: [] });
    expect(await effectOf('protocolled')).toMatchObject({ identification: 'randomised', differences: [] });
  });

  it('name scores of the same benchmark whose run never started', async () => {
    const { warnings } = await effectOf('clean');
    expect(warnings).toContainEqual({
      code: 'scores_without_run',
      text: 'Runs were scored on reasoning whose start is not recorded, so they belong to no experiment and do not count: unstarted.',
    });
  });

  it.each(TRAPS.map(([what, , named], index) => ({ what, named, experiment: `trap-${index}` })))(
    'with one thing changed name it: $what',
    async ({ experiment, named }) => {
      const { identification, warnings, differences } = await effectOf(experiment);
      expect([...warnings.map(({ code }) => code), ...differences.map(({ field }) => field)]).toContain(
        named,
      );
      expect(identification).not.toBe('randomised');
    },
  );
});
