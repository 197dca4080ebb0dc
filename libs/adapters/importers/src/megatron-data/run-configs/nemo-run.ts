import { tokensOf } from '../../facts/planned-run.ts';
import type { PlannedRun } from '../../facts/planned-run.ts';
import { firstStated, valueAt } from '../../files/config-value.ts';
import { looseCountIn, objectIn } from '../../files/untyped-values.ts';
import type { JsonObject } from '../../files/untyped-values.ts';

/**
 * The run that a configuration of NeMo 1 plans: a trainer, and a model with a batch and its data. In that of a launcher it
 * is below `training`. Undefined for any other value. NeMo has one seed for the parameters and for the order of the data.
 */
export function nemoRun(document: unknown): PlannedRun | undefined {
  const root = objectIn(document);
  const config = [objectIn(root?.['training']), root].find(isWhole);
  if (!config) return undefined;
  const named = ['run.name', 'exp_manager.wandb_logger_kwargs.name', 'exp_manager.name', 'name'];
  const tokenizer = ['model.tokenizer.model', 'model.tokenizer.type', 'model.tokenizer.library'];
  const parents = ['restore_from_path', 'model.restore_from_path', 'model.resume_from_checkpoint'];
  const seed = valueAt(config, 'model.seed');
  return {
    program: 'nemo',
    name: firstStated(config, named),
    config,
    seeds: { init: seed, dataOrder: seed },
    tokenizer: firstStated(config, tokenizer),
    parent: firstStated(config, parents),
    tokens: tokensIn(config),
  };
}

const isWhole = (config: JsonObject | undefined): config is JsonObject =>
  config !== undefined &&
  objectIn(config['trainer']) !== undefined &&
  objectIn(valueAt(config, 'model.data')) !== undefined &&
  valueAt(config, 'model.micro_batch_size') !== undefined;

/** The tokens of all steps, unless the batch grows. Without `max_steps` the number of epochs decides. */
function tokensIn(config: JsonObject): number | string {
  const reason =
    'trainer.max_steps, model.global_batch_size and the length of sequences do not determine the number of tokens';
  if (valueAt(config, 'model.rampup_batch_size') ?? false) return reason;
  const count = (path: string) => looseCountIn(valueAt(config, path));
  const length = count('model.data.seq_length') ?? count('model.encoder_seq_length');
  return tokensOf([count('trainer.max_steps'), count('model.global_batch_size'), length], reason);
}
