import { tokensOf } from '../../facts/planned-run.ts';
import type { PlannedRun } from '../../facts/planned-run.ts';
import type { ListedSource } from '../../facts/source-list.ts';
import { firstStated, valueAt } from '../../files/config-value.ts';
import { looseCountIn, objectIn, statedIn, textIn } from '../../files/untyped-values.ts';
import type { JsonObject } from '../../files/untyped-values.ts';

const RECIPE = /^megatron\.bridge\.recipes\./;

/**
 * The run that a configuration of a NeMo recipe plans, which Megatron Bridge trains: it names the recipe, and states what
 * differs from it. Undefined for any other value, also for one that is only to be merged with another.
 */
export function bridgeRun(document: unknown): PlannedRun | undefined {
  const config = objectIn(document);
  const recipe = textIn(config && valueAt(config, 'recipe._target_'));
  if (!config || recipe === undefined || !RECIPE.test(recipe)) return undefined;
  const load = statedIn(valueAt(config, 'checkpoint.load'));
  const isResumed = load === statedIn(valueAt(config, 'checkpoint.save'));
  return {
    program: 'megatron-bridge',
    name: valueAt(config, 'logger.wandb_exp_name'),
    model: valueAt(config, 'recipe.hf_path') ?? recipe.split('.').at(-1),
    config,
    architecture: recipe,
    seeds: { init: valueAt(config, 'rng.seed'), dataOrder: valueAt(config, 'dataset.random_seed') },
    tokenizer: valueAt(config, 'tokenizer.tokenizer_model'),
    parent: valueAt(config, 'checkpoint.pretrained_checkpoint') ?? (isResumed ? undefined : load),
    tokens: tokensOf(
      [
        onlyCount(config, ['train.train_iters']),
        onlyCount(config, ['train.global_batch_size', 'recipe.global_batch_size']),
        onlyCount(config, ['model.seq_length', 'recipe.seq_length', 'dataset.sequence_length']),
      ],
      'train_iters, global_batch_size and seq_length do not determine the number of tokens without the recipe',
    ),
  };
}

/** The count that is stated at these paths; undefined where they state different ones, or none. */
function onlyCount(config: JsonObject, paths: readonly string[]): number | undefined {
  const stated = paths.map((path) => valueAt(config, path)).filter((value) => value !== undefined);
  const [count, ...others] = new Set(stated.map(looseCountIn));
  return others.length > 0 ? undefined : count;
}

/** An artifact that the launcher of Nemotron looks up, as `${art:data,path}`: the member `run.data` names it. */
const ARTIFACT = /^\$\{art:([\w-]+),/;

/** The data of a recipe: the artifact with its blends, otherwise the path of the file that lists them. */
export function bridgeSources(document: unknown): readonly ListedSource[] {
  const config = objectIn(document) ?? {};
  const paths = [
    'data.per_split_data_args_path',
    'recipe.per_split_data_args_path',
    'dataset.per_split_data_args_path',
  ];
  const path = firstStated(config, paths);
  if (path === undefined) return [];
  const [, artifact] = ARTIFACT.exec(path) ?? [];
  if (artifact === undefined) return [{ ref: path }];
  const name = statedIn(valueAt(config, `run.${artifact}`));
  return name === undefined ? [] : [{ ref: name, kind: 'name' }];
}
