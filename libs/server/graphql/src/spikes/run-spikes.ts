import { benjaminiHochberg } from '@tributary/attribution';
import { Fault } from '@tributary/kernel';
import type { LogPosition, SqlReader } from '@tributary/kernel';
import {
  batchesOf,
  bySize,
  consumedBefore,
  consumedIn,
  EVERY_STEP,
  firstFacts,
  liftsOf,
  lossSpikes,
  spikesOf,
  stepEvidence,
  wholeHistory,
} from '@tributary/training';
import type { CountedHistory, LossSpike } from '@tributary/training';
import { answered, incomplete, MAX_EVIDENCE, merged } from '../answer.ts';
import type { Freshness } from '../answer.ts';
import { doubtsOfHistory } from '../exposure/history-doubts.ts';
import { labelsOf } from '../exposure/shard-labels.ts';
import type { ExposureBy, LossSpikes, QueryLossSpikesArgs, SpikeData } from '../generated/schema.ts';
import { freshnessOfRun } from '../known.ts';
import type { Runtime } from '../runtime.ts';
import { rangeShares } from './range-shares.ts';

export type SpikesQuestion = Omit<QueryLossSpikesArgs, 'asOf'>;

/** Steps before a step that are enough to say which loss is usual. */
const AT_LEAST = 16;

/** Unusual steps that are read; an answer with more is incomplete. */
const MAX_STEPS = 10_000;

/** Recorded ranges that a spike is compared with. */
const BASELINE = 200;

/** A step's loss is of its own batch, after the update by the batch before it. */
const BATCHES_BEFORE = 1;

/** Spikes that are compared with what was consumed. */
const MAX_COMPARED = 50;

/**
 * Spikes of the loss of a run in the steps that count, the largest first, and which data their batches had more of than
 * the batches before. Throws Fault `unknown_run`, `attribute_missing` by attribute without one, and `not_positive` for a
 * threshold or a number of spikes that is not.
 */
export async function runSpikes(
  { engine: { reader } }: Runtime,
  fresh: Freshness,
  { run, ...question }: SpikesQuestion,
): Promise<LossSpikes> {
  const { by, attribute, threshold, first } = checked(question);
  const as_of = fresh.position;
  const known = await freshnessOfRun(reader, fresh, run);
  const history = await wholeHistory(reader, { run }, as_of);
  const steps = await reader.all(lossSpikes, {
    ...history,
    at_least: AT_LEAST,
    threshold,
    first: MAX_STEPS,
    as_of,
  });
  const spikes = spikesOf(steps);
  const shown = bySize(spikes).slice(0, first);
  const compared: Compared[] = [];
  for (const spike of shown)
    compared.push(await comparedWithBatches(reader, spike, { history, spikes, by, attribute, as_of }));
  const [[ofSteps], ofExposure, { facts }] = await Promise.all([
    reader.all(stepEvidence, { ...history, ...EVERY_STEP, first: MAX_EVIDENCE, as_of }),
    firstFacts(reader, history, { first: MAX_EVIDENCE, as_of }),
    consumedIn(reader, history, { run, by: 'domain', as_of }),
  ]);
  const lacking = [
    ...((ofSteps?.evidence_total ?? 0) === 0 ? ['no steps recorded'] : doubtsOfHistory(history)),
    ...(steps.length === MAX_STEPS ? [`only the first ${MAX_STEPS} unusual steps are read`] : []),
  ];
  const whole = lacking.reduce<Freshness>((answer, reason) => incomplete(answer, reason), known);
  const evidence = merged([
    { positions: ofSteps?.evidence ?? [], total: ofSteps?.evidence_total ?? 0 },
    { positions: ofExposure, total: facts },
  ]);
  return {
    ...answered(whole, evidence),
    run,
    by,
    attribute: attribute === '' ? null : attribute,
    threshold,
    total: spikes.length,
    spikes: withQValues(compared),
  };
}

function checked({ by, attribute, threshold, first }: Omit<SpikesQuestion, 'run'>) {
  if (by === 'attribute' && !attribute)
    throw new Fault('attribute_missing', 'by attribute needs the name of one, such as language');
  const asked = { threshold: threshold ?? 6, first: first ?? 10 };
  if (!(asked.threshold > 0)) throw new Fault('not_positive', 'the threshold is a number above zero');
  if (!(asked.first > 0)) throw new Fault('not_positive', 'the number of spikes is above zero');
  return {
    by: by ?? 'slice',
    attribute: by === 'attribute' ? (attribute ?? '') : '',
    threshold: asked.threshold,
    first: Math.min(asked.first, MAX_COMPARED),
  } as const;
}

type Compared = LossSpike & {
  readonly batch: { readonly firstStep: number; readonly lastStep: number } | null;
  readonly batches: number;
  readonly lifts: ReturnType<typeof liftsOf>;
};

type Comparison = {
  readonly history: CountedHistory;
  readonly spikes: readonly LossSpike[];
  readonly by: ExposureBy;
  readonly attribute: string;
  readonly as_of: LogPosition;
};

async function comparedWithBatches(
  reader: SqlReader,
  spike: LossSpike,
  { history, spikes, by, attribute, as_of }: Comparison,
): Promise<Compared> {
  const params = { ...history, step: spike.lastStep, ranges: BASELINE + 1, as_of };
  const rows = await reader.all(consumedBefore, params);
  const shards = by === 'domain' || by === 'slice' ? [] : rows.map(({ shard }) => shard);
  const ranges = rangeShares(rows, await labelsOf(reader, shards, { attribute, as_of }), by);
  const own = ranges.filter((range) => overlaps(range, spike));
  const before = ranges.filter(
    (range) => range.lastStep < (own[0]?.firstStep ?? 0) && !spikes.some((other) => overlaps(range, other)),
  );
  const batches = batchesOf(before, own.length);
  const [firstRange, lastRange] = [own.at(0), own.at(-1)];
  return {
    ...spike,
    batch: firstRange && lastRange ? { firstStep: firstRange.firstStep, lastStep: lastRange.lastStep } : null,
    batches: batches.length,
    lifts: liftsOf(own, batches),
  };
}

type Steps = { readonly firstStep: number; readonly lastStep: number };

const overlaps = (range: Steps, spike: Steps): boolean =>
  range.firstStep <= spike.lastStep && range.lastStep >= spike.firstStep - BATCHES_BEFORE;

/** All groups of all spikes are one family of tests. */
function withQValues(compared: readonly Compared[]): LossSpikes['spikes'] {
  const qValues = benjaminiHochberg(compared.flatMap(({ lifts }) => lifts.map(({ pValue }) => pValue)));
  let next = 0;
  return compared.map(({ lifts, batch, ...spike }) => ({
    ...spike,
    batchFirstStep: batch?.firstStep ?? null,
    batchLastStep: batch?.lastStep ?? null,
    groups: lifts.map((lift): SpikeData => ({ ...lift, qValue: qValues[next++] ?? 1 })),
  }));
}
