import type { SourceFile } from '../files/folder.ts';
import { asNonEmpty } from '../facts/chunks.ts';
import { addPlan } from '../facts/mixture-plan.ts';
import { slicesOf } from '../facts/slice-names.ts';
import type { FactCollector } from '../facts/fact-collector.ts';
import type { DataArguments } from './blend.ts';
import { cachedDatasetsIn, indicesOf, blendsIn } from './cache.ts';
import type { CachedBlend, BlendIndices } from './cache.ts';
import { samplesByCorpus, samplesIn, windowsOf } from './exposure.ts';
import type { BatchSchedule } from './exposure.ts';
import { corpusName, lastPart } from './read-blends.ts';
import { truncate } from '../facts/text.ts';

type CacheContext = {
  readonly collector: FactCollector;
  readonly folder: string;
  readonly runId: string;
  readonly args: DataArguments | undefined;
  /** Shards by the last part of their prefix. */
  readonly shards: ReadonlyMap<string, string>;
};

/** Adds what a cache of dataset indexes determines: the blend, and which corpus each step reads. */
export async function readCache(files: readonly SourceFile[], context: CacheContext): Promise<void> {
  const { findings } = context.collector;
  const reject = (source: string, reason: string) => findings.reject(source, '', reason);
  const cached = await cachedDatasetsIn(files, reject);
  const blends = blendsIn(cached, 'train');
  for (const blend of blends) {
    const indices = await indicesOf(blend, cached, reject);
    if (!indices) continue;
    await addBlend(blend, indices, context);
    if (blends.length === 1) await addExposure(blend, indices, context);
  }
  if (blends.length <= 1) return;
  const why = `the cache has ${blends.length} training blends and does not say which one a run read`;
  findings.leaveUnresolved(context.folder, '', why);
}

const slicesIn = ({ corpora }: CachedBlend): string[] =>
  slicesOf(corpora.map(({ path }) => corpusName(path)));

async function originOf({ cached }: CachedBlend) {
  const file = cached.files.get('dataset_index.npy') ?? cached.files.get('shuffle_index.npy');
  return { sha256: (await file?.sha256()) ?? '', pointer: '' };
}

async function addBlend(
  blend: CachedBlend,
  indices: BlendIndices,
  { collector, shards }: CacheContext,
): Promise<void> {
  const slices = slicesIn(blend);
  const origin = await originOf(blend);
  const snapshotId = `megatron-cache@${blend.cached.hash}`;
  const samples = samplesByCorpus(indices);
  const total = samplesIn(indices);
  collector.add(origin, snapshotId, {
    type: 'corpus.snapshot.registered',
    data: {
      snapshotId,
      name: 'Megatron training blend',
      tokens: { value: total * blend.sequenceLength, method: 'inferred' },
      sources: blend.corpora.slice(0, 5000).map(({ path }) => {
        const shard = shards.get(lastPart(path));
        const kind = shard === undefined ? ('uri' as const) : ('shard' as const);
        return { kind, ref: truncate(shard ?? path, 2048), name: truncate(path, 512), multiplicity: 1 };
      }),
      config: { sequenceLength: blend.sequenceLength, samples: total },
    },
  });
  const values = asNonEmpty(
    samples.slice(0, 5000).map((value, at) => ({ ref: snapshotId, bucket: slices[at] ?? 'unnamed', value })),
  );
  if (values) {
    collector.add(origin, `${snapshotId}|samples`, {
      type: 'corpus.attribute.measured',
      data: {
        attribute: 'megatron.samples',
        subjectKind: 'snapshot',
        instrument: { name: 'megatron-core' },
        unit: 'samples',
        method: 'measured',
        values,
      },
    });
  }
  if (blend.weights.length !== slices.length) {
    const where = blend.cached.files.get('description.txt')?.path ?? blend.cached.hash;
    if (blend.cached.description['weights'] !== undefined)
      collector.findings.reject(
        where,
        '/weights',
        'not every corpus has a weight that is a non-negative number',
      );
    return;
  }
  const weights = blend.corpora.map(({ path }, at) => ({
    slice: slices[at] ?? 'unnamed',
    weight: blend.weights[at] ?? 0,
    source: truncate(path, 2048),
  }));
  const phases = [{ name: 'all', fromStep: 0, weights }];
  addPlan(collector, origin, { name: 'megatron-cache', unit: 'sample_share', phases, snapshotId });
}

/** The batch size and the number of steps in a command line, or the reason why they are unknown. */
function batchScheduleOf(args: DataArguments | undefined): BatchSchedule | string {
  if (args?.rampsUp) return 'the batch size ramps up';
  const { globalBatchSize, trainSteps, trainSamples } = args ?? {};
  if (globalBatchSize === undefined)
    return 'the import has no file, or several files, with --global-batch-size';
  if (trainSteps !== undefined) return { globalBatchSize, trainSteps };
  if (trainSamples === undefined) return { globalBatchSize };
  return { globalBatchSize, trainSteps: Math.floor(trainSamples / globalBatchSize) };
}

/**
 * Adds the exposure of each window of steps. Its method is inferred, because a cache does not say how far a run got.
 */
async function addExposure(blend: CachedBlend, indices: BlendIndices, context: CacheContext): Promise<void> {
  const { collector, runId, folder } = context;
  const schedule = batchScheduleOf(context.args);
  if (typeof schedule === 'string') {
    return collector.findings.leaveUnresolved(
      folder,
      '',
      `the steps of the samples are unknown: ${schedule}`,
    );
  }
  const origin = await originOf(blend);
  const windows = windowsOf(indices, schedule);
  for (const { firstStep, lastStep, samples } of windows) {
    const amounts = asNonEmpty(amountsOf(samples, blend, context));
    if (!amounts) continue;
    collector.add(
      { ...origin, pointer: `steps:${firstStep}-${lastStep}` },
      `${runId}|${schedule.globalBatchSize}`,
      {
        type: 'training.exposure.recorded',
        data: { runId, attempt: 1, firstStep, lastStep, unit: 'token', method: 'inferred', amounts },
      },
    );
  }
  const left = samplesIn(indices) - (windows.at(-1)?.lastStep ?? 0) * schedule.globalBatchSize;
  const example = `${folder}: no step reads the last ${left} samples`;
  if (left > 0) collector.findings.warn('samples_not_reached', example, left);
}

const MAX_SHARD_ID = 256;

function amountsOf(samples: readonly number[], blend: CachedBlend, { shards }: CacheContext) {
  const slices = slicesIn(blend);
  return samples.flatMap((count, at) => {
    if (count === 0) return [];
    const shardId = shards.get(lastPart(blend.corpora[at]?.path ?? ''));
    const shard = shardId !== undefined && shardId.length <= MAX_SHARD_ID ? { shardId } : {};
    return [{ slice: slices[at] ?? 'unnamed', ...shard, amount: count * blend.sequenceLength }];
  });
}
