import type { SchemaViolation } from './catalogue.ts';
import type { FactCatalogue } from './generated/catalogue.ts';

type Recorded = FactCatalogue['training.order.recorded'];

/** The order of a fact: exactly one of its members. */
export type RecordedOrder = Recorded['order'];

/** A batch size in samples, from its step until the step of the next one. */
export type BatchSize = { readonly fromStep: number; readonly samples: number };

/** Samples that are read before a step; `batches` ascend, and the step is not before the first of them. */
export function samplesBefore(batches: readonly BatchSize[], step: number): number {
  return batches.reduce((sum, { fromStep, samples }, at) => {
    const end = Math.min(step, batches[at + 1]?.fromStep ?? step);
    return sum + Math.max(0, end - fromStep) * samples;
  }, 0);
}

/** Samples of one step. */
export const samplesAt = (batches: readonly BatchSize[], step: number): number =>
  samplesBefore(batches, step + 1) - samplesBefore(batches, step);

/** SHA-256 of every blob that an order names. */
export function blobsOfOrder({ megatronIndex, ids, sampler }: RecordedOrder): string[] {
  const { blend, corpora = [] } = megatronIndex ?? {};
  const named = [
    blend?.dataset,
    blend?.datasetSample,
    ...corpora.flatMap(({ document, sample, shuffle, index, rows }) => [
      document,
      sample,
      shuffle,
      index,
      rows,
    ]),
    ids?.sha256,
    ids?.manifest,
    sampler?.manifest,
  ];
  return [...new Set(named.flatMap((digest) => digest ?? []))];
}

/** The first relation that an order breaks, or undefined. */
export function checkOrder({ firstStep, lastStep, order }: Recorded): SchemaViolation | undefined {
  if (lastStep < firstStep)
    return broken('/data/lastStep', 'range', `must not be below firstStep ${firstStep}`);
  const encodings = Object.keys(order);
  if (encodings.length !== 1)
    return broken('/data/order', 'encoding', `must have exactly one member, and has ${encodings.length}`);
  const { megatronIndex, ranges, ids, digest } = order;
  const steps = lastStep - firstStep + 1;
  return (
    checkBatches(megatronIndex?.batches ?? [], firstStep) ??
    checkLength('ranges/steps', ranges?.steps, steps) ??
    checkLength('ids/perStep', ids?.perStep, steps) ??
    checkLength('digest/steps', digest?.steps, steps)
  );
}

function checkBatches(batches: readonly BatchSize[], firstStep: number): SchemaViolation | undefined {
  const pointer = '/data/order/megatronIndex/batches';
  const wrong = batches.findIndex(
    ({ fromStep }, at) => at > 0 && fromStep <= (batches[at - 1]?.fromStep ?? -1),
  );
  if (wrong > 0)
    return broken(`${pointer}/${wrong}/fromStep`, 'ascending', 'must be greater than the fromStep before it');
  const begins = batches[0]?.fromStep ?? 0;
  return begins > firstStep
    ? broken(`${pointer}/0/fromStep`, 'range', `must not be above firstStep ${firstStep}`)
    : undefined;
}

const checkLength = (
  name: string,
  list: readonly unknown[] | undefined,
  steps: number,
): SchemaViolation | undefined =>
  list === undefined || list.length === steps
    ? undefined
    : broken(`/data/order/${name}`, 'length', `must hold one entry for each of ${steps} steps`);

const broken = (pointer: string, rule: string, message: string): SchemaViolation => ({
  pointer,
  rule,
  message,
});
