import { openTestStore } from '@tributary/fixtures';
import type { TestStore } from '@tributary/fixtures';
import { afterAll, beforeAll } from 'vitest';
import { hasMetricValues } from './metric-values.suite.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.remove());

/* Curves are drawn in buckets of 4,096 steps where the seed is odd, of 64 where it is even. */
hasMetricValues(() => store, [11, 12]);
