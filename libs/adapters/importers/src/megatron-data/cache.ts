import { canonicalJson } from '@tributary/json';
import { groupBy } from '@tributary/kernel';
import type { SourceFile } from '../files/folder.ts';
import { looseCountIn, isObject, listIn, objectIn, looseNumberIn, textIn } from '../files/untyped-values.ts';
import type { JsonObject } from '../files/untyped-values.ts';
import { plainJson } from '../facts/config.ts';
import { npyIn } from './npy.ts';
import type { Npy } from './npy.ts';
import { sizeOf } from './index-arrays.ts';
import type { BlendIndex, GptIndex } from './index-arrays.ts';

const NAME = /^([0-9a-f]{32})-(\w+)-(train|valid|test)-(description\.txt|[a-z_]+\.npy)$/;

export const isCacheFile = (file: SourceFile): boolean => NAME.test(file.name);

/** A dataset of a cache with its files by content, such as `sample_index.npy`. */
export type CachedDataset = {
  readonly hash: string;
  readonly split: string;
  readonly description: JsonObject;
  /** The description as canonical JSON. */
  readonly key: string;
  readonly files: ReadonlyMap<string, SourceFile>;
};

export type DatasetsByKey = ReadonlyMap<string, CachedDataset>;

/** Datasets by their descriptions; of equal ones the first. */
export const datasetsByKey = (cached: readonly CachedDataset[]): DatasetsByKey =>
  new Map(cached.toReversed().map((dataset) => [dataset.key, dataset]));

/** The datasets of one cache folder. */
export async function cachedDatasetsIn(
  files: readonly SourceFile[],
  reject: Reject,
): Promise<CachedDataset[]> {
  const datasets: CachedDataset[] = [];
  for (const [key, own] of groupBy(files, ({ name }) => name.replace(NAME, '$1-$2-$3'))) {
    const parts = new Map(own.map((file) => [file.name.replace(NAME, '$4'), file]));
    const text = parts.get('description.txt');
    const description = objectIn(await text?.json());
    const [hash = '', , split = ''] = key.split('-');
    if (description) datasets.push({ hash, split, description, key: keyOf(description), files: parts });
    else reject(text?.path ?? key, 'the description.txt of the dataset is missing or not valid JSON');
  }
  return datasets;
}

export type Reject = (source: string, reason: string) => void;

/** A corpus of a blend with its path and its description in the cache. */
type CachedCorpus = { readonly path: string; readonly description: JsonObject };

/** A blend of a cache, or a single corpus. */
export type CachedBlend = {
  readonly cached: CachedDataset;
  readonly corpora: readonly CachedCorpus[];
  readonly weights: readonly number[];
  readonly sequenceLength: number;
};

/** The blends of a split, or its single corpora if it has no blend. */
export function blendsIn(cached: readonly CachedDataset[], split: string): CachedBlend[] {
  const own = cached.filter((dataset) => dataset.split === split);
  const blends = own.filter(({ description }) => listIn(description['datasets']) !== undefined);
  return (blends.length > 0 ? blends : own).flatMap((dataset) => {
    const parts = (listIn(dataset.description['datasets']) ?? [dataset.description]).filter(isObject);
    const corpora = parts.map((part) => ({ path: textIn(part['dataset_path']) ?? '', description: part }));
    const sequenceLength = looseCountIn(parts[0]?.['sequence_length']);
    const weights = listIn(dataset.description['weights'])?.map(looseNumberIn) ?? [];
    const known = weights.flatMap((weight) => (weight === undefined || weight < 0 ? [] : weight));
    if (sequenceLength === undefined || corpora.some(({ path }) => path === '')) return [];
    return [{ cached: dataset, corpora, weights: known, sequenceLength }];
  });
}

export type BlendIndices = { readonly blend?: BlendIndex; readonly corpora: readonly GptIndex[] };

/** The index arrays of a blend and its corpora. Missing or broken arrays are rejected. */
export async function indicesOf(
  { cached, corpora }: CachedBlend,
  byKey: DatasetsByKey,
  reject: Reject,
): Promise<BlendIndices | undefined> {
  const gpt: GptIndex[] = [];
  for (const corpus of corpora) {
    const own = datasetOf(corpus, byKey);
    const index = own && (await gptIndexOf(own, reject));
    if (!own) reject(corpus.path, 'the cache holds no index of this corpus');
    if (!index) return undefined;
    gpt.push(index);
  }
  if (listIn(cached.description['datasets']) === undefined) return { corpora: gpt };
  const dataset = await arrayOf(cached, 'dataset_index.npy', reject);
  const datasetSample = await arrayOf(cached, 'dataset_sample_index.npy', reject);
  if (!dataset || !datasetSample) return undefined;
  const outOfRange = outsideOf(dataset, gpt.length);
  if (outOfRange === undefined) return { blend: { dataset, datasetSample }, corpora: gpt };
  reject(
    cached.files.get('dataset_index.npy')?.path ?? cached.hash,
    `the array names corpus ${outOfRange}, but the blend has ${gpt.length} corpora`,
  );
  return undefined;
}

/** The dataset of a cache that has the index of a corpus. */
export const datasetOf = ({ description }: CachedCorpus, byKey: DatasetsByKey): CachedDataset | undefined =>
  byKey.get(keyOf(description));

const keyOf = (description: JsonObject): string => canonicalJson(plainJson(description));

function outsideOf(dataset: Npy, corpora: number): number | undefined {
  for (let k = 0; k < sizeOf(dataset); k += 1) {
    const named = dataset.at(k);
    if (named < 0 || named >= corpora) return named;
  }
  return undefined;
}

async function gptIndexOf(cached: CachedDataset, reject: Reject): Promise<GptIndex | undefined> {
  const document = await arrayOf(cached, 'document_index.npy', reject);
  const sample = await arrayOf(cached, 'sample_index.npy', reject);
  const shuffle = await arrayOf(cached, 'shuffle_index.npy', reject);
  return document && sample && shuffle ? { document, sample, shuffle } : undefined;
}

async function arrayOf(cached: CachedDataset, part: string, reject: Reject): Promise<Npy | undefined> {
  const file = cached.files.get(part);
  const array = file ? npyIn(await file.read()) : 'the array is missing';
  if (typeof array !== 'string') return array;
  reject(file?.path ?? `${cached.hash}-…-${part}`, array);
  return undefined;
}
