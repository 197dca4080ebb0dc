import { tokensOf } from '../../facts/planned-run.ts';
import type { PlannedRun } from '../../facts/planned-run.ts';
import { looseCountIn, objectIn, statedIn } from '../../files/untyped-values.ts';

/**
 * The run that a configuration of gpt-neox plans: it has the size of a model and a batch of DeepSpeed. Undefined for any
 * other value. gpt-neox reads hyphens in its names as underscores, and has one seed for the parameters and for the order of
 * the data. `load` is where it resumes, so it is a parent only where the run saves elsewhere.
 */
export function neoxRun(document: unknown): PlannedRun | undefined {
  const root = objectIn(document);
  if (!root) return undefined;
  const config = new Map(Object.entries(root).map(([key, value]) => [key.replaceAll('-', '_'), value]));
  /* The configuration that W&B keeps has `{desc, value}` in place of each value. */
  const isModel = ['num_layers', 'hidden_size'].every((key) => looseCountIn(config.get(key)) !== undefined);
  if (!isModel || !BATCHES.some((key) => config.has(key))) return undefined;
  const seed = config.get('seed');
  return {
    program: 'gpt-neox',
    name: config.get('wandb_run_name'),
    config: root,
    seeds: { init: seed, dataOrder: seed },
    tokenizer: statedIn(config.get('vocab_file')) ?? config.get('tokenizer_type'),
    parent: parentIn(config),
    tokens: tokensOf(
      [looseCountIn(config.get('train_iters')), batchIn(config), looseCountIn(config.get('seq_length'))],
      'train_iters, the size of a batch and seq_length do not determine the number of tokens',
    ),
  };
}

/** The members of a configuration by their names with underscores. */
type Members = ReadonlyMap<string, unknown>;

const BATCHES = ['train_micro_batch_size_per_gpu', 'train_batch_size', 'pipe_parallel_size'];

/** Sequences in a batch: as stated, otherwise those of a GPU times the steps that are accumulated and the replicas. */
function batchIn(config: Members): number | undefined {
  const count = (key: string) => looseCountIn(config.get(key));
  const stated = count('train_batch_size');
  if (stated !== undefined) return stated;
  const replicas =
    (count('global_num_gpus') ?? Number.NaN) /
    ((count('model_parallel_size') || 1) * (count('pipe_parallel_size') || 1));
  const accumulated = count('gradient_accumulation_steps') ?? count('gas') ?? Number.NaN;
  return looseCountIn((count('train_micro_batch_size_per_gpu') ?? Number.NaN) * accumulated * replicas);
}

function parentIn(config: Members): string | undefined {
  const load = statedIn(config.get('load'));
  if (load === undefined || load === statedIn(config.get('save'))) return undefined;
  const iteration = looseCountIn(config.get('iteration'));
  return iteration === undefined ? load : `${load}/global_step${iteration}`;
}
