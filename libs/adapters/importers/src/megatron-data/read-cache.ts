import { canonicalJson } from '@tributary/json';
import { samplesBefore } from '@tributary/contracts';
import type { BatchSize } from '@tributary/contracts';
import type { SourceFile } from '../files/folder.ts';
import { asNonEmpty } from '../facts/chunks.ts';
import { addPlan } from '../facts/mixture-plan.ts';
import { slicesOf } from '../facts/slice-names.ts';
import type { FactCollector } from '../facts/fact-collector.ts';
import type { DataArguments } from './blend.ts';
import { cachedDatasetsIn, datasetsByKey, indicesOf, blendsIn } from './cache.ts';
import type { CachedBlend, DatasetsByKey, BlendIndices } from './cache.ts';
import { batchSizesOf } from './batch-sizes.ts';
import { lastStepOf, samplesByCorpus, samplesIn, windowsOf } from './exposure.ts';
import type { BatchSchedule } from './exposure.ts';
import { corporaOf } from './indexed-corpora.ts';
import type { FindCorpus } from './indexed-corpora.ts';
import { orderOf, scheduleName, shardIdOf } from './order-fact.ts';
import { corpusName } from './read-blends.ts';
import { sha256Of, truncate, truncateName } from '../facts/text.ts';
import { launchOf, runNameOf } from './launch.ts';

type CacheContext = {
  readonly collector: FactCollector;
  readonly folder: string;
  /** What the caller calls the run. */
  readonly name: string | undefined;
  /** Whether the import has no other cache, so that the name is that of its run. */
  readonly isOnly: boolean;
  /** The files with arguments in the import. */
  readonly args: ReadonlyMap<SourceFile, DataArguments>;
  readonly findCorpus: FindCorpus;
};

/** Adds what a cache of dataset indexes determines: the blend, and which corpus each step reads. */
export async function readCache(files: readonly SourceFile[], context: CacheContext): Promise<void> {
  const { findings } = context.collector;
  const reject = (source: string, reason: string) => findings.reject(source, '', reason);
  const cached = await cachedDatasetsIn(files, reject);
  const byKey = datasetsByKey(cached);
  const blends = blendsIn(cached, 'train');
  for (const blend of blends) {
    const indices = await indicesOf(blend, byKey, reject);
    if (!indices) continue;
    const paths = blend.corpora.map(({ path }) => path);
    const own = { ...context, findCorpus: corporaOf(paths, context.findCorpus) };
    await addBlend(blend, indices, own);
    if (blends.length === 1) await addSteps(blend, { indices, byKey }, own);
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
  { collector, findCorpus }: CacheContext,
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
        const shard = findCorpus(path)?.shardId;
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
function batchScheduleOf(file: SourceFile, args: DataArguments): BatchSchedule | string {
  const { globalBatchSize, trainSteps, trainSamples, rampUp, phaseTransitions } = args;
  const { dataloader = 'single' } = args;
  if (globalBatchSize === undefined) return `${file.path} has no --global-batch-size`;
  if (dataloader !== 'single')
    return `--dataloader-type is ${truncate(dataloader, 100)}, and only \`single\` reads the samples in the order of the cache`;
  if (phaseTransitions.length > 0) return 'the data order restarts at --phase-transition-iterations';
  if (typeof rampUp === 'string') return rampUp;
  const batches = batchSizesOf(globalBatchSize, rampUp);
  if (typeof batches === 'string') return batches;
  if (trainSteps !== undefined) return { batches, trainSteps };
  return trainSamples === undefined ? { batches } : { batches, trainSamples };
}

/**
 * Adds the order of the steps and the exposure of each window of them. Their method is inferred, because a cache does not say
 * how far a run got.
 */
async function addSteps(
  blend: CachedBlend,
  { indices, byKey }: { readonly indices: BlendIndices; readonly byKey: DatasetsByKey },
  context: CacheContext,
): Promise<void> {
  const { collector, folder } = context;
  const unknown = (why: string) =>
    collector.findings.leaveUnresolved(folder, '', `the steps of the samples are unknown: ${why}`);
  const launch = await launchOf(blend, context.args);
  if (typeof launch === 'string') return unknown(launch);
  const [file, args] = launch;
  const schedule = batchScheduleOf(file, args);
  if (typeof schedule === 'string') return unknown(schedule);
  const origin = await originOf(blend);
  const own = await runNameOf(blend, file);
  const named = context.isOnly ? context.name : context.name && `${context.name}/${own}`;
  const runId = truncateName(named ?? own, 256);
  const windows = windowsOf(indices, schedule);
  const name = scheduleName(schedule.batches);
  for (const { firstStep, lastStep, samples } of windows) {
    const amounts = asNonEmpty(amountsOf(samples, blend, context));
    if (!amounts) continue;
    collector.add({ ...origin, pointer: `steps:${firstStep}-${lastStep}` }, `${runId}|${name}`, {
      type: 'training.exposure.recorded',
      data: { runId, attempt: 1, firstStep, lastStep, unit: 'token', method: 'inferred', amounts },
    });
  }
  const lastStep = lastStepOf(indices, schedule);
  if (lastStep > 0) await addOrder(blend, { byKey, batches: schedule.batches, lastStep, runId }, context);
  const left = samplesIn(indices) - samplesBefore(schedule.batches, lastStep + 1);
  const example = `${folder}: no step reads the last ${left} samples`;
  if (left > 0) collector.findings.warn('samples_not_reached', example, left);
}

async function addOrder(
  blend: CachedBlend,
  steps: { byKey: DatasetsByKey; batches: readonly BatchSize[]; lastStep: number; runId: string },
  { collector, findCorpus }: CacheContext,
): Promise<void> {
  const { byKey, batches, lastStep, runId } = steps;
  const order = await orderOf(blend, { byKey, batches, slices: slicesIn(blend), findCorpus });
  if (typeof order === 'string') return collector.findings.leaveUnresolved(blend.cached.hash, '', order);
  const pointer = `steps:1-${lastStep}`;
  collector.add({ ...(await originOf(blend)), pointer }, `${runId}|${sha256Of(canonicalJson(order))}`, {
    type: 'training.order.recorded',
    data: { runId, attempt: 1, firstStep: 1, lastStep, method: 'inferred', order: { megatronIndex: order } },
  });
}

function amountsOf(samples: readonly number[], blend: CachedBlend, { findCorpus }: CacheContext) {
  const slices = slicesIn(blend);
  return samples.flatMap((count, at) => {
    if (count === 0) return [];
    const shardId = shardIdOf(findCorpus(blend.corpora[at]?.path ?? ''));
    return [
      {
        slice: slices[at] ?? 'unnamed',
        ...(shardId !== undefined && { shardId }),
        amount: count * blend.sequenceLength,
      },
    ];
  });
}
