import { numberInPartition, parseEventPosition } from '@tributary/kernel';
import type { ProjectedLog } from '../step.ts';

/** How far each partition counts: the offset of the next record. A log of one process has one partition. */
export type Offsets = readonly number[];

/** Up to which offsets partitions are to be read, the offsets themselves not included. They only rise. */
export class ReadLimits {
  readonly #offsets: number[] = [];
  readonly #waiting = new Set<() => void>();

  /** Offsets by partition; a smaller one than before changes nothing. */
  raise(offsets: Offsets): void {
    for (const [partition, offset] of offsets.entries())
      this.#offsets[partition] = Math.max(offset, this.of(partition));
    for (const wake of this.#waiting) wake();
  }

  of(partition: number): number {
    return this.#offsets[partition] ?? 0;
  }

  /** Resolves when the record at an offset may be read; rejects with the signal's reason. */
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

/** The log of a partition as if it ended at the partition's limit. */
export function boundedLog(log: ProjectedLog, partition: number, limits: ReadLimits): ProjectedLog {
  const offsetAfter = (after: Parameters<ProjectedLog['changed']>[0]): number =>
    numberInPartition(parseEventPosition(after));
  return {
    cursors: log.cursors,
    find: (source, id) => log.find(source, id),
    /* Each offset has one entry, so a limit of entries is a limit of offsets. */
    read({ after, limit, maxBytes }) {
      const left = limits.of(partition) - offsetAfter(after);
      if (left <= 0) return Promise.resolve([]);
      return log.read({ after, limit: Math.min(limit, left), maxBytes });
    },
    async changed(after, signal) {
      await limits.reach(partition, offsetAfter(after), signal);
      await log.changed(after, signal);
    },
  };
}
