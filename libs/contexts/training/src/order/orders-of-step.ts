import { samplesAt } from '@tributary/contracts';
import type { RecordedOrder } from '@tributary/contracts';
import { canonicalJson } from '@tributary/json';
import type { RowOf } from '@tributary/kernel';
import type { ordersOfStep } from '../order-queries.ts';
import { sampleRangeOf } from './megatron-samples.ts';
import type { MegatronIndex } from './megatron-samples.ts';

/** A recorded order that covers a step. */
export type StepOrder = Omit<RowOf<typeof ordersOfStep>, 'recorded_order' | 'encoding'> & {
  readonly encoding: Encoding;
  readonly order: RecordedOrder;
};

/** From what says most about a step to what says least. */
const ENCODINGS = [
  'megatronIndex',
  'ranges',
  'ids',
  'sampler',
  'digest',
] as const satisfies readonly (keyof RecordedOrder)[];

type Encoding = (typeof ENCODINGS)[number];

export function stepOrders(rows: readonly RowOf<typeof ordersOfStep>[]): StepOrder[] {
  return rows.flatMap(({ recorded_order, ...row }) => {
    const encoding = ENCODINGS.find((name) => name === row.encoding);
    const order: RecordedOrder = JSON.parse(recorded_order);
    return encoding ? [{ ...row, encoding, order }] : [];
  });
}

/** The order that says most about a step, and those of its encoding that say something else; undefined where there is none. */
export function orderOfStep(
  orders: readonly StepOrder[],
  step: number,
): { readonly order: StepOrder; readonly others: readonly StepOrder[] } | undefined {
  const encoding = ENCODINGS.find((name) => orders.some((order) => order.encoding === name));
  const alike = orders.filter((order) => order.encoding === encoding);
  /* The newest of equal ones: it may know more files beside the arrays. */
  const order = alike.at(-1);
  if (!order) return undefined;
  const meaning = meaningOf(order, step);
  return { order, others: alike.filter((other) => meaningOf(other, step) !== meaning) };
}

/** What an order says about a step, as text that is equal where two orders say the same. */
function meaningOf({ order, first_step }: StepOrder, step: number): string {
  const at = step - first_step;
  const { megatronIndex, ranges, ids, sampler, digest } = order;
  if (megatronIndex) return canonicalJson(arraysOf(megatronIndex, step));
  if (ranges) return canonicalJson([ranges.of, ranges.steps[at] ?? []]);
  if (sampler) return canonicalJson({ ...sampler, startIndex: sampler.startIndex + at * sampler.count });
  if (ids) return canonicalJson([ids.of, ids.sha256, sumOf(ids.perStep.slice(0, at)), ids.perStep[at] ?? 0]);
  return canonicalJson([digest?.of ?? '', digest?.steps[at] ?? '']);
}

/** What determines the samples of a step; the files beside the arrays do not. */
function arraysOf(index: MegatronIndex, step: number): object {
  const { blend, corpora, sequenceLength } = index;
  const arrays = corpora.map(({ document, sample, shuffle }) => [document, sample, shuffle]);
  return { ...sampleRangeOf(index, step), sequenceLength, blend: blend ?? null, arrays };
}

const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);

/** Samples, documents or ids of a step by its order; null where the order does not count them, or more than can be exact. */
export function itemsOf(order: StepOrder, step: number): number | null {
  const items = countOf(order, step);
  return items !== null && Number.isSafeInteger(items) ? items : null;
}

function countOf({ order, first_step }: StepOrder, step: number): number | null {
  const at = step - first_step;
  const { megatronIndex, ranges, ids, sampler } = order;
  if (megatronIndex) return samplesAt(megatronIndex.batches, step);
  if (ranges) return sumOf((ranges.steps[at] ?? []).map(({ count }) => count));
  return ids?.perStep[at] ?? sampler?.count ?? null;
}
