import { describe } from 'vitest';
import { losesNothing, stopsAtFailedWrite } from './crash.suite.ts';

describe('an LMDB log whose process dies', () => {
  losesNothing(20);
  stopsAtFailedWrite();
});
