import { retriesAtOneCost } from './retry-cost.suite.ts';

retriesAtOneCost([10_000, 100_000, 1_000_000], 1.2);
