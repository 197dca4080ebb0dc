import { numberInPartition, parseEventPosition } from '@tributary/kernel';
import type { PartitionLog } from '@tributary/event-log';

/** How far partitions are to be read: before these offsets. They only rise. */
export class Limits {
  readonly #offsets: number[] = [];
  readonly #waiting = new Set<() => void>();

  /** Offsets by partition; a smaller one than before changes nothing. */
  raise(offsets: readonly number[]): void {
    for (const [partition, offset] of offsets.entries())
      this.#offsets[partition] = Math.max(offset, this.of(partition));
    for (const wake of this.#waiting) wake();
  }

  of(partition: number): number {
    return this.#offsets[partition] ?? 0;
  }

  /** Resolves when the offset may be read; rejects with the signal's reason. */
  async reach(partition: number, offset: number, signal?: AbortSignal): Promise<void> {
    while (this.of(partition) <= offset) {
      signal?.throwIfAborted();
      await this.#change(signal);
    }
  }

  #change(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        signal?.removeEventListener('abort', wake);
        this.#waiting.delete(wake);
        resolve();
      };
      this.#waiting.add(wake);
      signal?.addEventListener('abort', wake);
    });
  }
}

/** The log of a partition as if it ended where the limit is. */
export function limited(log: PartitionLog, partition: number, limits: Limits): PartitionLog {
  const offsetAfter = (after: Parameters<PartitionLog['changed']>[0]): number =>
    numberInPartition(parseEventPosition(after));
  return {
    ...log,
    /* One entry stands for each offset, so a limit of entries is a limit of offsets. */
    read({ after, limit, maxBytes }) {
      const room = limits.of(partition) - offsetAfter(after);
      if (room <= 0) return Promise.resolve([]);
      return log.read({ after, limit: Math.min(limit, room), maxBytes });
    },
    async changed(after, signal) {
      await limits.reach(partition, offsetAfter(after), signal);
      await log.changed(after, signal);
    },
  };
}
