import { describe } from 'vitest';
import { describeImportsInParts } from './imports-in-parts.suite.ts';

/* More of them are in the release suite. */
describe('importing the samples of all kinds', () => {
  describeImportsInParts({ seed: 2026, runs: 2 });
});
