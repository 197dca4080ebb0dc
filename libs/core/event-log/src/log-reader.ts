import type { Position } from '@tributary/kernel';
import { parseEventPosition, formatEventPosition } from '@tributary/kernel';
import type { Chunks } from './chunks.ts';
import type { DurableEnd } from './durable-end.ts';
import type { EventLog, RecordedEvent } from './event-log.ts';
import type { IdIndex } from './id-index.ts';
import type { RecentEvents } from './recent-events.ts';
import type { StatedVersions } from './stated-versions.ts';
import type { StreamHeads } from './stream-heads.ts';

type ReaderParts = {
  readonly chunks: Chunks;
  readonly recent: RecentEvents;
  readonly ids: IdIndex;
  readonly heads: StreamHeads;
  readonly end: DurableEnd;
  readonly versions: StatedVersions;
};

/** Reads up to the durable end: what a commit in flight has written may still be lost. */
export class LogReader {
  readonly #log: ReaderParts;

  constructor(log: ReaderParts) {
    this.#log = log;
  }

  /** The event from memory, or from the disk with its hash checked. */
  recorded(position: number): RecordedEvent {
    return this.#log.recent.at(position) ?? this.#log.chunks.covering(position).event(position);
  }

  at(position: number): RecordedEvent | undefined {
    return position >= 1 && position <= this.#log.end.number ? this.recorded(position) : undefined;
  }

  find(source: string, id: string): RecordedEvent | undefined {
    const position = this.#log.ids.find(source, id);
    return position === undefined ? undefined : this.at(position);
  }

  /** As a follower reads it: with the version of its schema where this program lacks that. */
  read({ after, limit, maxBytes }: Parameters<EventLog['read']>[0]): RecordedEvent[] {
    const { versions } = this.#log;
    const hasNewer = versions.newer().length > 0;
    const from = parseEventPosition(after);
    const last = Math.min(this.#log.end.number, from + limit);
    const events: RecordedEvent[] = [];
    let bytes = 0;
    for (let position = from + 1; position <= last; position += 1) {
      const event = this.recorded(position);
      bytes += event.bytes.length;
      if (bytes > maxBytes && events.length > 0) break;
      const schemaVersion = hasNewer ? versions.newerAt(event.type, position) : undefined;
      events.push(schemaVersion === undefined ? event : { ...event, schemaVersion });
    }
    return events;
  }

  readStream(stream: string): RecordedEvent[] {
    const events: RecordedEvent[] = [];
    let position = this.#log.heads.stored(stream)?.position ?? 0;
    while (position > 0) {
      const chunk = this.#log.chunks.covering(position);
      if (position <= this.#log.end.number) events.push(chunk.event(position));
      position = chunk.previous(position);
    }
    return events.reverse();
  }

  /** Record times ascend along the log, so the position is found by binary search. */
  positionAt(recordTime: number): Position {
    let low = 0;
    let high = this.#log.end.number;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.#recordTime(middle) <= recordTime) low = middle;
      else high = middle - 1;
    }
    return formatEventPosition(low);
  }

  #recordTime(position: number): number {
    return (
      this.#log.recent.at(position)?.recordTime ?? this.#log.chunks.covering(position).recordTime(position)
    );
  }
}
