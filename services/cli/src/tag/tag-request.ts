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
  readonly facts?: string;
  readonly shard?: string;
  readonly sample?: number;
  readonly seed: string;
  readonly against?: string;
  readonly againstField: readonly string[];
  readonly tokenizer?: string;
  readonly ngram?: number;
  readonly benchmark?: string;
  readonly benchmarkVersion?: string;
  readonly onlyField?: true;
  readonly bands?: { readonly bands: number; readonly rows: number };
  readonly verify?: true;
  readonly verifyWithoutIsolation?: true;
  readonly python?: string;
};

/** What is measured where nothing is named: the score that has published values to compare with. */
const DEFAULT = 'cirs';

/** The attributes that were named, or the default: tokens where a tokenizer was named. Exits with `attribute_unknown`. */
export function attributesNamed(
  { attribute: names, tokenizer }: Pick<TagOptions, 'attribute' | 'tokenizer'>,
  known: readonly Attribute[],
): readonly Attribute[] {
  const listed = known.map(({ name, description }) => `  ${name}: ${description}`).join('\n');
  return [...new Set(names.length === 0 ? [tokenizer === undefined ? DEFAULT : 'tokens'] : names)].map(
    (name) => {
      const found = known.find((attribute) => attribute.name === name);
      if (found) return found;
      throw new Exit(
        EXIT.failed,
        `There is no attribute ${name}; there are:\n${listed}`,
        'attribute_unknown',
      );
    },
  );
}

/** The attributes that have n-grams of words. */
const BY_NGRAMS = ['contamination', 'duplicates'];

/** Refuses options that would change nothing. */
export function checkOptions(attributes: readonly Attribute[], options: TagOptions): void {
  const names = attributes.map(({ name }) => name);
  checkSearch(names, options);
  if (options.bands !== undefined && !names.includes('duplicates'))
    throw new Exit(EXIT.usage, '--bands is for --attribute duplicates');
  if (options.tokenizer !== undefined && !names.includes('tokens'))
    throw new Exit(EXIT.usage, '--tokenizer names what --attribute tokens counts by');
  if (options.facts !== undefined && (options.documents || options.dryRun))
    throw new Exit(
      EXIT.usage,
      '--facts writes what was measured of files: leave out --documents and --dry-run',
    );
  checkTraces(attributes, options);
  checkComparisons(attributes, options);
}

function checkSearch(names: readonly string[], options: TagOptions): void {
  const { against, againstField, benchmark, benchmarkVersion, onlyField } = options;
  if (against !== undefined && !names.includes('contamination'))
    throw new Exit(EXIT.usage, '--against names what --attribute contamination compares with');
  if (againstField.length > 0 && against === undefined)
    throw new Exit(EXIT.usage, '--against-field names fields of the file of --against');
  if (benchmark !== undefined && against === undefined)
    throw new Exit(EXIT.usage, '--benchmark names the benchmark that the items of --against are of');
  if (benchmarkVersion !== undefined && benchmark === undefined)
    throw new Exit(EXIT.usage, '--benchmark-version is of --benchmark');
  if (onlyField === true && benchmark === undefined)
    throw new Exit(EXIT.usage, '--only-field says what a search for --benchmark leaves out');
}

function checkComparisons(attributes: readonly Attribute[], options: TagOptions): void {
  const names = attributes.map(({ name }) => name);
  const comparing = attributes.find(({ comparesDocuments }) => comparesDocuments)?.name;
  if (options.sample !== undefined && comparing !== undefined)
    throw new Exit(
      EXIT.failed,
      `${comparing} of a sample are not those of the file: leave out --sample`,
      'sample_not_possible',
    );
  if (options.ngram !== undefined && !names.some((name) => BY_NGRAMS.includes(name)))
    throw new Exit(EXIT.usage, `--ngram is for --attribute ${BY_NGRAMS.join(' and ')}`);
}

function checkTraces(attributes: readonly Attribute[], options: TagOptions): void {
  const names = attributes.map(({ name }) => name);
  if (isVerifying(options) && !names.includes('traces'))
    throw new Exit(EXIT.usage, '--verify is for --attribute traces');
  if (options.python !== undefined && !isVerifying(options))
    throw new Exit(EXIT.usage, '--python names what --verify runs the code of traces with');
  const whole = attributes.find(({ readsWholeRows }) => readsWholeRows)?.name;
  if (whole !== undefined && names.length > 1 && options.field === undefined)
    throw new Exit(
      EXIT.usage,
      `${whole} reads rows as a whole and others a field of them: name the field, or measure one after the other`,
    );
}

const isVerifying = ({ verify, verifyWithoutIsolation }: TagOptions): boolean =>
  verify === true || verifyWithoutIsolation === true;

const sandboxOf = ({ python = 'python3', environment, verifyWithoutIsolation }: TagOptions) => ({
  python,
  path: environment['PATH'],
  home: environment['HOME'],
  isIsolated: verifyWithoutIsolation !== true,
});

/** Loads what the attributes need. Exits with the refusal of the first that cannot be opened. */
export async function openInstruments(
  attributes: readonly Attribute[],
  options: TagOptions,
): Promise<readonly Opened[]> {
  const normaliser =
    options.normaliser === undefined ? undefined : await normaliserNamed(options.normaliser, options);
  const all: Opened[] = [];
  try {
    for (const attribute of attributes) all.push(await openOne(attribute, normaliser, options));
    requireOneRelative(all);
    return all;
  } catch (error) {
    /* A process that runs a model would keep this one alive. */
    await closeInstruments(all);
    throw error;
  }
}

async function openOne(attribute: Attribute, normaliser: unknown, options: TagOptions): Promise<Opened> {
  const opened = await attribute.open({
    normaliser,
    isCode: options.code ?? false,
    language: options.language,
    against:
      options.against === undefined ? undefined : { path: options.against, fields: options.againstField },
    tokenizer: options.tokenizer,
    ngram: options.ngram,
    bands: options.bands,
    seed: options.seed,
    ...(isVerifying(options) && { sandbox: sandboxOf(options) }),
  });
  if (opened.ok) return { attribute, instrument: opened.instrument };
  const isOfNormaliser = opened.refusal.startsWith('normaliser_');
  const what = (isOfNormaliser ? options.normaliser : undefined) ?? attribute.name;
  throw new Exit(EXIT.failed, `${what}: ${opened.text}`, opened.refusal);
}

function requireOneRelative(opened: readonly Opened[]): void {
  const relative = opened.filter(({ instrument }) => instrument.relative !== undefined);
  if (relative.length <= 1) return;
  const names = relative.map(({ attribute }) => attribute.name).join(' and ');
  throw new Exit(
    EXIT.usage,
    `${names} are each relative to a normaliser of their own: measure one after the other`,
  );
}

export async function closeInstruments(opened: readonly Opened[]): Promise<void> {
  for (const { instrument } of opened) await instrument.close();
}

export function wholeNumber(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < 1 || !Number.isSafeInteger(number))
    throw new Exit(EXIT.usage, `${text} is no whole number above zero`);
  return number;
}

/** Most numbers of a signature, of which each costs four bytes a document. */
const MOST_HASHES = 1024;

/** `14x8`: bands and the numbers in one. */
export function bandsOf(text: string): { readonly bands: number; readonly rows: number } {
  const [bands = 0, rows = 0] = /^\d{1,4}x\d{1,4}$/.test(text) ? text.split('x').map(Number) : [];
  if (bands * rows < 1 || bands * rows > MOST_HASHES)
    throw new Exit(
      EXIT.usage,
      `${text} is no number of bands and of rows, such as 14x8, of ${MOST_HASHES} together`,
    );
  return { bands, rows };
}
