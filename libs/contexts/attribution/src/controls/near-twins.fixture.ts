import {
  blocked,
  everyRun,
  inBothArms,
  inControl,
  inOneRun,
  scored,
  twice,
  withFact,
} from './changed-experiments.fixture.ts';
import type { RunChange, Trap } from './changed-experiments.fixture.ts';
import { cleanAblation } from './clean-experiment.fixture.ts';

/** A fact under another name. */
const renamed =
  (field: string, name: string): RunChange =>
  (run) => {
    const facts = new Map([...(run.facts ?? [])].map(([key, value]) => [key === field ? name : key, value]));
    return { ...run, facts };
  };

/** A field that all runs record, as one value in the control and as another in the other arm. */
const twins = (field: string, full: string, other: string, named = field): Trap => ({
  what: `${field}: ${full} and ${other}`,
  experiment: everyRun(cleanAblation(), (run) => withFact(field, run.arm === 'full' ? full : other)(run)),
  named,
});

/** Numbers beside the weights of a mixture that are no slice: how it is drawn, and how much of it. */
const NEXT_TO_WEIGHTS: readonly Trap[] = [
  'max_seq_len',
  'temperature',
  'alpha',
  'epochs',
  'tokens',
  'buffer_size',
  'version',
].flatMap((member) =>
  ['config.mixture', 'config.data.weights'].flatMap((holder) =>
    [
      ['0.5', '2'],
      ['0', '4'],
      ['null', '4'],
    ].map(([full = '', other = '']): Trap => {
      const field = `${holder}.${member}`;
      const weights: RunChange = (run) =>
        Object.entries(run.shares).reduce(
          (changed, [slice, share]) => withFact(`${holder}.${slice}`, `${share}`)(changed),
          run,
        );
      const trap = twins(field, full, other);
      return {
        ...trap,
        what: `${trap.what}, beside weights`,
        experiment: everyRun(trap.experiment, weights),
      };
    }),
  ),
);

/** A member without a value in one arm, and absent from the other, where a default of the code holds. */
const SWITCHED_OFF: readonly Trap[] = ['null', 'None', '', '[]', '{}'].flatMap((nothing) =>
  ['config.grad_clip', 'config.mixture.temperature', 'config.weights.pretrained_on'].map((field): Trap => ({
    what: `${field} is ${JSON.stringify(nothing)} in the control and absent from the other arm`,
    experiment: inControl(withFact(field, nothing)),
    named: field,
  })),
);

/** What looks equal and is not, and what is equal and looks different. */
export const NEAR_TWINS: readonly Trap[] = [
  ...NEXT_TO_WEIGHTS,
  ...SWITCHED_OFF,
  twins('config.tokenizerVersion', '2.1', '2.10'),
  twins('config.modelRevision', '1e3', '1000'),
  twins('config.run_group_id', '0012', '12'),
  twins('config.checkpoint_dir', '/models/a', '/models/b'),
  twins('config.mixture.code.version', '1', '2'),
  twins('config.mixture.code.path', '/code/v1', '/code/v2'),
  twins('tokenizer', 'bpe-32k 1.1', 'bpe-32k 1.10'),
  twins('tokenizer', '1.1', '1.10'),
  twins('config.tokenizer_version', '2.1', '2.10'),
  twins('code.revision', '12e3', '12000'),
  twins('code.digest', '0012', '12'),
  twins('parent checkpoint', 'base@1000', 'base@1001'),
  twins('config.data_offset', '9007199254740993', '9007199254740992'),
  twins('config.mixture.temperature', '0.7', '1'),
  twins('config.mixture.epochs', '1', '4'),
  twins('config.mixture.batches', '1', '100'),
  twins('config.optimiser.name', 'AdamW', 'adamw'),
  twins('config.precision', 'bf16', 'null'),
  twins('config.learning_rate', '0.001', 'None'),
  {
    what: 'precision under another name on one side',
    experiment: inControl(renamed('config.precision', 'config.dtype')),
    named: 'config.dtype',
  },
  {
    what: 'a learning rate of null in all runs',
    experiment: everyRun(cleanAblation(), withFact('config.learning_rate', 'null')),
    named: 'learning rate',
  },
  {
    what: 'seeds of both arms, as numbers in one and as texts in the other',
    experiment: everyRun(cleanAblation(), (run) => {
      const { seed } = blocked(run);
      return { ...run, seed: run.arm === 'full' ? seed : String(seed) };
    }),
    named: 'blocked_design',
  },
  {
    what: 'a repeated seed as a text',
    experiment: twice((run) => ({ ...scored({ value: 0.41 })(run), seed: String(run.seed) })),
    named: 'seeds_repeated',
  },
  {
    what: 'one run imported twice, its seed as a text and other amounts',
    experiment: twice((run) => ({ ...run, seed: String(run.seed), total: 1.001e9, reportedTotal: 1.001e9 })),
    named: 'duplicated_runs',
  },
  {
    what: 'one run in two arms, its seed as a text',
    experiment: inBothArms((run) => ({ ...run, runId: 'again', seed: String(run.seed) })),
    named: 'contradictory_assignment',
    isLeftOut: true,
  },
  {
    what: 'a score whose run names no arm',
    experiment: inOneRun((run) => ({ ...run, arm: '' })),
    named: 'contradictory_assignment',
    isLeftOut: true,
  },
  {
    what: 'exposure in tokens by another name',
    experiment: inControl((run) => ({ ...run, unit: 'tokens' })),
    named: 'exposure_units_differ',
  },
  {
    what: 'exposure in thousands',
    experiment: inControl((run) => ({ ...run, total: 1e6, reportedTotal: 1e6 })),
    named: 'realised budget',
  },
  {
    what: 'an evaluation one percent earlier',
    experiment: inControl(scored({ step: 990, tokens: 9.9e8 })),
    named: 'evaluations_not_matched',
  },
  {
    what: 'steps on one side and tokens on the other',
    experiment: everyRun(cleanAblation(), (run) =>
      scored(run.arm === 'full' ? { step: undefined } : { tokens: undefined })(run),
    ),
    named: 'evaluations_not_matched',
  },
  {
    what: 'another version of the harness',
    experiment: inControl(scored({ comparability: 'acc harness 0.4.10 5-shot' })),
    named: 'scores_not_comparable',
  },
  {
    what: 'the mean of other benchmarks',
    experiment: everyRun(cleanAblation(), (run) =>
      scored({ benchmarks: run.arm === 'full' ? { mbpp: 0.4, apps: 0.2 } : { mbpp: 0.3 } })(run),
    ),
    named: 'scores_not_comparable',
  },
  {
    what: 'percent that are called accuracy, in one run',
    experiment: inOneRun(scored({ value: 40.1 })),
    named: 'accuracies_on_two_scales',
  },
  {
    what: 'parts of one that are called accuracy, in one run of percent',
    experiment: everyRun(cleanAblation(), (run) => {
      const value = (run.scores['programming']?.value ?? 0) * (run.seed === 1 ? 1 : 100);
      return scored({ value })(run);
    }),
    named: 'accuracies_on_two_scales',
  },
  {
    what: 'percent of which a few are below one',
    experiment: everyRun(cleanAblation(), (run) =>
      scored({ value: run.arm === 'full' ? 12.8 + Number(run.seed) : 0.61 - Number(run.seed) / 100 })(run),
    ),
    named: 'accuracies_on_two_scales',
  },
];
