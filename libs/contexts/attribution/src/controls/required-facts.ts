import { hasNoValue } from './recorded-value.ts';

/** A fact that decides what a run learns, and the recorded fields any one of which says it. */
type Required = {
  readonly name: string;
  /** Fields of the run itself. */
  readonly fields: readonly string[];
  /** Members of a configuration, as trainers name them: whole paths, dashes written as underscores. */
  readonly members?: readonly string[];
  /** Members that say it together, and none of them alone. */
  readonly together?: readonly (readonly string[])[];
  /** Members that say it by a path only: without one, nothing was restarted, from whatever the run began. */
  readonly restarts?: readonly string[];
};

const PARENT = 'parent checkpoint';

/** Objects of a configuration under which trainers and trackers keep the options of a command line. */
const CONTAINERS = ['args', 'open_lm_args', 'hyperparameters', 'training_args', 'trainer_args', 'MODEL_ARGS'];

/**
 * Facts without which agreement is unknown. The members are those of Hugging Face's trainer, axolotl, Megatron-LM and
 * Megatron Bridge, GPT-NeoX and DeepSpeed, NeMo 1 and 2, litgpt, OLMo and OLMo-core, nanotron, torchtitan, open_lm (DCLM),
 * MosaicML's Composer and nanoGPT. A kind of schedule that a trainer has no option for follows from its code, which is asked
 * for too: litgpt decays by a cosine to `train.min_lr`.
 */
const REQUIRED: readonly Required[] = [
  { name: 'parameters', fields: ['parameters'] },
  { name: 'architecture', fields: ['architecture'] },
  { name: 'tokenizer', fields: ['tokenizer'] },
  { name: 'code', fields: ['code.revision', 'code.digest'] },
  { name: 'hardware', fields: ['hardware'] },
  { name: 'data', fields: ['snapshot', 'shards', 'data'] },
  {
    name: 'optimiser',
    fields: [],
    members: [
      'optimiser',
      'optimiser.name',
      'optimizer',
      'optimizer.name',
      'optimizer.type',
      'optimizer.class_path',
      'optimizer.optimizer',
      'optimizer_name',
      'optim',
      'optim.name',
      'optim.config.optimizer',
      'opt',
      'training.optimizer',
      'trainer.optimizer',
      'model.optim.name',
      'optimizer.optimizer_factory.name',
      'train_module.optim._CLASS_',
    ],
  },
  {
    name: 'learning rate',
    fields: [],
    members: [
      'learning_rate',
      'lr',
      'rate',
      'max_lr',
      'peak_lr',
      'peak_rate',
      'peak_learning_rate',
      'optimizer.lr',
      'optimizer.learning_rate',
      'optimizer.params.lr',
      'optimizer.init_args.lr',
      'optimiser.learning_rate',
      'optim.lr',
      'optim.config.lr',
      'model.optim.lr',
      'train_module.optim.lr',
      'optimizer.learning_rate_scheduler.learning_rate',
      'train.learning_rate',
    ],
  },
  {
    name: 'schedule',
    fields: [],
    members: [
      'schedule',
      'scheduler',
      'scheduler.name',
      'scheduler.type',
      'scheduler.lr_decay_style',
      'lr_schedule',
      'learning_rate_schedule',
      'lr_scheduler',
      'lr_scheduler.name',
      'lr_scheduler.type',
      'lr_scheduler_type',
      'lr_decay_style',
      'lr_scheduler.decay_type',
      'lr_scheduler.lr_decay_type',
      'decay_lr',
      'optim.sched.name',
      'optim.lr_scheduler._target_',
      'model.optim.sched.name',
      'train_module.scheduler._CLASS_',
      'schedulers.lr.name',
      'optimizer.learning_rate_scheduler.lr_decay_style',
      'train.min_lr',
    ],
  },
  {
    name: 'batch',
    fields: [],
    members: [
      'batch',
      'batch_size',
      'global_batch_size',
      'global_bs',
      'train_batch_size',
      'total_batch_size',
      'global_train_batch_size',
      'data.global_batch_size',
      'data_loader.global_batch_size',
      'model.global_batch_size',
      'train.global_batch_size',
      'training.global_batch_size',
      'training.batch_size',
    ],
    /* With the devices, which hardware says, and how the model is divided among them, which is compared where recorded. */
    together: [
      ['micro_batch_size', 'gradient_accumulation_steps'],
      ['per_device_train_batch_size', 'gradient_accumulation_steps'],
      ['train_micro_batch_size_per_gpu', 'gradient_accumulation_steps'],
      ['tokens.micro_batch_size', 'tokens.batch_accumulation_per_replica'],
    ],
  },
  {
    name: 'precision',
    fields: [],
    members: [
      'precision',
      'dtype',
      'torch_dtype',
      'params_dtype',
      'mixed_precision',
      'amp',
      'amp_dtype',
      'bf16',
      'fp16',
      'fp16.enabled',
      'fp16.fp16',
      'bf16.enabled',
      'model.dtype',
      'model.precision',
      'model.torch_dtype',
      'trainer.precision',
      'trainer.plugins.precision',
      'training.precision',
      'training.dtype',
      'training.mixed_precision_param',
      'train_module.autocast_precision',
      'train_module.dp_config.param_dtype',
    ],
  },
  {
    name: 'budget',
    fields: ['token budget'],
    members: [
      'steps',
      'max_steps',
      'total_steps',
      'train_steps',
      'training_steps',
      'train_iters',
      'max_iters',
      'train_samples',
      'train_num_samples',
      'tokens',
      'max_tokens',
      'train_tokens',
      'token_budget',
      'max_duration',
      'epochs',
      'num_epochs',
      'num_train_epochs',
      'training.steps',
      'trainer.max_steps',
      'tokens.train_steps',
      'trainer.max_duration.value',
      'train.epochs',
      'train.max_steps',
      'train.max_tokens',
      'train.train_iters',
    ],
  },
  {
    name: PARENT,
    fields: ['parent checkpoint', 'forked from'],
    members: [
      'init_from',
      'initial_checkpoint',
      'init_checkpoint',
      'initial_checkpoint_dir',
      'load',
      'load_path',
      'load_checkpoint',
      'pretrained',
      'pretrained_checkpoint',
      'restore_from',
      'restore_from_path',
      'model_name_or_path',
      'base_model',
      '_name_or_path',
      'model.restore_from_path',
      'checkpoint.initial_load_path',
      'checkpoint.load',
      'checkpoint.pretrained_checkpoint',
      'trainer.load_path',
      'resume.import_path',
      'resume.restore_config',
      'resume.restore_config.path',
    ],
    restarts: [
      'resume',
      'resume_from_checkpoint',
      'resume_checkpoint_path',
      'checkpoints.resume_checkpoint_path',
      'resume.path',
      'resume.resume_from_path',
    ],
  },
];

/** The name under which a protocol vouches for all that trainers write into a configuration. */
const CONFIGURATION = 'configuration';

const OF_CONFIGURATION: ReadonlySet<string> = new Set(
  REQUIRED.filter(({ members }) => members !== undefined).map(({ name }) => name),
);

/** A field of the configuration as the lists above spell it; any other field as it is. */
function spelled(field: string): string {
  if (!field.startsWith('config.')) return field;
  const [, first = '', ...others] = field.split('.');
  const path = CONTAINERS.includes(first) && others.length > 0 ? others : [first, ...others];
  return `config.${path.join('.').replace(/^--/, '').replaceAll('-', '_')}`;
}

const fieldsOf = (members: readonly string[]) => members.map((member) => `config.${member}`);

const LOADED: ReadonlySet<string> = new Set(
  REQUIRED.filter(({ name }) => name === PARENT).flatMap(({ members = [] }) => fieldsOf(members)),
);

const RESTARTS: ReadonlySet<string> = new Set(REQUIRED.flatMap(({ restarts = [] }) => fieldsOf(restarts)));

/** Whether to restart, and not from what. */
const NO_PATH = /^(true|false|auto|latest|\d)$/i;

/**
 * Whether a recorded value says what it is asked for. A member without a value does not: what the code does then is unknown.
 * The exception is a path to load from, which says by having no value that nothing is loaded.
 */
function isStated(field: string, value: string): boolean {
  const name = spelled(field);
  if (hasNoValue(field, value)) return LOADED.has(name);
  return !(RESTARTS.has(name) && NO_PATH.test(value.trim()));
}

/** The learning rate in the text of a whole optimiser, as litgpt logs one: `{'class_path': …, 'init_args': {'lr': …}}`. */
const RATE_IN_TEXT = /["']lr["']: ?["']?[\d.]/;
const OPTIMISERS_WITH_RATE: ReadonlySet<string> = new Set(['config.optimizer', 'config.optimiser']);

/** What is missing among the recorded facts, as fields with their values, although agreement is unknown without it. */
export function missingFacts(recorded: Iterable<readonly [field: string, value: string]>): string[] {
  const known = new Set<string>();
  for (const [field, value] of recorded) {
    if (!isStated(field, value)) continue;
    const name = spelled(field);
    known.add(name);
    if (OPTIMISERS_WITH_RATE.has(name) && RATE_IN_TEXT.test(value)) known.add('config.lr');
  }
  return REQUIRED.filter((required) => !isSaid(required, known)).map(({ name }) => name);
}

function isSaid(
  { fields, members = [], together = [], restarts = [] }: Required,
  known: ReadonlySet<string>,
) {
  const alone = [...fields, ...fieldsOf([...members, ...restarts])];
  return (
    alone.some((field) => known.has(field)) ||
    together.some((parts) => fieldsOf(parts).every((field) => known.has(field)))
  );
}

/** Whether the field, which has no value, would say one of the facts that are `missing`. */
export function leavesOpen(field: string, missing: readonly string[]): boolean {
  const name = spelled(field);
  return REQUIRED.filter((required) => missing.includes(required.name)).some(
    ({ members = [], together = [] }) => fieldsOf([...members, ...together.flat()]).includes(name),
  );
}

/** Whether a protocol that held these facts equal vouches for one that no run records. */
export const isHeldEqual = (name: string, heldEqual: readonly string[]) =>
  heldEqual.includes(name) || (OF_CONFIGURATION.has(name) && heldEqual.includes(CONFIGURATION));
