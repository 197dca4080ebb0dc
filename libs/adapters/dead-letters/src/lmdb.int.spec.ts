import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'vitest';
import { keepsWhatItAcknowledged } from './crash.suite.ts';
import { describeDeadLetters } from './dead-letters.suite.ts';
import { openDeadLetters } from './open-dead-letters.ts';

describeDeadLetters('LMDB', async (options) => {
  const directory = mkdtempSync(join(tmpdir(), 'dead-letters-'));
  let deadLetters = await openDeadLetters(directory, options);
  return {
    deadLetters,
    reopen: async () => {
      await deadLetters.close();
      deadLetters = await openDeadLetters(directory, options);
      return deadLetters;
    },
    dispose: async () => {
      await deadLetters.close();
      rmSync(directory, { recursive: true });
    },
  };
});

describe('dead letters of a process that is killed', () => {
  keepsWhatItAcknowledged(10);
});
