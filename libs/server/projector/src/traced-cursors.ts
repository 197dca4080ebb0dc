import { eventPosition, formatEventPosition, parseEventPosition } from '@tributary/kernel';
import type { Cursor, Cursors, RecordFormat, TopicRecord } from '@tributary/event-log';
import { TABLES_CURSOR } from '@tributary/projection';
import { traceparentOfHeaders } from '@tributary/telemetry';
import type { Tracing } from '@tributary/telemetry';

/** Traces of a partition's events on their way into the tables. */
export type PartitionTraces = {
  /** The format, with the trace contexts of the records that it reads kept. */
  observe<Refusal>(format: RecordFormat<Refusal>): RecordFormat<Refusal>;
  /** Starts the span of a planned batch; the function that it returns ends the span. */
  begin(planned: NonNullable<Cursor['planned']>): () => void;
};

export type BatchTraces = { of(partition: number): PartitionTraces };

const MAX_KEPT = 10_000;

/** A span for each batch of a partition, linked to the requests that brought its events. */
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
        const links = [...kept].filter(([position]) => position <= parseEventPosition(to));
        for (const [position] of links) kept.delete(position);
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

/** Cursors that start a span when a batch is planned, and end it when the batch is complete. */
export function tracedCursors(cursors: Cursors, traces: PartitionTraces): Cursors {
  let end: (() => void) | undefined;
  return {
    get: (name) => cursors.get(name),
    async set(name, cursor) {
      await cursors.set(name, cursor);
      /* Other cursors are set while a batch is inserted. */
      if (name !== TABLES_CURSOR) return;
      end?.();
      end = undefined;
      if (cursor.planned && cursor.planned.to !== cursor.position) end = traces.begin(cursor.planned);
    },
  };
}
