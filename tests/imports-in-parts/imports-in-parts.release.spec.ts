import { describe } from 'vitest';
import { describeImportsInParts } from './imports-in-parts.suite.ts';

describe('importing the samples of all kinds', () => {
  describeImportsInParts({ seed: 20261201, runs: 40, killed: 10 });
});
