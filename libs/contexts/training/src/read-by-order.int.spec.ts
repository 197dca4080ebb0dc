import { aFact, openTestStore, project } from '@tributary/fixtures';
import type { TestStore } from '@tributary/fixtures';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readByOrder } from './order-queries.ts';
import { trainingProjection } from './projection.ts';

const read = (shardId: string) => [{ shardId, from: 0, count: 5 }];

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
  await project(store, trainingProjection, [
    aFact('training.order.recorded', {
      runId: 'r',
      attempt: 1,
      firstStep: 4,
      lastStep: 6,
      method: 'measured',
      order: { ranges: { of: 'document', steps: [read('a'), read('b'), read('a')] } },
    }),
  ]);
});
afterAll(() => store.remove());

const shards = async (of_shards: 'named' | 'all', shard_ids: string[]) => {
  const segments = { run_ids: ['r'], attempts: [1], ends: [7] };
  const asked = { ...segments, of_shards, shard_ids, as_of: [1] };
  const rows = await store.engine.reader.all(readByOrder, asked);
  return rows.map(({ shard, first_step, last_step }) => [shard, first_step, last_step]);
};

it('gives the shards that are named with the steps that read them, of none for no names, and all where all are asked for', async () => {
  const [a, b] = [
    ['a', 4, 6],
    ['b', 5, 5],
  ];
  expect(await shards('named', ['b', 'c'])).toEqual([b]);
  expect(await shards('named', [])).toEqual([]);
  expect(await shards('all', [])).toEqual([a, b]);
});
