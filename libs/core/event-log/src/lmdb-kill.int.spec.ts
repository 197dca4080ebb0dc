import { describe } from 'vitest';
import { losesNothing, keepsAtFailedWrite } from './crash.suite.ts';

describe('an LMDB log of a process that is killed', () => {
  losesNothing(8);
  keepsAtFailedWrite();
});
