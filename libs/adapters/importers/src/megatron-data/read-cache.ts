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

/** What a cache of dataset indices fixes before a run reads it: the blend, and which corpus each step reads. */
export async function readCache(files: readonly SourceFile[], context: CacheContext): Promise<void> {
  const { findings } = context.collector;
  const reject = (source: string, reason: string) => findings.reject(source, '', reason);
  const cached = await cachedDatasetsIn(files, reject);
  const runs = blendsIn(cached, 'train');
  for (const run of runs) {
    const indices = await indicesOf(run, cached, reject);
    if (!indices) continue;
    await addBlend(run, indices, context);
    if (runs.length === 1) await addExposure(run, indices, context);
  }
  if (runs.length <= 1) return;
  const why = `it holds ${runs.length} training blends; which of them a run read is not in it`;
  findings.leaveUnresolved(context.folder, '', why);
}

const slicesIn = ({ corpora }: CachedBlend): string[] =>
  slicesOf(corpora.map(({ path }) => corpusName(path)));

async function originOf({ cached }: CachedBlend) {
  const file = cached.files.get('dataset_index.npy') ?? cached.files.get('shuffle_index.npy');
  return { sha256: (await file?.sha256()) ?? '', pointer: '' };
}

async function addBlend(
  run: CachedBlend,
  indices: BlendIndices,
  { collector, shards }: CacheContext,
): Promise<void> {
  const slices = slicesIn(run);
  const origin = await originOf(run);
  const snapshotId = `megatron-cache@${run.cached.hash}`;
  const samples = samplesByCorpus(indices);
  const total = samplesIn(indices);
  collector.add(origin, snapshotId, {
    type: 'corpus.snapshot.registered',
    data: {
      snapshotId,
      name: 'Megatron training blend',
      tokens: { value: total * run.sequenceLength, method: 'inferred' },
      sources: run.corpora.slice(0, 5000).map(({ path }) => {
        const shard = shards.get(lastPart(path));
        const kind = shard === undefined ? ('uri' as const) : ('shard' as const);
        return { kind, ref: truncate(shard ?? path, 2048), name: truncate(path, 512), multiplicity: 1 };
      }),
      config: { sequenceLength: run.sequenceLength, samples: total },
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
  if (run.weights.length !== slices.length) {
    const where = run.cached.files.get('description.txt')?.path ?? run.cached.hash;
    if (run.cached.description['weights'] !== undefined)
      collector.findings.reject(where, '/weights', 'not every corpus has a weight that is a share');
    return;
  }
  const weights = run.corpora.map(({ path }, at) => ({
    slice: slices[at] ?? 'unnamed',
    weight: run.weights[at] ?? 0,
    source: truncate(path, 2048),
  }));
  const phases = [{ name: 'all', fromStep: 0, weights }];
  addPlan(collector, origin, { name: 'megatron-cache', unit: 'sample_share', phases, snapshotId });
}

/** How a command line says that samples become steps, or why it does not. */
function batchScheduleOf(args: DataArguments | undefined): BatchSchedule | string {
  if (args?.rampsUp) return 'the batch size ramps up';
  const { globalBatchSize, trainSteps, trainSamples } = args ?? {};
  if (globalBatchSize === undefined) return 'no file here, or more than one, states --global-batch-size';
  if (trainSteps !== undefined) return { globalBatchSize, trainSteps };
  if (trainSamples === undefined) return { globalBatchSize };
  return { globalBatchSize, trainSteps: Math.floor(trainSamples / globalBatchSize) };
}

/** Steps count from 1; each reads a batch of samples in order. That a run got there is not in a cache: inferred. */
async function addExposure(run: CachedBlend, indices: BlendIndices, context: CacheContext): Promise<void> {
  const { collector, runId, folder } = context;
  const pace = batchScheduleOf(context.args);
  if (typeof pace === 'string') {
    return collector.findings.leaveUnresolved(folder, '', `the steps of its samples are not known: ${pace}`);
  }
  const origin = await originOf(run);
  const windows = windowsOf(indices, pace);
  for (const { firstStep, lastStep, samples } of windows) {
    const amounts = asNonEmpty(amountsOf(samples, run, context));
    if (!amounts) continue;
    collector.add(
      { ...origin, pointer: `steps:${firstStep}-${lastStep}` },
      `${runId}|${pace.globalBatchSize}`,
      {
        type: 'training.exposure.recorded',
        data: { runId, attempt: 1, firstStep, lastStep, unit: 'token', method: 'inferred', amounts },
      },
    );
  }
  const left = samplesIn(indices) - (windows.at(-1)?.lastStep ?? 0) * pace.globalBatchSize;
  const example = `${folder}: no step reads the last ${left} samples`;
  if (left > 0) collector.findings.warn('samples_not_reached', example, left);
}

const MAX_SHARD_ID = 256;

function amountsOf(samples: readonly number[], run: CachedBlend, { shards }: CacheContext) {
  const slices = slicesIn(run);
  return samples.flatMap((count, at) => {
    if (count === 0) return [];
    const shardId = shards.get(lastPart(run.corpora[at]?.path ?? ''));
    const shard = shardId !== undefined && shardId.length <= MAX_SHARD_ID ? { shardId } : {};
    return [{ slice: slices[at] ?? 'unnamed', ...shard, amount: count * run.sequenceLength }];
  });
}
