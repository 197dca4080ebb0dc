import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'vitest';
import { keepsWhatItAcknowledged } from './crash.suite.ts';
import { describeDeadLetters } from './dead-letters.suite.ts';
import { openDeadLetters } from './open-dead-letters.ts';

describeDeadLetters('LMDB', async (options) => {
  const directory = mkdtempSync(join(tmpdir(), 'dead-letters-'));
  let letters = await openDeadLetters(directory, options);
  return {
    letters,
    reopen: async () => {
      await letters.close();
      letters = await openDeadLetters(directory, options);
      return letters;
    },
    dispose: async () => {
      await letters.close();
      rmSync(directory, { recursive: true });
    },
  };
});

describe('dead letters whose process dies', () => {
  keepsWhatItAcknowledged(10);
});
