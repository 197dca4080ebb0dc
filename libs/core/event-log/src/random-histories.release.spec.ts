import { describe } from 'vitest';
import { equalsTheModel } from './random-histories.suite.ts';

describe('an LMDB log', () => {
  equalsTheModel(10_000, 600);
});
