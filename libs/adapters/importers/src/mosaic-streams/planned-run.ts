import type { PlannedRun } from '../facts/planned-run.ts';
import { tokensOf } from '../facts/planned-run.ts';
import { valueAt } from '../files/config-value.ts';
import { countIn, looseNumberIn, objectIn, statedIn } from '../files/untyped-values.ts';
import type { JsonObject } from '../files/untyped-values.ts';
import { isStream, streamListsIn } from './streams.ts';
import type { StreamList } from './streams.ts';

/** A configuration with the keys that lead to it in its file. */
type FoundryConfig = { readonly config: JsonObject; readonly keys: readonly string[] };

/**
 * The configuration of a training run with LLM Foundry: a model, the dataset of a train loader, and how long or with which
 * batch. On the platform it is below `parameters`. Undefined for any other value.
 */
export function runConfigIn(value: unknown): FoundryConfig | undefined {
  const root = objectIn(value);
  const parameters = objectIn(root?.['parameters']);
  const config = parameters ?? root;
  if (!config || !objectIn(config['model'])) return undefined;
  const hasDataset = objectIn(valueAt(config, 'train_loader.dataset')) !== undefined;
  const hasLength = 'max_duration' in config || 'global_train_batch_size' in config;
  return hasDataset && hasLength ? { config, keys: parameters ? ['parameters'] : [] } : undefined;
}

/** The streams of a run: what its loaders list, otherwise the dataset of its train loader as a stream of its own. */
export function runStreams({ config, keys: within }: FoundryConfig): StreamList[] {
  const loaders = withValues(config);
  const lists = streamListsIn(loaders).map((list) => ({ ...list, keys: [...within, ...list.keys] }));
  const dataset = valueAt(loaders, 'train_loader.dataset');
  const isListed = lists.some(({ keys }) => keys[within.length] === 'train_loader');
  if (isListed || !isStream(dataset)) return lists;
  const streams = [{ name: undefined, members: dataset, key: '' }];
  return [...lists, { keys: [...within, 'train_loader', 'dataset'], streams }];
}

const MAX_DEPTH = 16;

/**
 * The loaders of a configuration with the values of the variables that hold them. A blank variable is no value, and one
 * that the file does not have stays as it is. What an anchor of YAML repeats is replaced once, so circular ones end.
 */
function withValues(config: JsonObject): JsonObject {
  const done = new Map<object, unknown>();
  const replaced = (value: unknown, depth: number): unknown => {
    if (typeof value === 'string') return valueOf(config, value);
    if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return value;
    if (done.has(value)) return done.get(value);
    done.set(value, value);
    const copy = Array.isArray(value)
      ? value.map((item) => replaced(item, depth + 1))
      : Object.fromEntries(
          Object.entries(value).map(([key, member]) => [key, replaced(member, depth + 1)] as const),
        );
    done.set(value, copy);
    return copy;
  };
  return {
    train_loader: replaced(config['train_loader'], 0),
    eval_loader: replaced(config['eval_loader'], 0),
  };
}

const VARIABLE = /^\$\{([\w.]+)\}$/;

function valueOf(config: JsonObject, text: string): unknown {
  const [, path] = VARIABLE.exec(text) ?? [];
  if (path === undefined) return text;
  const value = valueAt(config, path);
  return value === undefined ? text : value;
}

/** The run of a configuration. The seed of the data order is that of the shuffle: without it the loader has a seed of its own. */
export const foundryRun = (config: JsonObject): PlannedRun => ({
  program: 'llm-foundry',
  name: valueAt(config, 'run_name'),
  config,
  architecture:
    statedIn(valueAt(config, 'model.pretrained_model_name_or_path')) ?? valueAt(config, 'model.name'),
  seeds: { init: valueAt(config, 'seed'), dataOrder: valueAt(config, 'train_loader.dataset.shuffle_seed') },
  tokenizer: valueAt(config, 'tokenizer.name'),
  parent: valueAt(config, 'load_path'),
  tokens: tokensIn(config),
});

const DURATION = /^(\d[\d_]*(?:\.\d+)?(?:e\+?\d+)?)(tok|ba)$/i;

/** Tokens of a duration: `10e9tok`, or batches (`4800ba`) of `global_train_batch_size` sequences. Epochs say no number. */
function tokensIn(config: JsonObject): number | string {
  const duration = valueAt(config, 'max_duration');
  const reason = `max_duration ${JSON.stringify(duration)} does not determine the number of tokens`;
  const [, digits = '', unit] = DURATION.exec(String(duration)) ?? [];
  if (unit === undefined) return reason;
  const amount = looseNumberIn(digits);
  if (unit.toLowerCase() === 'tok') return tokensOf([amount], reason);
  const length =
    countIn(valueAt(config, 'train_loader.dataset.max_seq_len')) ?? countIn(valueAt(config, 'max_seq_len'));
  return tokensOf([amount, countIn(valueAt(config, 'global_train_batch_size')), length], reason);
}
