import type { FactCatalogue } from '@tributary/contracts';
import { configOf } from '../facts/config.ts';
import type { FactCollector } from '../facts/fact-collector.ts';
import { isPlaceholder } from '../facts/placeholders.ts';
import { contentId, stemOf } from '../facts/shard-list.ts';
import { truncate } from '../facts/text.ts';
import type { SourceFile } from '../files/folder.ts';
import { countIn, objectIn, statedIn } from '../files/untyped-values.ts';
import type { JsonObject } from '../files/untyped-values.ts';
import { valueAt } from '../olmo/yaml-config.ts';
import { isStream, streamListsIn } from './streams.ts';
import type { StreamList } from './streams.ts';

/** What is known of the data of a configuration. */
export type PlannedData = {
  readonly isTemplate?: true;
  readonly mixtureId?: string;
  readonly snapshotId?: string;
};

/**
 * The configuration of a training run with LLM Foundry: a model, the dataset of a train loader, and how long or with which
 * batch. On the platform it is below `parameters`. Undefined for any other value.
 */
export function runConfigIn(value: unknown): JsonObject | undefined {
  const root = objectIn(value);
  const config = objectIn(root?.['parameters']) ?? root;
  if (!config || !objectIn(config['model'])) return undefined;
  const hasDataset = objectIn(valueAt(config, 'train_loader.dataset')) !== undefined;
  const hasLength = 'max_duration' in config || 'global_train_batch_size' in config;
  return hasDataset && hasLength ? config : undefined;
}

const MAX_DEPTH = 16;

/** Whether it is a template, which is named in the report: a member that its user has to fill in, as OmegaConf marks it. */
export function isTemplate(file: SourceFile, config: JsonObject, collector: FactCollector): boolean {
  const pointer = openMember(config, '', 0);
  if (pointer !== undefined) reportTemplate(`${file.path} ${pointer}`, '???', collector);
  return pointer !== undefined;
}

function openMember(value: unknown, pointer: string, depth: number): string | undefined {
  if (value === '???') return pointer;
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return undefined;
  for (const [key, member] of Object.entries(value)) {
    const found = openMember(member, `${pointer}/${key}`, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

export const reportTemplate = (where: string, placeholder: string, { findings }: FactCollector): void =>
  findings.warn('template_left_out', `${where}: ${placeholder} is a placeholder; no fact was made of it`);

/** The streams of a run: what its loaders list, otherwise the dataset of its train loader as a stream of its own. */
export function runStreams(config: JsonObject): StreamList[] {
  const loaders = withValues(config);
  const lists = streamListsIn(loaders);
  const dataset = valueAt(loaders, 'train_loader.dataset');
  const isListed = lists.some(({ keys }) => keys[0] === 'train_loader');
  if (isListed || !isStream(dataset)) return lists;
  const streams = [{ name: undefined, members: dataset, key: '' }];
  return [...lists, { keys: ['train_loader', 'dataset'], streams }];
}

/**
 * The loaders of a configuration with the values of the variables that hold them. A blank variable is no value, and one
 * that the file does not have stays as it is.
 */
function withValues(config: JsonObject): JsonObject {
  const replaced = (value: unknown, depth: number): unknown => {
    if (depth > MAX_DEPTH) return value;
    if (Array.isArray(value)) return value.map((item) => replaced(item, depth + 1));
    const members = objectIn(value);
    if (!members) return value;
    return Object.fromEntries(
      Object.entries(members).map(([key, member]) => [
        key,
        typeof member === 'string' ? valueOf(config, member) : replaced(member, depth + 1),
      ]),
    );
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

type Planned = FactCatalogue['training.run.planned'];

/** Adds the run that a configuration plans. A template plans none. */
export async function addPlannedRun(
  { file, config }: { readonly file: SourceFile; readonly config: JsonObject },
  { isTemplate: isOpen, ...data }: PlannedData,
  collector: FactCollector,
): Promise<void> {
  if (isOpen) return;
  const sha256 = await file.sha256();
  const given = statedIn(valueAt(config, 'run_name'));
  const name = given === undefined || isPlaceholder(given) ? stemOf(file.path) : given;
  const runId = `urn:llm-foundry:run:${contentId(name, sha256)}`;
  const tokenBudget = budgetOf(config);
  const tokenizer = statedIn(valueAt(config, 'tokenizer.name'));
  const parent = statedIn(valueAt(config, 'load_path'));
  if (tokenBudget === undefined)
    collector.findings.warn(
      'tokens_unknown',
      `${file.path}: max_duration ${JSON.stringify(config['max_duration'])} does not determine the number of tokens`,
    );
  collector.add({ sha256, pointer: '' }, runId, {
    type: 'training.run.planned',
    data: {
      runId,
      name: truncate(name, 512),
      model: modelOf(config, name),
      ...configOf(config),
      seeds: seedsOf(config),
      ...(tokenBudget !== undefined && { tokenBudget }),
      ...(tokenizer !== undefined && { tokenizer: truncate(tokenizer, 256) }),
      ...(parent !== undefined && !isPlaceholder(parent) && { parentCheckpointId: truncate(parent, 256) }),
      ...data,
    },
  });
}

function modelOf(config: JsonObject, name: string): Planned['model'] {
  const architecture =
    statedIn(valueAt(config, 'model.pretrained_model_name_or_path')) ??
    statedIn(valueAt(config, 'model.name'));
  return {
    name: truncate(name, 256),
    ...(architecture !== undefined && { architecture: truncate(architecture, 1024) }),
  };
}

/** The seed of the data order is only that of the shuffle: without it the loader has a seed of its own. */
function seedsOf(config: JsonObject): Planned['seeds'] {
  const init = countIn(valueAt(config, 'seed'));
  const dataOrder = countIn(valueAt(config, 'train_loader.dataset.shuffle_seed'));
  return { ...(init !== undefined && { init }), ...(dataOrder !== undefined && { dataOrder }) };
}

const DURATION = /^(\d[\d_]*(?:\.\d+)?(?:e\+?\d+)?)(tok|ba)$/i;

/** Tokens of a duration: `10e9tok`, or batches (`4800ba`) of `global_train_batch_size` sequences. Epochs say no number. */
function budgetOf(config: JsonObject): number | undefined {
  const [, digits = '', unit] = DURATION.exec(String(valueAt(config, 'max_duration'))) ?? [];
  const amount = Number(digits.replaceAll('_', ''));
  if (unit === undefined) return undefined;
  if (unit.toLowerCase() === 'tok') return wholeIn(amount);
  const length =
    countIn(valueAt(config, 'train_loader.dataset.max_seq_len')) ?? countIn(valueAt(config, 'max_seq_len'));
  const batch = countIn(valueAt(config, 'global_train_batch_size'));
  return length === undefined || batch === undefined ? undefined : wholeIn(amount * batch * length);
}

const wholeIn = (amount: number): number | undefined =>
  Number.isSafeInteger(Math.round(amount)) ? Math.round(amount) : undefined;
