import { systemClock } from '@tributary/kernel';
import type { Clock } from '@tributary/kernel';
import type { DeadLetters } from './dead-letters.ts';
import { openLmdbStore } from './lmdb-store.ts';
import { memoryStore } from './memory-store.ts';
import { StoredDeadLetters } from './stored-dead-letters.ts';

/** Most bytes of inputs that are kept: many refusals at once must not fill the disk. */
export const MAX_BYTES = 4 * 1024 ** 3;

type Options = {
  readonly clock?: Clock;
  readonly maxBytes?: number;
  /** Milliseconds that a change may take; no limit where absent. */
  readonly timeout?: number | undefined;
  /** Called before a dead letter is stored where there is none yet; where it rejects, none is stored, or ever again where its Fault is not retryable. */
  readonly beforeFirst?: (() => Promise<void>) | undefined;
};

/** Opens the dead letters of a directory and makes it where it is missing. Throws Faults `dead_letters_format_unknown` and `dead_letters_damaged`. */
export async function openDeadLetters(
  directory: string,
  options: Options = {},
): Promise<DeadLetters & Pick<StoredDeadLetters, 'fault' | 'overdue' | 'replaced'>> {
  return new StoredDeadLetters(await openLmdbStore(directory), {
    clock: systemClock,
    maxBytes: MAX_BYTES,
    ...options,
  });
}

/** Dead letters in memory, for tests. */
export const memoryDeadLetters = (options: Options = {}): DeadLetters =>
  new StoredDeadLetters(memoryStore(), { clock: systemClock, maxBytes: MAX_BYTES, ...options });
