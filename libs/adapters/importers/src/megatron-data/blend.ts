import { listIn, objectIn, textIn } from '../files/untyped-values.ts';
import { rampUpOf } from './batch-sizes.ts';
import type { RampUp } from './batch-sizes.ts';
import type { Option } from './command-line-options.ts';

/** Prefixes of a blend with their sample weights. Without weights, the lengths of the corpora decide. */
export type DataBlend = { readonly prefixes: readonly string[]; readonly weights?: readonly number[] };

/**
 * Parses the items of `--data-path`: one prefix, alternating weights and prefixes, or several prefixes, whose lengths
 * then decide. Returns the reason as a string if the items are invalid.
 */
export function blendOf(items: readonly string[]): DataBlend | string {
  if (items.length === 0) return 'the option names no data';
  if (items.some((item) => /^\$\{?[\w.:]+\}?$|\$\(/.test(item)))
    return `the value contains a shell variable that is not set in the file: ${items.join(' ').slice(0, 200)}`;
  const indexes = items.map((_item, index) => index);
  const weights = indexes.filter((index) => index % 2 === 0).map((index) => Number(items[index]));
  const prefixes = items.filter((_item, index) => index % 2 === 1);
  const numbers = weights.filter((weight) => Number.isFinite(weight));
  if (items.length % 2 === 1 || numbers.length === 0) return { prefixes: items };
  if (numbers.length < weights.length) return 'some weights are not numbers';
  return weights.some((weight) => weight < 0) ? 'a weight is negative' : { prefixes, weights };
}

export type DataSplit = 'train' | 'valid' | 'test';

/** The data arguments of a command line. `blends` has one entry for each option that names data. */
export type DataArguments = {
  readonly blends: readonly { readonly split: DataSplit | 'all'; readonly items: readonly string[] }[];
  readonly split?: string;
  readonly sequenceLength?: number;
  readonly globalBatchSize?: number;
  readonly trainSteps?: number;
  readonly trainSamples?: number;
  readonly phaseTransitions: readonly number[];
  /** Whether it is a list of one blend without options. */
  readonly isList?: true;
  /** How the batch size grows; the reason as a string if that is invalid. Absent if it does not grow. */
  readonly rampUp?: RampUp | string;
  /** The sampler of the samples, as `single` or `cyclic`. Absent if the command line names none, which means `single`. */
  readonly dataloader?: string;
};

const PATHS: ReadonlyMap<string, DataSplit | 'all'> = new Map(
  Object.entries({
    'data-path': 'all',
    'train-data-path': 'train',
    'valid-data-path': 'valid',
    'test-data-path': 'test',
    'train-data-paths': 'train',
    'valid-data-paths': 'valid',
    'test-data-paths': 'test',
    'data-prefix': 'all',
  } as const),
);

const WEIGHTED: ReadonlyMap<string, DataSplit> = new Map(
  Object.entries({
    'train-weighted-split-paths': 'train',
    'valid-weighted-split-paths': 'valid',
    'test-weighted-split-paths': 'test',
  } as const),
);

const BY_DOCUMENTS = 'weight-by-num-documents';

/** The options in a map such as MODEL_ARGS, with or without dashes. NeMo nests data by split. */
export function optionsIn(map: unknown): Option[] {
  return Object.entries(objectIn(map) ?? {}).flatMap(([key, value]) => {
    const name = key.replace(/^--/, '').replaceAll('_', '-');
    const bySplit = /^(data-prefix|paths)$/.test(name) ? objectIn(value) : undefined;
    if (name === BY_DOCUMENTS) return [{ name, values: [String(value)] }];
    if (!bySplit) return [{ name: name === 'paths' ? 'data-path' : name, values: tokensIn(value) }];
    return Object.entries(bySplit).map(([split, items]) => ({
      name: `${split === 'validation' ? 'valid' : split}-data-path`,
      values: tokensIn(items),
    }));
  });
}

const tokensIn = (value: unknown): string[] => (listIn(value) ?? [value]).flatMap((item) => tokensOf(item));

const tokensOf = (value: unknown): string[] => {
  if (typeof value === 'number') return [String(value)];
  return textIn(value)?.trim().split(/\s+/) ?? [];
};

/** The values of an option. Of one that is repeated the last counts, as argparse reads it. */
const valuesOf = (options: readonly Option[], name: string): readonly string[] | undefined =>
  options.findLast((option) => option.name === name)?.values;

export function dataArguments(options: readonly Option[]): DataArguments {
  const count = (name: string) => {
    const number = Number(valuesOf(options, name)?.[0] ?? NaN);
    return Number.isSafeInteger(number) && number > 0 ? number : undefined;
  };
  const counts = {
    sequenceLength: count('seq-length'),
    globalBatchSize: count('global-batch-size'),
    trainSteps: count('train-iters'),
    trainSamples: count('train-samples'),
  };
  const split = valuesOf(options, 'split')?.join('');
  const rampUp = rampUpOf(valuesOf(options, 'rampup-batch-size') ?? []);
  const transitions = valuesOf(options, 'phase-transition-iterations')?.join(',');
  const dataloader = valuesOf(options, 'dataloader-type')?.[0];
  return {
    blends: options.flatMap((option) => blendsOf(option, options)),
    ...(split !== undefined && split !== '' && { split }),
    ...withoutAbsent(counts),
    phaseTransitions: (transitions ?? '')
      .split(/[,\s]+/)
      .flatMap((part) => (/^\d+$/.test(part) ? [Number(part)] : [])),
    ...(rampUp !== undefined && { rampUp }),
    ...(dataloader !== undefined && { dataloader }),
  };
}

/**
 * The blends that an option names. Those of gpt-neox have one list of paths and one of weights, and equal shares without it.
 * With `weight_by_num_documents` it computes the weights from the numbers of documents, and reads none that are stated.
 */
function blendsOf({ name, values }: Option, options: readonly Option[]): DataArguments['blends'] {
  const weighted = WEIGHTED.get(name);
  if (weighted !== undefined) {
    const items = weightedItems(values.join(' '));
    return items.length > 0 ? [{ split: weighted, items }] : [];
  }
  const split = PATHS.get(name);
  if (split === undefined) return [];
  const given = valuesOf(options, name.replace(/paths$/, 'weights'));
  const weightValues = given ?? values.map(() => '1');
  const isUnweighted = weightValues.length !== values.length || weighsByDocuments(options);
  if (!name.endsWith('paths') || isUnweighted) return [{ split, items: values }];
  return [{ split, items: values.flatMap((path, at) => [weightValues[at] ?? '', path]) }];
}

const weighsByDocuments = (options: readonly Option[]): boolean =>
  valuesOf(options, BY_DOCUMENTS)?.[0]?.toLowerCase() === 'true';

/**
 * Parses `NAME: weight start:end path, …` of Megatron-DeepSpeed. Several names are several sets and not one blend, so
 * they yield nothing.
 */
function weightedItems(text: string): string[] {
  const [, , entries = ''] = /^\s*([\w-]+):\s+(\S.*)$/s.exec(text) ?? [];
  const items = entries.split(',').map((entry) => /^\s*(\S+)\s+[\d.]+:[\d.]+\s+(\S+)\s*$/.exec(entry));
  return items.every((item) => item) ? items.flatMap((item) => item?.slice(1) ?? []) : [];
}

type BatchCounts = Pick<DataArguments, 'sequenceLength' | 'globalBatchSize' | 'trainSteps' | 'trainSamples'>;

function withoutAbsent(counts: { readonly [Key in keyof BatchCounts]: number | undefined }): BatchCounts {
  const { sequenceLength, globalBatchSize, trainSteps, trainSamples } = counts;
  return {
    ...(sequenceLength !== undefined && { sequenceLength }),
    ...(globalBatchSize !== undefined && { globalBatchSize }),
    ...(trainSteps !== undefined && { trainSteps }),
    ...(trainSamples !== undefined && { trainSamples }),
  };
}
