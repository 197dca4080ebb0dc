import { positionFromText } from '@tributary/kernel';
import type { Projector } from '@tributary/projection';
import { expect, it } from 'vitest';
import { boundedWaits } from './waiting-reads.ts';

/** A projector that stands at position 3; no read asks it for anything else. */
const standing = {
  position: () => positionFromText('3'),
  reached: () => new Promise<void>(() => {}),
} as unknown as Projector;

const read = (stalled: () => unknown): Promise<void> =>
  boundedWaits(standing, stalled, 20).reached(positionFromText('5'));

it('ends a read that waits for the tables at its deadline, and names the variable of that', async () => {
  await expect(read(() => undefined)).rejects.toMatchObject({
    code: 'tables_behind',
    retryable: true,
    message: expect.stringMatching(
      /at 3, before 5; ask again.*: they have not come there within 0\.02 s \(TRIBUTARY_TABLES_TIMEOUT_MS\)/,
    ),
  });
});

it('says why the tables take no rows', async () => {
  await expect(read(() => new Error('the disk is full'))).rejects.toMatchObject({
    code: 'tables_behind',
    message: expect.stringContaining('the disk is full'),
  });
});
