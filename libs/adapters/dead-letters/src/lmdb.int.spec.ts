import { copyFileSync, mkdtempSync, renameSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { holdCommits } from '@tributary/test-processes';
import { describe, expect, it } from 'vitest';
import { keepsWhatItAcknowledged } from './crash.suite.ts';
import { describeDeadLetters } from './dead-letters.suite.ts';
import { openDeadLetters } from './open-dead-letters.ts';
import { aRefusal } from './refusals.fixture.ts';

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

it('answers within its time while the disk hangs, says so, and goes on afterwards', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'dead-letters-'));
  const deadLetters = await openDeadLetters(directory, { timeout: 500 });
  const overdue = { code: 'dead_letters_overdue', retryable: true };
  const release = await holdCommits(directory);
  await expect(deadLetters.park([aRefusal('{1')])).rejects.toMatchObject(overdue);
  await expect.poll(() => deadLetters.overdue()).toMatchObject(overdue);
  await release();
  await expect.poll(() => deadLetters.overdue()).toBeUndefined();
  expect(deadLetters.fault()).toBeUndefined();
  expect(await deadLetters.park([aRefusal('{1')])).toHaveLength(1);
  await deadLetters.close();
  rmSync(directory, { recursive: true });
});

it('keeps nothing of a writer that another one has followed, whose dead letters and counts stay whole', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'dead-letters-'));
  const first = await openDeadLetters(directory);
  await first.park([aRefusal('{1')]);
  const second = await openDeadLetters(directory);
  await second.park([aRefusal('{2')]);
  const taken = { code: 'dead_letters_taken', retryable: false };
  await expect(first.park([aRefusal('{3')])).rejects.toMatchObject(taken);
  expect(first.fault()).toMatchObject(taken);
  await second.park([aRefusal('{4')]);
  await first.close();
  await second.close();
  const read = await openDeadLetters(directory);
  expect(read.counts().parked).toBe(3);
  expect((await read.list({}, { first: 10 })).deadLetters).toHaveLength(3);
  await read.close();
  rmSync(directory, { recursive: true });
});

it('keeps nothing once its file is replaced, and says so before anybody writes', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'dead-letters-'));
  const deadLetters = await openDeadLetters(directory);
  await deadLetters.park([aRefusal('{1')]);
  expect(deadLetters.replaced()).toBeUndefined();
  copyFileSync(join(directory, 'data.mdb'), join(directory, 'new'));
  renameSync(join(directory, 'new'), join(directory, 'data.mdb'));
  const replaced = { code: 'dead_letters_replaced', retryable: false };
  expect([deadLetters.replaced(), deadLetters.fault()]).toMatchObject([replaced, undefined]);
  await expect(deadLetters.park([aRefusal('{2')])).rejects.toMatchObject(replaced);
  expect(deadLetters.fault()).toMatchObject(replaced);
  await deadLetters.close();
  rmSync(directory, { recursive: true });
});

it('says that a file of dead letters is damaged, instead of ending the process', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'dead-letters-'));
  const deadLetters = await openDeadLetters(directory);
  await deadLetters.close();
  truncateSync(join(directory, 'data.mdb'), 3 * 4096);
  await expect(openDeadLetters(directory)).rejects.toMatchObject({
    code: 'dead_letters_damaged',
    message: expect.stringContaining('or delete the file to go on without'),
  });
  rmSync(directory, { recursive: true });
});
