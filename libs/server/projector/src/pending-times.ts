import { parseEventPosition, smallest } from '@tributary/kernel';
import type { PartitionLog, RecordedEvent } from '@tributary/event-log';
import type { Position } from '@tributary/kernel';
import { TABLES_CURSOR } from '@tributary/projection';

/** The events of one read: the position of the first one, and when it was recorded, in microseconds since 1970. */
type PendingRead = { readonly position: number; readonly recordTime: number };

/** The record time of the oldest event that was read and is not in the tables yet, over the partitions of a process. */
export class PendingTimes {
  readonly #reads = new Map<number, PendingRead[]>();

  /** Microseconds since 1970, exact to one read; undefined where nothing is pending. */
  oldest(): number | undefined {
    const times = [...this.#reads.values()].flatMap(([first]) => (first ? [first.recordTime] : []));
    return times.length === 0 ? undefined : smallest(times);
  }

  /** The log, with its reads recorded until the partition is `lost`. */
  observe<Log extends Pick<PartitionLog, 'read' | 'cursors'>>(
    log: Log,
    partition: number,
    lost: AbortSignal,
  ): Log {
    const reads: PendingRead[] = [];
    let read = 0;
    this.#reads.set(partition, reads);
    const forget = (): void => {
      if (this.#reads.get(partition) === reads) this.#reads.delete(partition);
    };
    lost.addEventListener('abort', forget, { once: true });
    return {
      ...log,
      async read(range) {
        const events = await log.read(range);
        record(reads, events);
        read = Math.max(read, parseEventPosition(events.at(-1)?.position ?? range.after));
        return events;
      },
      cursors: {
        get: (name) => log.cursors.get(name),
        async set(name, cursor) {
          await log.cursors.set(name, cursor);
          if (name === TABLES_CURSOR) drop(reads, cursor.position, read);
        },
      },
    };
  }
}

/** A repeated read is recorded already. */
function record(reads: PendingRead[], [first]: readonly RecordedEvent[]): void {
  if (!first) return;
  const position = parseEventPosition(first.position);
  if (position > (reads.at(-1)?.position ?? -1)) reads.push({ position, recordTime: first.recordTime });
}

/** Removes the reads whose events are all in the tables. */
function drop(reads: PendingRead[], position: Position, read: number): void {
  const done = parseEventPosition(position);
  const whole = reads.findIndex((_, index) => (reads[index + 1]?.position ?? read + 1) > done + 1);
  reads.splice(0, whole < 0 ? reads.length : whole);
}
