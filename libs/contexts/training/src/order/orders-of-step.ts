import { samplesAt } from '@tributary/contracts';
import type { RecordedOrder } from '@tributary/contracts';
import { canonicalJson } from '@tributary/json';
import { groupBy } from '@tributary/kernel';
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

/** Encodings that say what was read: where it is, and not only which or how many. */
const LOCATING: ReadonlySet<Encoding> = new Set(['megatronIndex', 'ranges']);

/**
 * The order that says most about a step, and those that contradict it or each other; undefined where there is none. Of orders
 * that say what was read, one that was recorded counts before one that was inferred.
 */
export function orderOfStep(
  orders: readonly StepOrder[],
  step: number,
): { readonly order: StepOrder; readonly others: readonly StepOrder[] } | undefined {
  /* The newest of equal ones: it may know more files beside the arrays. */
  const [order] = orders.toReversed().toSorted((left, right) => rankOf(left) - rankOf(right));
  return order && { order, others: contradicting(orders, order, step) };
}

function rankOf({ encoding, method }: StepOrder): number {
  const isRecorded = method !== 'inferred' && method !== 'sampled';
  return ENCODINGS.indexOf(encoding) + (LOCATING.has(encoding) && isRecorded ? 0 : LOCATING.size);
}

/** Orders that say something else than others about the step, without the best, unless they say what it does. */
function contradicting(orders: readonly StepOrder[], best: StepOrder, step: number): StepOrder[] {
  const byMeaning = groupBy(orders, (order) => JSON.stringify([order.encoding, meaningOf(order, step)]));
  const distinct = [...byMeaning.values()].map((alike) => ({
    alike,
    content: contentOf(alike[0] ?? best, step),
  }));
  return distinct
    .filter(({ alike }) => !alike.includes(best))
    .filter(({ content }) =>
      distinct.some((other) => other.content !== content && excludes(content, other.content)),
    )
    .flatMap(({ alike }) => alike);
}

/** What an order says about a step that orders of other encodings say too. */
type StepContent = {
  /** Encoding and items: two of one kind that say something else contradict each other. */
  readonly kind: string;
  readonly counts: ReadonlyMap<string, number>;
  /** Shards that it read. */
  readonly read?: ReadonlySet<string>;
  /** Shards that it can have read: there are no others. */
  readonly possible?: ReadonlySet<string>;
};

function contentOf(own: StepOrder, step: number): StepContent {
  const { megatronIndex, ranges, ids, digest } = own.order;
  const kind = `${own.encoding} ${ranges?.of ?? ids?.of ?? digest?.of ?? ''}`;
  const at = step - own.first_step;
  if (megatronIndex) return { kind, ...contentOfIndex(megatronIndex, step) };
  if (ranges) return { kind, ...contentOfRanges(ranges, at) };
  return { kind, counts: new Map(ids ? [[ids.of, ids.perStep[at] ?? 0]] : []) };
}

type Content = Omit<StepContent, 'kind'>;

function contentOfIndex(index: NonNullable<StepOrder['order']['megatronIndex']>, step: number): Content {
  const samples = samplesAt(index.batches, step);
  const counts = new Map([
    ['sequence', samples],
    ['token', samples * index.sequenceLength],
  ]);
  const shards = index.corpora.flatMap(({ shardId }) => shardId ?? []);
  const isWhole = shards.length === index.corpora.length;
  return { counts, ...(isWhole && { possible: new Set(shards) }) };
}

function contentOfRanges({ of, steps }: NonNullable<StepOrder['order']['ranges']>, at: number): Content {
  const own = steps[at] ?? [];
  const read = new Set(own.flatMap(({ shardId, count }) => (count > 0 ? [shardId] : [])));
  return { counts: new Map([[of, sumOf(own.map(({ count }) => count))]]), read, possible: read };
}

/** Whether not both of two contents that differ can be true. */
const excludes = (left: StepContent, right: StepContent): boolean =>
  left.kind === right.kind ||
  [...left.counts].some(([of, count]) => (right.counts.get(of) ?? count) !== count) ||
  readsOutside(left, right) ||
  readsOutside(right, left);

const readsOutside = ({ read }: StepContent, { possible }: StepContent): boolean =>
  possible !== undefined && [...(read ?? [])].some((shard) => !possible.has(shard));

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
