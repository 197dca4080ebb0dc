import type { SourceFile } from '../folder.ts';
import { isObject, listIn, objectIn, looseNumberIn, textIn } from '../json-members.ts';
import { mayBeYaml, plainYaml } from '../nanotron/plain-yaml.ts';
import { blendOf, dataArguments, optionsIn, optionsOf } from './blend.ts';
import type { DataArguments, Split } from './blend.ts';

const MAX_BYTES = 1024 * 1024;
const SPLITS = ['train', 'valid', 'test'] as const satisfies readonly Split[];

/**
 * What a file says about the data of a run: a command line or a map of arguments, the list behind `--data-args-path`,
 * or the lists by split behind `--per-split-data-args-path`. Undefined where it names no data that can be read.
 */
export async function argumentsIn(file: SourceFile): Promise<DataArguments | undefined> {
  if (file.bytes === 0 || file.bytes > MAX_BYTES) return undefined;
  const head = await file.headText();
  if (head.includes('\0')) return undefined;
  const found =
    head.includes('data-path') || head.includes('data_path')
      ? await namedArguments(file)
      : (perSplit(await file.json()) ?? bareList(await file.text()));
  return found?.blends.some(({ items }) => typeof blendOf(items) !== 'string') ? found : undefined;
}

async function namedArguments(file: SourceFile): Promise<DataArguments> {
  const text = await file.text();
  const map = mayBeYaml(file) ? mapOfArguments(plainYaml(text).documents[0]) : undefined;
  return dataArguments(map ? optionsIn(map) : optionsOf(text));
}

function mapOfArguments(document: unknown): unknown {
  const root = objectIn(document);
  if (!root) return undefined;
  const parts = [root['MODEL_ARGS'], root['data'], root].filter(isObject);
  return parts.find((part) => Object.keys(part).some((key) => /^(--)?([a-z]+[-_])?data[-_]path$/.test(key)));
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
    return texts.length > 0 && texts.length === items.length ? [{ split, items: texts }] : [];
  });
  return blends.length > 0 ? { blends, phaseTransitions: [], rampsUp: false } : undefined;
}

/** Weights and paths in turn, and nothing else. */
function bareList(text: string): DataArguments | undefined {
  const items = text.trim().split(/\s+/);
  if (items.length < 2 || items.length % 2 === 1) return undefined;
  const fits = items.every((item, index) =>
    index % 2 === 0 ? looseNumberIn(item) !== undefined : item.includes('/') && !/[{}":,]/.test(item),
  );
  return fits ? { blends: [{ split: 'all', items }], phaseTransitions: [], rampsUp: false } : undefined;
}
