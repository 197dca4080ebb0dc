import { retriesAtOneCost } from './retry-cost.suite.ts';

/* Times on a busy machine mean nothing; this test compares answers only. */
retriesAtOneCost([10_000, 100_000], Infinity);
