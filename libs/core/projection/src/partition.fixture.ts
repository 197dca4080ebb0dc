import { createHash } from 'node:crypto';
import { parseEventPosition, formatEventPosition, partitionStart } from '@tributary/kernel';
import type { Cursor, NewEvent, RecordedEvent } from '@tributary/event-log';
import type { PartitionOptions } from './projector-options.ts';

/** A partition whose events and cursors outlive those who claim it. */
export type PartitionInMemory = {
  readonly log: PartitionOptions['log'];
  readonly cursors: Map<string, Cursor>;
  append(...events: readonly NewEvent[]): void;
  /** From here on cursors cannot be moved. */
  lose(): AbortSignal;
  /** A new owner comes. */
  assign(): AbortSignal;
};

export function partitionInMemory(partition: number): PartitionInMemory {
  const start = partitionStart(partition);
  const events: RecordedEvent[] = [];
  const cursors = new Map<string, Cursor>();
  let life = new AbortController();
  let wake = (): void => undefined;
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
            wake = resolve;
            signal?.addEventListener('abort', () => resolve(), { once: true });
          });
        }
      },
      find: (source, id) => Promise.resolve(events.find((one) => one.source === source && one.id === id)),
      cursors: {
        get: (name) => cursors.get(name),
        set: (name, cursor) => {
          if (life.signal.aborted) return Promise.reject(life.signal.reason);
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
      wake();
    },
    lose() {
      life.abort(new Error('the claim is lost'));
      return life.signal;
    },
    assign() {
      life = new AbortController();
      return life.signal;
    },
  };
}
