import { describe } from 'vitest';
import { losesNothing } from './crash.suite.ts';

describe('an LMDB log whose process dies again and again', () => {
  losesNothing(200);
});
