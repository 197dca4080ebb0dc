import type { Run } from '../experiment.ts';

type Permitted = {
  /** Whole names of fields, and of objects whose members are all permitted; never patterns. */
  readonly fields: readonly string[];
  readonly reason: string;
  /** Permitted only where the value is a number or a list of them; anything else is compared. */
  readonly numbersOnly?: boolean;
};

/** What may differ between runs without a meaning of its own. Every other fact of a run is compared. */
const MAY_DIFFER: readonly Permitted[] = [
  {
    fields: [
      'config.seed',
      'config.seeds',
      'config.data_seed',
      'config.init_seed',
      'config.shuffle_seed',
      'config.random_seed',
      'config.data.seed',
      'config.data.shuffle_seed',
      'config.train.seed',
      'config.training.seed',
      'config.trainer.seed',
      'config.hyperparameters.seed',
      'config.open_lm_args.seed',
    ],
    reason: 'Repetitions of an arm differ by their seed; seeds are compared as blocks.',
    numbersOnly: true,
  },
  {
    fields: [
      'config.weights',
      'config.domain_weights',
      'config.mixture_weights',
      'config.data_weights',
      'config.sampling_weights',
      'config.blend',
      'config.data.weights',
      'config.data.mixture_weights',
      'config.data.mixture',
      'config.mixture',
    ],
    reason: 'The weights are the treatment, which is compared as realised shares.',
    numbersOnly: true,
  },
  {
    fields: [
      'config.arm',
      'config.mixture_id',
      'config.mixture_name',
      'config.run_id',
      'config.run_name',
      'config.exp_name',
      'config.experiment_name',
      'config.wandb_exp_name',
      'config.wandb.name',
      'config.wandb.group',
      'config.exp_manager.name',
      'config.open_lm_args.name',
    ],
    reason: 'It names the run or its arm and is not read by the training.',
  },
  {
    fields: [
      'config.output_dir',
      'config.logging_dir',
      'config.log_dir',
      'config.save',
      'config.save_dir',
      'config.save_folder',
      'config.checkpoint_dir',
      'config.tensorboard_dir',
      'config.exp_manager.explicit_log_dir',
      'config.checkpoint_url',
      'config.params_url',
      'config.open_lm_args.logs',
      'config.open_lm_args.remote-sync',
    ],
    reason: 'The training writes to it and does not read from it.',
  },
  {
    fields: ['config.creation_date'],
    reason: 'It says when the record of the run was made.',
  },
  {
    fields: ['config.logging_steps', 'config.log_interval', 'config.log_every'],
    reason: 'It says how often the loss is written down.',
  },
];

/** The name under which realised budgets are compared. */
export const BUDGET = 'realised budget';

/** Relative difference up to which two realised budgets count as equal. */
export const BUDGET_TOLERANCE = 0.005;

/** Lengths of the training, which `added_budget` changes in proportion to the realised budget. */
export const LENGTHS: ReadonlySet<string> = new Set([
  'token budget',
  'config.steps',
  'config.max_steps',
  'config.total_steps',
  'config.train_steps',
  'config.train_iters',
  'config.train_samples',
  'config.max_tokens',
  'config.token_budget',
]);

const NUMBERS = /^[[\]\s\d.,eE+-]*\d[[\]\s\d.,eE+-]*$/;

const PERMITTED: ReadonlyMap<string, Permitted> = new Map(
  MAY_DIFFER.flatMap((permitted) => permitted.fields.map((field) => [field, permitted] as const)),
);

/** Whether the field, or an object that holds it, is on the list of what may differ. */
export function mayDiffer(field: string, value: string): boolean {
  for (let end = field.indexOf('.'); ; end = field.indexOf('.', end + 1)) {
    const permitted = PERMITTED.get(end === -1 ? field : field.slice(0, end));
    if (permitted && (permitted.numbersOnly !== true || NUMBERS.test(value))) return true;
    if (end === -1) return false;
  }
}

/** Length from which a run's id is specific enough to be recognised inside a text. */
const SPECIFIC_ID = 6;

/** The value in its shortest form; the run's own id in it is replaced, because it names the run only. */
export function comparable(value: string, run: Pick<Run, 'runId'>): string {
  const number = value.trim() === '' ? Number.NaN : Number(value);
  if (Number.isFinite(number)) return String(number);
  return run.runId.length < SPECIFIC_ID ? value : value.replaceAll(run.runId, '(own id)');
}
