import type { SourceFile } from '../files/folder.ts';
import { isObject, listIn, objectIn, looseNumberIn, textIn } from '../files/untyped-values.ts';
import type { JsonObject } from '../files/untyped-values.ts';
import { mayBeYaml, plainYaml } from '../files/plain-yaml.ts';
import { blendOf, dataArguments, optionsIn } from './blend.ts';
import type { DataArguments, DataSplit } from './blend.ts';
import { optionsOf } from './command-line-options.ts';

const MAX_BYTES = 1024 * 1024;
const NAMES_DATA = /data[-_]paths?\b|data[-_]prefix\b|weighted[-_]split[-_]paths\b|^[ \t]*paths:/m;

/** A single path can be that of any program. These options identify Megatron and programs based on it. */
const MEGATRON =
  /(seq|encoder_seq)[-_]length|(global|micro)[-_]batch[-_]size|tokenizer[-_]type|vocab[-_]file|pretrain_gpt|split(s_string)?\b.{0,4}\d+,\d+/;

const SPLITS = ['train', 'valid', 'test'] as const satisfies readonly DataSplit[];

/**
 * The data arguments in a file: a command line, a map of arguments, the list for `--data-args-path`, or the lists by
 * split for `--per-split-data-args-path`. Undefined if the file names no readable data.
 */
export async function argumentsIn(file: SourceFile): Promise<DataArguments | undefined> {
  if (file.bytes === 0 || file.bytes > MAX_BYTES) return undefined;
  const head = await file.headText();
  if (head.includes('\0')) return undefined;
  const found = NAMES_DATA.test(head)
    ? await namedArguments(file)
    : (perSplit(await file.json()) ?? bareList(await file.text()));
  return found?.blends.some(({ items }) => typeof blendOf(items) !== 'string') ? found : undefined;
}

async function namedArguments(file: SourceFile): Promise<DataArguments> {
  const text = await file.text();
  const map = mayBeYaml(file) ? mapOfArguments(plainYaml(text).documents[0]) : undefined;
  const found = dataArguments(map ? optionsIn(map) : optionsOf(text));
  const weighted = found.blends.some(({ items }) => items.length > 1);
  return weighted || MEGATRON.test(text) ? found : { ...found, blends: [] };
}

function mapOfArguments(document: unknown): unknown {
  const root = objectIn(document);
  if (!root) return undefined;
  const models = [objectIn(root['training'])?.['model'], root['model']];
  const inModels = models.map((model) => objectIn(model)?.['data']);
  const parts = [root['MODEL_ARGS'], ...inModels, root['data'], root].filter(isObject);
  const named = /^(--)?([a-z]+[-_])?data[-_](paths?|prefix)$|^(--)?[a-z]+[-_]weighted[-_]split[-_]paths$/;
  const isNemo = (part: JsonObject, key: string) => key === 'paths' && 'seq_length' in part;
  return parts.find((part) => Object.keys(part).some((key) => named.test(key) || isNemo(part, key)));
}

function perSplit(json: unknown): DataArguments | undefined {
  const root = objectIn(json);
  const keys = Object.keys(root ?? {});
  if (!root || !keys.includes('train') || keys.some((key) => !/^(train|valid|test)$/.test(key)))
    return undefined;
  const blends = SPLITS.flatMap((split) => {
    const items = (listIn(root[split]) ?? []).map((item) =>
      typeof item === 'number' ? String(item) : textIn(item),
    );
    const texts = items.flatMap((item) => item ?? []);
    const paths =
      texts.length > 0 && texts.length === items.length && texts.some((text) => text.includes('/'));
    return paths && texts.every((text) => !/\s/.test(text)) ? [{ split, items: texts }] : [];
  });
  return blends.length > 0 ? { blends, phaseTransitions: [] } : undefined;
}

/** A list that alternates weights and paths and holds nothing else. */
function bareList(text: string): DataArguments | undefined {
  const items = text.trim().split(/\s+/);
  if (items.length < 2 || items.length % 2 === 1) return undefined;
  const fits = items.every((item, index) =>
    index % 2 === 0 ? looseNumberIn(item) !== undefined : item.includes('/') && !/[{}":,]/.test(item),
  );
  return fits ? { blends: [{ split: 'all', items }], phaseTransitions: [], isList: true } : undefined;
}
