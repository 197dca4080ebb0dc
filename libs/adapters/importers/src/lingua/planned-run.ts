import { tokensOf } from '../facts/planned-run.ts';
import type { PlannedRun } from '../facts/planned-run.ts';
import { valueAt } from '../files/config-value.ts';
import { looseCountIn } from '../files/untyped-values.ts';
import type { JsonObject } from '../files/untyped-values.ts';

/**
 * The run of a configuration of lingua. Its parameters are drawn with the seed of the model and its data are ordered by the
 * seed of the data (`apps/main/train.py`); the seed of the run is neither of them.
 */
export const linguaRun = (config: JsonObject): PlannedRun => ({
  program: 'lingua',
  name: valueAt(config, 'name'),
  config,
  seeds: { init: valueAt(config, 'model.seed'), dataOrder: valueAt(config, 'data.seed') },
  tokenizer: valueAt(config, 'data.tokenizer.path') ?? valueAt(config, 'data.tokenizer.name'),
  parent: valueAt(config, 'checkpoint.init_ckpt_path'),
  tokens: tokensOf(
    FACTORS.map((path) => looseCountIn(valueAt(config, path))),
    `the number of tokens is not determined without each of ${FACTORS.join(', ')}`,
  ),
});

const FACTORS = [
  'steps',
  'grad_acc_steps',
  'data.batch_size',
  'data.seq_len',
  'distributed.dp_replicate',
  'distributed.dp_shard',
] as const;
