import { describe } from 'vitest';
import { survivesFullDisks } from './disk-full.suite.ts';

describe('an LMDB log on a disk that fills', () => {
  survivesFullDisks(1_000, 1_800);
});
