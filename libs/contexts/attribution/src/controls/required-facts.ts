/** A fact that decides what a run learns, and the recorded fields any one of which says it. */
type Required = {
  readonly name: string;
  /** Fields of the run itself. */
  readonly fields: readonly string[];
  /** Members of a configuration, as trainers name them: whole paths, dashes written as underscores. */
  readonly members?: readonly string[];
};

/** Objects of a configuration under which trainers and trackers keep the options of a command line. */
const CONTAINERS = ['args', 'open_lm_args', 'hyperparameters', 'training_args', 'trainer_args', 'MODEL_ARGS'];

/**
 * Facts without which agreement is unknown. The members are those of Hugging Face's trainer, Megatron-LM, GPT-NeoX and
 * DeepSpeed, NeMo, OLMo and OLMo-core, nanotron, torchtitan, open_lm (DCLM), MosaicML's Composer and nanoGPT.
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
      'optimizer_name',
      'optim',
      'optim.name',
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
      'optimiser.learning_rate',
      'optim.lr',
      'model.optim.lr',
      'train_module.optim.lr',
      'optimizer.learning_rate_scheduler.learning_rate',
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
      'model.optim.sched.name',
      'train_module.scheduler._CLASS_',
      'schedulers.lr.name',
      'optimizer.learning_rate_scheduler.lr_decay_style',
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
      'per_device_train_batch_size',
      'train_micro_batch_size_per_gpu',
      'data.global_batch_size',
      'data_loader.global_batch_size',
      'model.global_batch_size',
      'train.global_batch_size',
      'training.global_batch_size',
      'training.local_batch_size',
      'training.batch_size',
      'tokens.batch_accumulation_per_replica',
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
    ],
  },
  {
    name: 'parent checkpoint',
    fields: ['parent checkpoint', 'forked from'],
    members: [
      'init_from',
      'initial_checkpoint',
      'init_checkpoint',
      'load',
      'load_path',
      'load_checkpoint',
      'pretrained',
      'pretrained_checkpoint',
      'restore_from',
      'restore_from_path',
      'resume',
      'resume_from_checkpoint',
      'resume_checkpoint_path',
      'model_name_or_path',
      '_name_or_path',
      'model.restore_from_path',
      'checkpoint.initial_load_path',
      'checkpoints.resume_checkpoint_path',
      'trainer.load_path',
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

/** What is missing among the recorded facts although agreement is unknown without it. */
export function missingFacts(recorded: readonly string[]): string[] {
  const known = new Set(recorded.map(spelled));
  return REQUIRED.filter(
    ({ fields, members = [] }) =>
      !fields.some((field) => known.has(field)) && !members.some((member) => known.has(`config.${member}`)),
  ).map(({ name }) => name);
}

/** Whether a protocol that held these facts equal vouches for one that no run records. */
export const isHeldEqual = (name: string, heldEqual: readonly string[]) =>
  heldEqual.includes(name) || (OF_CONFIGURATION.has(name) && heldEqual.includes(CONFIGURATION));
