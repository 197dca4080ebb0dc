import { openTestStore } from '@tributary/fixtures';
import type { TestStore } from '@tributary/fixtures';
import { afterAll, beforeAll } from 'vitest';
import { findsCountedOrigins } from './counted-origins.suite.ts';
import { hasMetricValues } from './metric-values.suite.ts';
import { listsMetrics } from './run-metrics.suite.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.remove());

/** Seeds that `npm test` does not have. */
const SEEDS = Array.from({ length: 16 }, (_, index) => 101 + index);

listsMetrics(() => store, SEEDS);
hasMetricValues(() => store, SEEDS);
findsCountedOrigins(() => store, SEEDS);
