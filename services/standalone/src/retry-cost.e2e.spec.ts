import { retriesAtOneCost } from './retry-cost.suite.ts';

/* Times on a busy machine mean nothing; this test compares answers only. */
retriesAtOneCost([5_000, 50_000], Infinity);
