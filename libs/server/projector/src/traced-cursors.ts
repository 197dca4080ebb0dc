import { eventPosition, formatEventPosition, parseEventPosition } from '@tributary/kernel';
import type { Cursor, Cursors, RecordFormat, TopicRecord } from '@tributary/event-log';
import { TABLES_CURSOR } from '@tributary/projection';
import { traceparentOfHeaders } from '@tributary/telemetry';
import type { Tracing } from '@tributary/telemetry';

/** Traces of a partition's events on their way into the tables. */
export type PartitionTraces = {
  /** Reads records and keeps the traces that they carry. */
  observe<Refusal>(format: RecordFormat<Refusal>): RecordFormat<Refusal>;
  /** A range is about to be inserted; resolves what it returns when the range is in the tables, or given up. */
  begin(planned: NonNullable<Cursor['planned']>): () => void;
};

export type BatchTraces = { of(partition: number): PartitionTraces };

const MAX_KEPT = 10_000;

/** A span for each batch of a partition, linked with the requests that its events came in. */
export const batchTraces = (tracing: Tracing): BatchTraces => ({
  of(partition) {
    const kept = new Map<number, string>();
    const note = ({ offset, headers }: TopicRecord): void => {
      if (!tracing.on || kept.size >= MAX_KEPT) return;
      const traceparent = traceparentOfHeaders(headers);
      if (traceparent !== undefined) kept.set(eventPosition(partition, offset + 1), traceparent);
    };
    return {
      observe: (format) => ({
        write: (event, written) => format.write(event, written),
        read: (record) => {
          note(record);
          return format.read(record);
        },
      }),
      begin({ from, to }) {
        const links = [...kept].filter(([place]) => place <= parseEventPosition(to));
        for (const [place] of links) kept.delete(place);
        const attributes = {
          partition,
          from: formatEventPosition(parseEventPosition(from)),
          to: formatEventPosition(parseEventPosition(to)),
        };
        const options = { kind: 'consumer', links: links.map(([, link]) => link), attributes } as const;
        let end = (): void => undefined;
        const ended = new Promise<void>((resolve) => (end = resolve));
        void tracing.span('projector.insert', options, () => ended);
        return end;
      },
    };
  },
});

/** Cursors that open a span where a range is planned, and close it where it is done. */
export function tracedCursors(cursors: Cursors, traces: PartitionTraces): Cursors {
  let end: (() => void) | undefined;
  return {
    get: (name) => cursors.get(name),
    async set(name, cursor) {
      await cursors.set(name, cursor);
      /* Other cursors move while a range goes in. */
      if (name !== TABLES_CURSOR) return;
      end?.();
      end = undefined;
      if (cursor.planned && cursor.planned.to !== cursor.position) end = traces.begin(cursor.planned);
    },
  };
}
