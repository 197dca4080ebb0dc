import { retriesAtOneCost } from './retry-cost.suite.ts';

/* A busy machine says nothing of time: here only what is answered counts. */
retriesAtOneCost([10_000, 100_000], Infinity);
