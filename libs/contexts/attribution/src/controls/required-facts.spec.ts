import { describe, expect, it } from 'vitest';
import { isHeldEqual, missingFacts } from './required-facts.ts';

const VALUE = 'x1';
const missingWith = (fields: readonly string[]) =>
  missingFacts(fields.map((field) => [field, VALUE] as const));

/** What every run records beside its configuration. */
const OF_THE_RUN = ['parameters', 'architecture', 'tokenizer', 'code.revision', 'hardware', 'snapshot'];

const OF_CONFIGURATION = [
  'optimiser',
  'learning rate',
  'schedule',
  'batch',
  'precision',
  'budget',
  'parent checkpoint',
] as const;

type Group = (typeof OF_CONFIGURATION)[number];

/** Members of the configurations that trainers write, by what they say. */
const TRAINERS: Readonly<Record<string, Readonly<Record<Group, readonly string[]>>>> = {
  'Hugging Face': {
    optimiser: ['optim'],
    'learning rate': ['learning_rate'],
    schedule: ['lr_scheduler_type'],
    batch: ['per_device_train_batch_size', 'gradient_accumulation_steps'],
    precision: ['bf16', 'fp16'],
    budget: ['max_steps', 'num_train_epochs'],
    'parent checkpoint': ['resume_from_checkpoint'],
  },
  'Megatron-LM': {
    optimiser: ['optimizer'],
    'learning rate': ['lr'],
    schedule: ['lr_decay_style'],
    batch: ['global_batch_size'],
    precision: ['bf16', 'fp16', 'params_dtype'],
    budget: ['train_iters', 'train_samples'],
    'parent checkpoint': ['load', 'pretrained_checkpoint'],
  },
  'Megatron-LM by its command line': {
    optimiser: ['MODEL_ARGS.--optimizer'],
    'learning rate': ['MODEL_ARGS.--lr'],
    schedule: ['MODEL_ARGS.--lr-decay-style'],
    batch: ['MODEL_ARGS.--global-batch-size'],
    precision: ['MODEL_ARGS.--bf16'],
    budget: ['MODEL_ARGS.--train-samples'],
    'parent checkpoint': ['MODEL_ARGS.--load'],
  },
  'GPT-NeoX': {
    optimiser: ['optimizer.type'],
    'learning rate': ['optimizer.params.lr'],
    schedule: ['lr-decay-style'],
    batch: ['train_micro_batch_size_per_gpu', 'gradient_accumulation_steps'],
    precision: ['fp16.enabled', 'fp16.fp16'],
    budget: ['train-iters'],
    'parent checkpoint': ['load'],
  },
  OLMo: {
    optimiser: ['optimizer.name'],
    'learning rate': ['optimizer.learning_rate'],
    schedule: ['scheduler.name'],
    batch: ['global_train_batch_size'],
    precision: ['precision'],
    budget: ['max_duration'],
    'parent checkpoint': ['load_path'],
  },
  'OLMo-core': {
    optimiser: ['train_module.optim._CLASS_'],
    'learning rate': ['train_module.optim.lr'],
    schedule: ['train_module.scheduler._CLASS_'],
    batch: ['data_loader.global_batch_size'],
    precision: ['train_module.dp_config.param_dtype'],
    budget: ['trainer.max_duration.value'],
    'parent checkpoint': ['trainer.load_path'],
  },
  nanotron: {
    optimiser: ['optimizer.optimizer_factory.name'],
    'learning rate': ['optimizer.learning_rate_scheduler.learning_rate'],
    schedule: ['optimizer.learning_rate_scheduler.lr_decay_style'],
    batch: ['tokens.micro_batch_size', 'tokens.batch_accumulation_per_replica'],
    precision: ['model.dtype'],
    budget: ['tokens.train_steps'],
    'parent checkpoint': ['checkpoints.resume_checkpoint_path'],
  },
  torchtitan: {
    optimiser: ['optimizer.name'],
    'learning rate': ['optimizer.lr'],
    schedule: ['lr_scheduler.decay_type'],
    batch: ['training.local_batch_size', 'training.global_batch_size'],
    precision: ['training.dtype', 'training.mixed_precision_param'],
    budget: ['training.steps'],
    'parent checkpoint': ['checkpoint.initial_load_path'],
  },
  'open_lm (DCLM)': {
    optimiser: ['open_lm_args.optimizer'],
    'learning rate': ['open_lm_args.lr'],
    schedule: ['open_lm_args.lr-scheduler'],
    batch: ['open_lm_args.global-batch-size'],
    precision: ['open_lm_args.precision'],
    budget: ['open_lm_args.epochs', 'open_lm_args.train-num-samples'],
    'parent checkpoint': ['open_lm_args.resume', 'open_lm_args.pretrained'],
  },
  'NeMo 2': {
    optimiser: ['optim.config.optimizer'],
    'learning rate': ['optim.config.lr'],
    schedule: ['optim.lr_scheduler._target_'],
    batch: ['data.global_batch_size'],
    precision: ['trainer.plugins.precision'],
    budget: ['trainer.max_steps'],
    'parent checkpoint': ['resume.restore_config.path'],
  },
  'Megatron Bridge': {
    optimiser: ['optimizer.optimizer'],
    'learning rate': ['optimizer.lr'],
    schedule: ['scheduler.lr_decay_style'],
    batch: ['train.global_batch_size'],
    precision: ['mixed_precision'],
    budget: ['train.train_iters'],
    'parent checkpoint': ['checkpoint.load', 'checkpoint.pretrained_checkpoint'],
  },
  litgpt: {
    optimiser: ['optimizer.class_path'],
    'learning rate': ['optimizer.init_args.lr'],
    schedule: ['train.min_lr'],
    batch: ['train.global_batch_size'],
    precision: ['precision'],
    budget: ['train.max_tokens'],
    'parent checkpoint': ['initial_checkpoint_dir'],
  },
  'litgpt before its optimisers had options': {
    optimiser: ['optimizer'],
    'learning rate': ['train.learning_rate'],
    schedule: ['train.min_lr'],
    batch: ['train.global_batch_size'],
    precision: ['precision'],
    budget: ['train.epochs', 'train.max_steps'],
    'parent checkpoint': ['resume'],
  },
  axolotl: {
    optimiser: ['optimizer'],
    'learning rate': ['learning_rate'],
    schedule: ['lr_scheduler'],
    batch: ['micro_batch_size', 'gradient_accumulation_steps'],
    precision: ['bf16', 'fp16'],
    budget: ['max_steps', 'num_epochs'],
    'parent checkpoint': ['base_model', 'resume_from_checkpoint'],
  },
};

const without = (group: Group, of: Readonly<Record<Group, readonly string[]>>) =>
  OF_CONFIGURATION.flatMap((name) => (name === group ? [] : of[name].map((member) => `config.${member}`)));

describe('the configuration of a trainer', () => {
  it.each(Object.entries(TRAINERS))('says what decides, and what it leaves out is missed: %s', (_, of) => {
    const whole = OF_CONFIGURATION.flatMap((name) => of[name].map((member) => `config.${member}`));
    expect(missingWith([...OF_THE_RUN, ...whole])).toEqual([]);
    for (const group of OF_CONFIGURATION)
      expect(missingWith([...OF_THE_RUN, ...without(group, of)])).toEqual([group]);
  });

  it('says nothing by members that decide nothing of it, nor by a name that holds one that does', () => {
    const others = [
      'dropout',
      'warmup',
      'log.lr',
      'lr_note',
      'optimizer.betas',
      'my_precision',
      'batch.note',
    ];
    const recorded = [...OF_THE_RUN, ...others.map((member) => `config.${member}`)];
    expect(missingWith(recorded)).toEqual([...OF_CONFIGURATION]);
  });
});

describe('a member without a value', () => {
  const recorded = (config: Readonly<Record<string, string>>) => [
    ...OF_THE_RUN.map((field) => [field, VALUE] as const),
    ...Object.entries(config).map(([member, value]) => [`config.${member}`, value] as const),
  ];
  const WHOLE = {
    optimizer: 'AdamW',
    learning_rate: '0.001',
    scheduler: 'cosine',
    batch_size: '8',
    precision: 'bf16',
    max_steps: '100',
    load_path: '/base',
  };

  it.each(['null', 'None', '', ' ', '[]', '{}'])('is not recorded: %j', (nothing) => {
    expect(missingFacts(recorded(WHOLE))).toEqual([]);
    expect(missingFacts(recorded({ ...WHOLE, learning_rate: nothing, precision: nothing }))).toEqual([
      'learning rate',
      'precision',
    ]);
  });

  it('leaves what another member says of the same fact', () => {
    expect(missingFacts(recorded({ ...WHOLE, max_steps: 'null', num_epochs: '2' }))).toEqual([]);
  });

  it('says of a path to load from that nothing is loaded', () => {
    expect(missingFacts(recorded({ ...WHOLE, load_path: 'null' }))).toEqual([]);
  });
});

describe('a part of a fact', () => {
  const missing = (config: Readonly<Record<string, string>>) =>
    missingFacts(Object.entries(config).map(([member, value]) => [`config.${member}`, value] as const));

  it.each([
    'micro_batch_size',
    'per_device_train_batch_size',
    'train_micro_batch_size_per_gpu',
    'training.local_batch_size',
    'gradient_accumulation_steps',
    'tokens.batch_accumulation_per_replica',
    'tokens.micro_batch_size',
  ])('does not say the batch of all devices: %s', (member) => {
    expect(missing({ [member]: '8' })).toContain('batch');
  });

  it.each([
    'resume',
    'resume_from_checkpoint',
    'checkpoints.resume_checkpoint_path',
    'resume.resume_from_path',
  ])('does not say by the want of a restart what a run began from: %s', (member) => {
    for (const value of ['null', 'None', '', 'false', 'True', 'auto'])
      expect(missing({ [member]: value })).toContain('parent checkpoint');
    expect(missing({ [member]: '/base/step-1000' })).not.toContain('parent checkpoint');
    expect(missing({ [member]: 'null', init_from: 'scratch' })).not.toContain('parent checkpoint');
  });
});

describe('a whole optimiser in one text', () => {
  it('says the learning rate where it holds one', () => {
    const text = (optimizer: string) =>
      missingFacts([['config.optimizer', optimizer]]).filter((name) =>
        ['optimiser', 'learning rate'].includes(name),
      );
    expect(text("{'class_path': 'torch.optim.AdamW', 'init_args': {'lr': 0.0004}}")).toEqual([]);
    expect(text('AdamW')).toEqual(['learning rate']);
  });
});

describe('facts of the run itself', () => {
  it('say the budget and the parent checkpoint as a configuration does', () => {
    const missing = (...fields: readonly string[]) => missingWith([...OF_THE_RUN, ...fields]);
    expect(missing('token budget')).not.toContain('budget');
    expect(missing('parent checkpoint')).not.toContain('parent checkpoint');
    expect(missing('forked from')).not.toContain('parent checkpoint');
  });
});

describe('a protocol', () => {
  it('vouches for each fact by its name, and for all of a configuration at once', () => {
    for (const name of OF_CONFIGURATION) {
      expect(isHeldEqual(name, [name])).toBe(true);
      expect(isHeldEqual(name, ['configuration'])).toBe(true);
    }
    expect(isHeldEqual('hardware', ['configuration'])).toBe(false);
    expect(isHeldEqual('batch', ['precision'])).toBe(false);
  });
});
