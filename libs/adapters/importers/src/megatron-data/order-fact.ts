import type { BatchSize, RecordedOrder } from '@tributary/contracts';
import { truncate } from '../facts/text.ts';
import { datasetOf } from './cache.ts';
import type { CachedBlend, CachedDataset, DatasetsByKey } from './cache.ts';
import type { FindCorpus, IndexedCorpus } from './indexed-corpora.ts';

type MegatronIndex = NonNullable<RecordedOrder['megatronIndex']>;

/** More corpora than a fact names. */
const MAX_CORPORA = 10_000;

type OrderSource = {
  readonly byKey: DatasetsByKey;
  readonly batches: readonly BatchSize[];
  /** Slices of the corpora, in their order. */
  readonly slices: readonly string[];
  readonly findCorpus: FindCorpus;
};

/** The order in which a run reads the samples of a blend, by the digests of its arrays; the reason as a string if it is unknown. */
export async function orderOf(
  blend: CachedBlend,
  { byKey, batches, slices, findCorpus }: OrderSource,
): Promise<MegatronIndex | string> {
  if (blend.corpora.length > MAX_CORPORA)
    return `the blend has ${blend.corpora.length} corpora; the order of at most ${MAX_CORPORA} is recorded`;
  const corpora: MegatronIndex['corpora'] = [];
  for (const [at, corpus] of blend.corpora.entries()) {
    const dataset = datasetOf(corpus, byKey);
    const indexed = findCorpus(corpus.path);
    const shardId = shardIdOf(indexed);
    corpora.push({
      path: truncate(corpus.path, 2048),
      slice: slices[at] ?? 'unnamed',
      ...(shardId !== undefined && { shardId }),
      document: await digestOf(dataset, 'document_index.npy'),
      sample: await digestOf(dataset, 'sample_index.npy'),
      shuffle: await digestOf(dataset, 'shuffle_index.npy'),
      ...(indexed && { index: indexed.index }),
      ...(indexed?.rows !== undefined && { rows: indexed.rows }),
    });
  }
  const isBlended = blend.cached.files.has('dataset_index.npy');
  return {
    sequenceLength: blend.sequenceLength,
    firstSample: 0,
    batches: batches.map(({ fromStep, samples }) => ({ fromStep, samples })),
    ...(isBlended && {
      blend: {
        dataset: await digestOf(blend.cached, 'dataset_index.npy'),
        datasetSample: await digestOf(blend.cached, 'dataset_sample_index.npy'),
      },
    }),
    corpora,
  };
}

const digestOf = async (dataset: CachedDataset | undefined, part: string): Promise<string> =>
  (await dataset?.files.get(part)?.sha256()) ?? '';

/** What distinguishes the facts about steps of other batch sizes. */
export const scheduleName = (batches: readonly BatchSize[]): string => {
  const [only, ...others] = batches;
  if (others.length === 0) return String(only?.samples);
  return batches.map(({ fromStep, samples }) => `${fromStep}:${samples}`).join(',');
};

const MAX_SHARD_ID = 256;

/** The shard of a corpus, unless its id is longer than facts about steps can name. */
export const shardIdOf = (corpus: IndexedCorpus | undefined): string | undefined =>
  corpus && corpus.shardId.length <= MAX_SHARD_ID ? corpus.shardId : undefined;
