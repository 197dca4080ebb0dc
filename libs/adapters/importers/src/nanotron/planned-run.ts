import type { PlannedRun } from '../facts/planned-run.ts';
import { tokensOf } from '../facts/planned-run.ts';
import { valueAt } from '../files/config-value.ts';
import { looseCountIn, objectIn } from '../files/untyped-values.ts';
import type { JsonObject } from '../files/untyped-values.ts';

/**
 * The run that a whole configuration of nanotron plans: it has a model, and says for how many steps. Undefined for data
 * stages alone, and for any other value. Its parameters are drawn with the seed of `general`; each stage has a seed for the
 * order of its data, and where they differ there is no seed of the run.
 */
export function plannedRunIn(value: unknown, stages: readonly unknown[]): PlannedRun | undefined {
  const config = objectIn(value);
  if (!config || !objectIn(config['model']) || valueAt(config, 'tokens.train_steps') === undefined)
    return undefined;
  const orders = new Set(stages.map((stage) => objectIn(objectIn(stage)?.['data'])?.['seed']));
  return {
    program: 'nanotron',
    name: valueAt(config, 'general.run'),
    config,
    seeds: {
      init: valueAt(config, 'general.seed'),
      dataOrder: orders.size === 1 ? [...orders][0] : undefined,
    },
    tokenizer: valueAt(config, 'tokenizer.tokenizer_name_or_path'),
    parent: valueAt(config, 'checkpoints.resume_checkpoint_path'),
    tokens: tokensIn(config, stages),
  };
}

const FACTORS = [
  'tokens.train_steps',
  'tokens.micro_batch_size',
  'tokens.batch_accumulation_per_replica',
  'parallelism.dp',
  'tokens.sequence_length',
] as const;

/** The tokens of all steps, unless a stage has a length of sequences of its own. */
function tokensIn(config: JsonObject, stages: readonly unknown[]): number | string {
  const factors = FACTORS.map((path) => looseCountIn(valueAt(config, path)));
  const absent = FACTORS.filter((_path, at) => factors[at] === undefined);
  if (stages.some((stage) => objectIn(stage)?.['sequence_length'] !== undefined))
    return 'a stage has a sequence_length of its own, so that the number of tokens is not determined';
  return tokensOf(
    factors,
    `the number of tokens is not determined: ${absent.join(', ') || 'it'} is no number`,
  );
}
