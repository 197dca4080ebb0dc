import type { Arm, Experiment, Run, Score } from '../index.ts';
import { cleanAblation, cleanSwarm, FACTS } from './clean-experiment.fixture.ts';

/** A clean experiment with one thing changed, and what the answer has to name: a field or a code. */
export type Trap = {
  readonly what: string;
  readonly experiment: Experiment;
  readonly named: string;
  /** Whether the effect must be that of the experiment without the changed runs. */
  readonly isLeftOut?: boolean;
};

type RunChange = (run: Run) => Run;

const FIELDS = [...FACTS.keys()];

/** Enough mixtures for a surface, and few, since a surface is fitted for each trap. */
const aSwarm = (): Experiment => cleanSwarm(24);

const withFact =
  (field: string, value: string | undefined): RunChange =>
  (run) => {
    const facts = new Map(run.facts);
    if (value === undefined) facts.delete(field);
    else facts.set(field, value);
    return { ...run, facts };
  };

const other = (value: string) =>
  Number.isFinite(Number(value)) ? String(Number(value) + 0.5) : `${value} 2`;

const everyRun = (experiment: Experiment, change: RunChange): Experiment => ({
  ...experiment,
  runs: experiment.runs.map(change),
});
const inControl = (change: RunChange): Experiment =>
  everyRun(cleanAblation(), (run) => (run.arm === 'full' ? change(run) : run));
const inOneRun = (change: RunChange): Experiment => {
  const experiment = cleanAblation();
  const first = experiment.runs.find(({ arm }) => arm === 'full');
  return everyRun(experiment, (run) => (run === first ? change(run) : run));
};
const inArm = (change: Partial<Arm>): Experiment => {
  const experiment = cleanAblation();
  const arms = experiment.arms.map((arm) => (arm.arm === 'full' ? { ...arm, ...change } : arm));
  return { ...experiment, arms };
};
const scored =
  (change: Partial<Score>): RunChange =>
  (run) => ({ ...run, scores: { programming: { ...run.scores['programming']!, ...change } } });

const factTraps: readonly Trap[] = FIELDS.flatMap((field) => {
  const value = other(FACTS.get(field)!);
  const follows: RunChange = (run) => ((run.shares['code'] ?? 0) > 0.33 ? withFact(field, value)(run) : run);
  return [
    { what: `${field} differs in the control`, experiment: inControl(withFact(field, value)), named: field },
    { what: `${field} differs in one run`, experiment: inOneRun(withFact(field, value)), named: field },
    {
      what: `${field} is not recorded in the control`,
      experiment: inControl(withFact(field, undefined)),
      named: field,
    },
    {
      what: `${field} follows the share in a swarm`,
      experiment: everyRun(aSwarm(), follows),
      named: field,
    },
  ];
});

/** What trainers write into a configuration and nowhere else. */
const OF_CONFIGURATION = ['optimiser', 'learning rate', 'schedule', 'batch', 'precision'];
const isOfConfiguration = (field: string) => field.startsWith('config.');

const unrecorded = (name: string, isGone: (field: string) => boolean, why = ''): Trap[] =>
  [cleanAblation(), aSwarm()].map((experiment) => ({
    what: `${why}${name} is recorded nowhere (${experiment.name})`,
    experiment: everyRun(experiment, (run) => ({
      ...run,
      facts: new Map([...FACTS].filter(([field]) => !isGone(field))),
    })),
    named: name,
  }));

const unrecordedTraps: readonly Trap[] = [
  ...['parameters', 'architecture', 'tokenizer', 'hardware'].flatMap((name) =>
    unrecorded(name, (field) => field === name),
  ),
  ...unrecorded('code', (field) => field.startsWith('code.')),
  ...unrecorded('data', (field) => field === 'snapshot' || field === 'shards'),
  ...unrecorded('optimiser', (field) => field === 'config.optimiser.name'),
  ...unrecorded('learning rate', (field) => field === 'config.learning_rate'),
  ...unrecorded('schedule', (field) => field === 'config.schedule'),
  ...unrecorded('batch', (field) => field === 'config.batch_size'),
  ...unrecorded('precision', (field) => field === 'config.precision'),
  ...unrecorded('budget', (field) => field === 'token budget' || field === 'config.max_steps'),
  ...unrecorded('parent checkpoint', (field) =>
    ['parent checkpoint', 'forked from', 'forked at step', 'config.load_path'].includes(field),
  ),
  ...OF_CONFIGURATION.flatMap((name) => unrecorded(name, isOfConfiguration, 'no configuration: ')),
  ...OF_CONFIGURATION.flatMap((name) =>
    unrecorded(
      name,
      (field) => isOfConfiguration(field) && field !== 'config.dropout',
      'a configuration of one other member: ',
    ),
  ),
];

const scoreTraps: readonly Trap[] = [
  {
    what: 'an earlier evaluation of the control',
    change: { step: 800, tokens: 8e8 },
    named: 'evaluations_not_matched',
  },
  {
    what: 'no recorded step of the control',
    change: { step: undefined, tokens: undefined },
    named: 'evaluation step',
  },
  { what: 'another unit', change: { unit: 'percent' }, named: 'scores_not_comparable' },
  { what: 'the other direction', change: { higherIsBetter: false }, named: 'scores_not_comparable' },
  { what: 'another harness', change: { comparability: 'acc other 5-shot' }, named: 'scores_not_comparable' },
  {
    what: 'an unknown way of measuring',
    change: { comparability: undefined },
    named: 'scores_not_comparable',
  },
].flatMap(({ what, change, named }) => [
  { what: `${what}, all runs of the control`, experiment: inControl(scored(change)), named },
  { what: `${what}, one run`, experiment: inOneRun(scored(change)), named },
]);

const twice = (change: RunChange): Experiment => {
  const experiment = cleanAblation();
  const first = experiment.runs.find(({ arm }) => arm === 'full')!;
  return { ...experiment, runs: [...experiment.runs, change({ ...first, runId: `${first.runId}-again` })] };
};

/** The first run of the control, in the other arm too. */
const inBothArms = (change: RunChange): Experiment => {
  const experiment = cleanAblation();
  const first = experiment.runs.find(({ arm }) => arm === 'full')!;
  const copy = change({ ...first, arm: 'wo_code', mixtureId: 'mixture-wo_code' });
  return { ...experiment, runs: [...experiment.runs, copy] };
};

const blocked: RunChange = (run) => ({ ...run, seed: 1 + (Number(run.seed) % 4) });

const runTraps: readonly Trap[] = [
  {
    what: 'a larger budget of the control',
    experiment: inControl((run) => ({ ...run, total: 1.02e9, reportedTotal: 1.02e9 })),
    named: 'realised budget',
  },
  {
    what: 'a larger budget of one run',
    experiment: inOneRun((run) => ({ ...run, total: 1.02e9, reportedTotal: 1.02e9 })),
    named: 'realised budget',
  },
  {
    what: 'another unit of exposure',
    experiment: inControl((run) => ({ ...run, unit: 'byte' })),
    named: 'exposure_units_differ',
  },
  {
    what: 'declared shares',
    experiment: inControl((run) => ({ ...run, method: 'declared' })),
    named: 'shares_not_measured',
  },
  {
    what: 'amounts unlike the reported total',
    experiment: inOneRun((run) => ({ ...run, reportedTotal: 2e9 })),
    named: 'shares_do_not_add_up',
    isLeftOut: true,
  },
  {
    what: 'shares that sum to more than one',
    experiment: inOneRun((run) => ({ ...run, shares: { code: 0.22, code_nl: 0.11, web: 0.77 } })),
    named: 'shares_do_not_add_up',
    isLeftOut: true,
  },
  { what: 'one run imported twice', experiment: twice((run) => run), named: 'duplicated_runs' },
  {
    what: 'one run imported twice with other amounts',
    experiment: twice((run) => ({ ...run, total: 1.001e9, reportedTotal: 1.001e9 })),
    named: 'duplicated_runs',
  },
  {
    what: 'one run imported again without its seed',
    experiment: twice((run) => ({ ...run, seed: undefined })),
    named: 'duplicated_runs',
  },
  {
    what: 'one run in two arms',
    experiment: inBothArms((run) => run),
    named: 'contradictory_assignment',
    isLeftOut: true,
  },
  {
    what: 'one run in two arms under two ids',
    experiment: inBothArms((run) => ({ ...run, runId: 'again' })),
    named: 'contradictory_assignment',
    isLeftOut: true,
  },
  { what: 'a repeated seed', experiment: twice(scored({ value: 0.41 })), named: 'seeds_repeated' },
  {
    what: 'the same seeds in both arms',
    experiment: everyRun(cleanAblation(), blocked),
    named: 'blocked_design',
  },
  {
    what: 'no recorded seeds',
    experiment: inControl((run) => ({ ...run, seed: undefined })),
    named: 'seeds_not_recorded',
  },
  {
    what: 'a failed run',
    experiment: inOneRun((run) => ({ ...run, status: 'failed' })),
    named: 'failed_runs',
  },
  {
    what: 'a stopped run',
    experiment: inOneRun((run) => ({ ...run, status: 'stopped' })),
    named: 'failed_runs',
  },
  {
    what: 'a run that still trains',
    experiment: inOneRun((run) => ({ ...run, status: 'running' })),
    named: 'runs_unfinished',
  },
  {
    what: 'a run without a score',
    experiment: inOneRun((run) => ({ ...run, scores: {} })),
    named: 'scores_missing',
  },
  {
    what: 'a run without exposure',
    experiment: inOneRun((run) => ({ ...run, shares: {} })),
    named: 'shares_missing',
  },
  {
    what: 'a run under another mixture',
    experiment: inOneRun((run) => ({ ...run, mixtureId: 'mixture-other' })),
    named: 'contradictory_assignment',
    isLeftOut: true,
  },
  {
    what: 'a run of an arm that was never assigned',
    experiment: inOneRun((run) => ({ ...run, arm: 'fulll' })),
    named: 'contradictory_assignment',
    isLeftOut: true,
  },
  {
    what: 'a run that changed its arm',
    experiment: inOneRun((run) => ({ ...run, reassigned: true })),
    named: 'contradictory_assignment',
    isLeftOut: true,
  },
];

/** Runs moved between arms after the draw: two seeds change places. */
function moved(): Experiment {
  const experiment = cleanAblation();
  const [first, second] = ['full', 'wo_code'].map(
    (arm) => experiment.runs.find((run) => run.arm === arm)!.seed,
  );
  const swap = new Map([
    [first, second],
    [second, first],
  ]);
  return everyRun(experiment, (run) => ({ ...run, seed: swap.get(run.seed) ?? run.seed }));
}

const assignmentTraps: readonly Trap[] = [
  {
    what: 'an assignment without a seed',
    experiment: inArm({ randomisationSeed: undefined }),
    named: 'randomisation_not_recorded',
  },
  {
    what: 'an arm assigned by hand',
    experiment: inArm({ assignment: 'manual' }),
    named: 'randomisation_not_recorded',
  },
  {
    what: 'another seed than the one that was drawn with',
    experiment: inArm({ randomisationSeed: 'other' }),
    named: 'assignment_not_reproduced',
  },
  { what: 'runs moved after the draw', experiment: moved(), named: 'assignment_not_reproduced' },
  {
    what: 'planned shares that do not add up',
    experiment: inArm({ planned: { code: 0.24, code_nl: 0.12, web: 0.84 } }),
    named: 'planned_shares_do_not_add_up',
  },
  {
    what: 'planned shares other than the realised ones',
    experiment: inArm({ planned: { code: 0.25, code_nl: 0.1, web: 0.65 } }),
    named: 'planned_shares_not_realised',
  },
  {
    what: 'a plan without a slice that was consumed',
    experiment: inArm({ planned: { code: 0.2, web: 0.8 } }),
    named: 'planned_shares_not_realised',
  },
  {
    what: 'an arm assigned twice',
    experiment: inArm({ contradictory: ['mixture'] }),
    named: 'contradictory_assignment',
  },
];

const inSwarm = (change: RunChange): Experiment =>
  everyRun(aSwarm(), (run) => (run.runId === 'sw-07-run-8' ? change(run) : run));
const copied = (change: RunChange): Experiment => {
  const experiment = aSwarm();
  const [first] = experiment.runs;
  return { ...experiment, runs: [...experiment.runs, change({ ...first!, runId: 'sw-00-again' })] };
};

const ofSwarmArm = (change: Partial<Arm>): Experiment => {
  const experiment = aSwarm();
  const arms = experiment.arms.map((arm, index) => (index === 3 ? { ...arm, ...change } : arm));
  return { ...experiment, arms };
};

/** Situations in which nobody knows the mixture of a run. */
const LEFT_OUT_OF_SWARMS = ['amounts unlike the reported total', 'another mixture', 'one run in two arms'];

const swarmTraps: readonly Trap[] = (
  [
    ['an earlier evaluation', inSwarm(scored({ step: 800, tokens: 8e8 })), 'evaluations_not_matched'],
    ['no recorded step', inSwarm(scored({ step: undefined, tokens: undefined })), 'evaluation step'],
    ['another unit', inSwarm(scored({ unit: 'percent' })), 'scores_not_comparable'],
    ['the other direction', inSwarm(scored({ higherIsBetter: false })), 'scores_not_comparable'],
    ['another harness', inSwarm(scored({ comparability: 'acc other 5-shot' })), 'scores_not_comparable'],
    [
      'benchmarks without a common scale',
      inSwarm(scored({ unlike: 'bits and accuracy' })),
      'benchmarks_not_comparable',
    ],
    [
      'a larger budget',
      inSwarm((run) => ({ ...run, total: 1.02e9, reportedTotal: 1.02e9 })),
      'realised budget',
    ],
    ['another unit of exposure', inSwarm((run) => ({ ...run, unit: 'byte' })), 'exposure_units_differ'],
    ['declared shares', inSwarm((run) => ({ ...run, method: 'declared' })), 'shares_not_measured'],
    [
      'amounts unlike the reported total',
      inSwarm((run) => ({ ...run, reportedTotal: 2e9 })),
      'shares_do_not_add_up',
    ],
    [
      'another mixture',
      inSwarm((run) => ({ ...run, mixtureId: 'mixture-other' })),
      'contradictory_assignment',
    ],
    ['one run imported twice', copied((run) => run), 'duplicated_runs'],
    ['a repeated seed', copied(scored({ value: 0.41 })), 'seeds_repeated'],
    ['an arm without a randomisation seed', ofSwarmArm({ randomisationSeed: undefined }), 'not_randomised'],
    [
      'planned shares that do not add up',
      ofSwarmArm({ planned: { code: 0.5, web: 0.6 } }),
      'planned_shares_do_not_add_up',
    ],
    [
      'planned shares other than the realised ones',
      ofSwarmArm({ planned: { code: 0.5, web: 0.5 } }),
      'planned_shares_not_realised',
    ],
    [
      'one run in two arms',
      copied((run) => ({ ...run, arm: 'sw-01', mixtureId: 'mixture-sw-01' })),
      'contradictory_assignment',
    ],
  ] as const
).map(([what, experiment, named]) => ({
  what: `${what}, one run of a swarm`,
  experiment,
  named,
  isLeftOut: LEFT_OUT_OF_SWARMS.includes(what),
}));

/** Every trap. */
export const TRAPS: readonly Trap[] = [
  ...factTraps,
  ...unrecordedTraps,
  ...scoreTraps,
  ...runTraps,
  ...assignmentTraps,
  ...swarmTraps,
];
