import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDeadLetters } from '@tributary/dead-letters';
import { openLmdbLog } from '@tributary/event-log';
import { afterEach, expect, it } from 'vitest';
import { markDeadLetters, markFolders } from './folders.ts';

const cleanUp: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const clean of cleanUp.splice(0).toReversed()) await clean();
});

/** A directory with a log, and the file of the marks in its folder of dead letters. */
async function opened() {
  const directory = mkdtempSync(join(tmpdir(), 'folders-'));
  cleanUp.push(async () => rmSync(directory, { recursive: true }));
  const log = await openLmdbLog({ directory: join(directory, 'log') });
  cleanUp.push(() => log.close());
  mkdirSync(join(directory, 'blobs'));
  return { directory, log, marks: join(directory, 'dead-letters', 'log-id') };
}

const refusal = {
  endpoint: 'POST /v1/events',
  contentType: 'application/json',
  bytes: Buffer.from('{'),
  code: 'invalid_json',
  message: 'not JSON',
  pointer: '',
};

it('goes on storing dead letters after the folder could not be marked once', async () => {
  const { directory, log, marks } = await opened();
  const beforeFirst = () => markDeadLetters(directory, log);
  const deadLetters = await openDeadLetters(join(directory, 'dead-letters'), { beforeFirst });
  cleanUp.push(() => deadLetters.close());
  /* A file where the folder of the marks is to be. */
  writeFileSync(marks, '');
  const parked = () => deadLetters.park([refusal]);
  await expect(parked()).rejects.toMatchObject({
    code: 'folder_unmarked',
    retryable: true,
    message: expect.stringContaining('EEXIST'),
  });
  expect([deadLetters.fault(), log.folders.knows('dead-letters')]).toEqual([undefined, false]);
  rmSync(marks);
  expect(await parked()).toHaveLength(1);
  expect(log.folders.knows('dead-letters')).toBe(true);
});

it('starts where the mark of a version before cannot be removed', async () => {
  const { directory, log, marks } = await opened();
  /* A folder where the mark is, which only its owner could remove. */
  mkdirSync(join(marks, log.logId), { recursive: true });
  await log.folders.add('dead-letters');
  await markFolders(directory, log, { hasDeadLetters: false });
  expect(log.folders.knows('dead-letters')).toBe(false);
});
