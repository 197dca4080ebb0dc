import { describe } from 'vitest';
import { losesNothing } from './crash.suite.ts';

describe('an LMDB log of a process that is killed repeatedly', () => {
  losesNothing(200);
});
