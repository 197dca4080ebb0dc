import { systemClock } from '@tributary/kernel';
import type { Clock } from '@tributary/kernel';
import type { DeadLetters } from './dead-letters.ts';
import { openLmdbStore } from './lmdb-store.ts';
import { memoryStore } from './memory-store.ts';
import { StoredDeadLetters } from './stored-dead-letters.ts';

/** Most bytes of pieces that are kept; a storm of poison must not fill the disk. */
export const MAX_BYTES = 4 * 1024 ** 3;

type Options = { readonly clock?: Clock; readonly maxBytes?: number };

/** Opens the dead letters of a directory, making it when there is none. */
export async function openDeadLetters(directory: string, options: Options = {}): Promise<DeadLetters> {
  return new StoredDeadLetters(await openLmdbStore(directory), {
    clock: systemClock,
    maxBytes: MAX_BYTES,
    ...options,
  });
}

/** Dead letters that live as long as the process, for tests. */
export const memoryDeadLetters = (options: Options = {}): DeadLetters =>
  new StoredDeadLetters(memoryStore(), { clock: systemClock, maxBytes: MAX_BYTES, ...options });
