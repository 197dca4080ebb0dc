import { createHash } from 'node:crypto';
import { parseEventPosition, formatEventPosition, partitionStart } from '@tributary/kernel';
import type { Cursor, NewEvent, RecordedEvent } from '@tributary/event-log';
import type { PartitionOptions } from './projector-options.ts';

/** A partition whose events and cursors outlive its owners. */
export type PartitionInMemory = {
  readonly log: PartitionOptions['log'];
  readonly cursors: Map<string, Cursor>;
  append(...events: readonly NewEvent[]): void;
  /** Takes the partition from its owner: cursors can no longer be set. */
  lose(): AbortSignal;
  /** Assigns the partition to a new owner. */
  assign(): AbortSignal;
};

export function partitionInMemory(partition: number): PartitionInMemory {
  const start = partitionStart(partition);
  const events: RecordedEvent[] = [];
  const cursors = new Map<string, Cursor>();
  let assignment = new AbortController();
  let notify = (): void => undefined;
  return {
    cursors,
    log: {
      read: ({ after, limit }) =>
        Promise.resolve(
          events.slice(parseEventPosition(after) - start, parseEventPosition(after) - start + limit),
        ),
      async changed(after, signal) {
        while (events.length <= parseEventPosition(after) - start) {
          signal?.throwIfAborted();
          await new Promise<void>((resolve) => {
            notify = resolve;
            signal?.addEventListener('abort', () => resolve(), { once: true });
          });
        }
      },
      find: (source, id) => Promise.resolve(events.find((one) => one.source === source && one.id === id)),
      cursors: {
        get: (name) => cursors.get(name),
        set: (name, cursor) => {
          if (assignment.signal.aborted) return Promise.reject(assignment.signal.reason);
          cursors.set(name, cursor);
          return Promise.resolve();
        },
      },
    },
    append(...more) {
      for (const event of more)
        events.push({
          ...event,
          position: formatEventPosition(start + events.length + 1),
          streamSequence: events.length + 1,
          recordTime: 1_764_000_000_000_000 + events.length,
          hash: createHash('sha256').update(event.bytes).digest('hex'),
        });
      notify();
    },
    lose() {
      assignment.abort(new Error('the partition is lost'));
      return assignment.signal;
    },
    assign() {
      assignment = new AbortController();
      return assignment.signal;
    },
  };
}
