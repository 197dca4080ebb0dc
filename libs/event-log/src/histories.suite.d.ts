import type { OpenLog } from './log-under-test.suite.ts';
/** Ids come from a small set, so well over a third of the offers are retries. */
export declare function describeHistories(open: OpenLog, numRuns: number): void;
