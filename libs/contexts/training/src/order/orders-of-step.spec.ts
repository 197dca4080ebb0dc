import type { RecordedOrder } from '@tributary/contracts';
import { describe, expect, it } from 'vitest';
import { orderOfStep } from './orders-of-step.ts';
import type { StepOrder } from './orders-of-step.ts';

const SHA256 = 'a'.repeat(64);

const stepOrder = (
  evidence: number,
  method: StepOrder['method'],
  encoding: StepOrder['encoding'],
  order: RecordedOrder,
): StepOrder => ({ first_step: 1, last_step: 9, evidence, method, encoding, order });

const megatron = (evidence: number, method: StepOrder['method'], shards: readonly (string | undefined)[]) =>
  stepOrder(evidence, method, 'megatronIndex', {
    megatronIndex: {
      sequenceLength: 16,
      firstSample: 0,
      batches: [{ fromStep: 1, samples: 8 }],
      corpora: shards.map((shardId) => ({
        path: '/c',
        document: SHA256,
        sample: SHA256,
        shuffle: SHA256,
        ...(shardId !== undefined && { shardId }),
      })),
    },
  });

type Items = NonNullable<RecordedOrder['ranges']>['of'];

const ranges = (evidence: number, shardId: string, { of = 'sequence' as Items, count = 8 } = {}) =>
  stepOrder(evidence, 'measured', 'ranges', {
    ranges: { of, steps: [[{ shardId, from: 0, count }]] },
  });

const ids = (evidence: number, count: number) =>
  stepOrder(evidence, 'reported', 'ids', { ids: { of: 'sequence', sha256: SHA256, perStep: [count] } });

const digest = (evidence: number, sha256: string) =>
  stepOrder(evidence, 'measured', 'digest', { digest: { of: 'sequence', steps: [sha256] } });

const found = (...orders: readonly StepOrder[]) => {
  const { order, others } = orderOfStep(orders, 1) ?? {};
  return [order?.evidence, ...(others ?? []).map(({ evidence }) => evidence)];
};

describe('the order of a step', () => {
  it('is the recorded one of those that say what was read, before an inferred one', () => {
    expect(found(ranges(1, 'a'), megatron(2, 'inferred', ['a']))).toEqual([1]);
    expect(found(ranges(1, 'a'), megatron(2, 'reported', ['a']))).toEqual([2]);
    expect(found(digest(1, SHA256), ids(2, 8), megatron(3, 'inferred', ['a']))).toEqual([3]);
  });

  it.each([
    ['another shard than any of the corpora', ranges(1, 'b'), [1, 2]],
    ['a shard that may be the corpus without one', ranges(1, 'b'), [1], [undefined]],
    ['another number of sequences', ranges(1, 'a', { count: 7 }), [1, 2]],
    ['another number of tokens', ranges(1, 'a', { of: 'token', count: 8 }), [1, 2]],
    ['the same number of tokens', ranges(1, 'a', { of: 'token', count: 128 }), [1]],
    ['documents, which are no samples', ranges(1, 'a', { of: 'document', count: 70 }), [1]],
    ['ids of another number', ids(1, 9), [2, 1]],
    ['ids of the same number', ids(1, 8), [2]],
  ])(
    'is compared with an order that names %s',
    (_what, other, expected, shards: (string | undefined)[] = ['a']) => {
      expect(found(other, megatron(2, 'inferred', shards))).toEqual(expected);
    },
  );

  it('is contradicted where others contradict each other', () => {
    const others = [digest(2, SHA256), digest(3, 'b'.repeat(64))];
    expect(found(ranges(1, 'a'), ...others)).toEqual([1, 2, 3]);
    expect(found(ranges(1, 'a'), digest(2, SHA256), digest(3, SHA256))).toEqual([1]);
  });
});
