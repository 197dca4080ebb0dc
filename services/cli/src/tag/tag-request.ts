import type { Attribute } from '@tributary/tagging';
import type { CommonOptions } from '../context.ts';
import { EXIT, Exit } from '../exit.ts';
import { normaliserNamed } from './normaliser.ts';
import type { Opened } from './tag-facts.ts';

export type TagOptions = CommonOptions & {
  readonly attribute: readonly string[];
  readonly field?: string;
  readonly code?: true;
  readonly language?: string;
  readonly normaliser?: string;
  readonly documents?: true;
  readonly dryRun?: true;
  readonly shard?: string;
  readonly sample?: number;
  readonly seed: string;
};

/** What is measured where nothing is named: the score that has published values to compare with. */
const DEFAULT = 'cirs';

/** The attributes that were named, or the default. Exits with `attribute_unknown`. */
export function attributesNamed(names: readonly string[], known: readonly Attribute[]): readonly Attribute[] {
  const listed = known.map(({ name, description }) => `  ${name}: ${description}`).join('\n');
  return [...new Set(names.length === 0 ? [DEFAULT] : names)].map((name) => {
    const found = known.find((attribute) => attribute.name === name);
    if (found) return found;
    throw new Exit(EXIT.failed, `There is no attribute ${name}; there are:\n${listed}`, 'attribute_unknown');
  });
}

/** Loads what the attributes need. Exits with the refusal of the first that cannot be opened. */
export async function openInstruments(
  attributes: readonly Attribute[],
  options: TagOptions,
): Promise<readonly Opened[]> {
  const normaliser =
    options.normaliser === undefined ? undefined : await normaliserNamed(options.normaliser, options);
  const all: Opened[] = [];
  for (const attribute of attributes) {
    const opened = await attribute.open({
      normaliser,
      isCode: options.code ?? false,
      language: options.language,
    });
    if (!opened.ok)
      throw new Exit(EXIT.failed, `${options.normaliser ?? attribute.name}: ${opened.text}`, opened.refusal);
    all.push({ attribute, instrument: opened.instrument });
  }
  const relative = all.filter(({ instrument }) => instrument.relative !== undefined);
  if (relative.length > 1) {
    const names = relative.map(({ attribute }) => attribute.name).join(' and ');
    throw new Exit(
      EXIT.usage,
      `${names} are each relative to a normaliser of their own: measure one after the other`,
    );
  }
  return all;
}

export function wholeNumber(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < 1 || !Number.isSafeInteger(number))
    throw new Exit(EXIT.usage, `${text} is no number of rows`);
  return number;
}
