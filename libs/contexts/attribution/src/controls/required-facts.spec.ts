import { describe, expect, it } from 'vitest';
import { isHeldEqual, missingFacts } from './required-facts.ts';

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
    batch: ['per_device_train_batch_size'],
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
    batch: ['train_micro_batch_size_per_gpu'],
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
    batch: ['tokens.batch_accumulation_per_replica'],
    precision: ['model.dtype'],
    budget: ['tokens.train_steps'],
    'parent checkpoint': ['checkpoints.resume_checkpoint_path'],
  },
  torchtitan: {
    optimiser: ['optimizer.name'],
    'learning rate': ['optimizer.lr'],
    schedule: ['lr_scheduler.decay_type'],
    batch: ['training.local_batch_size'],
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
};

const without = (group: Group, of: Readonly<Record<Group, readonly string[]>>) =>
  OF_CONFIGURATION.flatMap((name) => (name === group ? [] : of[name].map((member) => `config.${member}`)));

describe('the configuration of a trainer', () => {
  it.each(Object.entries(TRAINERS))('says what decides, and what it leaves out is missed: %s', (_, of) => {
    const whole = OF_CONFIGURATION.flatMap((name) => of[name].map((member) => `config.${member}`));
    expect(missingFacts([...OF_THE_RUN, ...whole])).toEqual([]);
    for (const group of OF_CONFIGURATION)
      expect(missingFacts([...OF_THE_RUN, ...without(group, of)])).toEqual([group]);
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
    expect(missingFacts(recorded)).toEqual([...OF_CONFIGURATION]);
  });
});

describe('facts of the run itself', () => {
  it('say the budget and the parent checkpoint as a configuration does', () => {
    const missing = (...fields: readonly string[]) => missingFacts([...OF_THE_RUN, ...fields]);
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
