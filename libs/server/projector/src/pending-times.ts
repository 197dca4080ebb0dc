import { parseEventPosition } from '@tributary/kernel';
import type { PartitionLog, RecordedEvent } from '@tributary/event-log';
import type { Position } from '@tributary/kernel';
import { TABLES_CURSOR } from '@tributary/projection';

/** A piece of a partition that was read at once: its first place, and when the event there was recorded. */
type PendingRead = { readonly place: number; readonly recordTime: number };

/** When the oldest event was recorded that was read and is not in the tables yet, over the partitions of a process. */
export class PendingTimes {
  readonly #pieces = new Map<number, PendingRead[]>();

  /** Microseconds since 1970, as exact as a piece is short; undefined where nothing is pending. */
  oldest(): number | undefined {
    const times = [...this.#pieces.values()].flatMap(([first]) => (first ? [first.recordTime] : []));
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** A log whose reading is noted, until its claim is `lost`. */
  observe(log: PartitionLog, partition: number, lost: AbortSignal): PartitionLog {
    const pieces: PendingRead[] = [];
    let read = 0;
    this.#pieces.set(partition, pieces);
    const forget = (): void => {
      if (this.#pieces.get(partition) === pieces) this.#pieces.delete(partition);
    };
    lost.addEventListener('abort', forget, { once: true });
    return {
      ...log,
      async read(range) {
        const events = await log.read(range);
        note(pieces, events);
        read = Math.max(read, parseEventPosition(events.at(-1)?.position ?? range.after));
        return events;
      },
      cursors: {
        get: (name) => log.cursors.get(name),
        async set(name, cursor) {
          await log.cursors.set(name, cursor);
          if (name === TABLES_CURSOR) drop(pieces, cursor.position, read);
        },
      },
    };
  }
}

/** What is read again is noted already. */
function note(pieces: PendingRead[], [first]: readonly RecordedEvent[]): void {
  if (!first) return;
  const place = parseEventPosition(first.position);
  if (place > (pieces.at(-1)?.place ?? -1)) pieces.push({ place, recordTime: first.recordTime });
}

/** Pieces that are in the tables to their ends. */
function drop(pieces: PendingRead[], position: Position, read: number): void {
  const done = parseEventPosition(position);
  const whole = pieces.findIndex((_, index) => (pieces[index + 1]?.place ?? read + 1) > done + 1);
  pieces.splice(0, whole < 0 ? pieces.length : whole);
}
