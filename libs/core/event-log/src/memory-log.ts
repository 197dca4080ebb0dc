import type { Clock, Position } from '@tributary/kernel';
import { formatEventPosition, parseEventPosition, systemClock } from '@tributary/kernel';
import { beyondEnd, closed, DurableEnd } from './durable-end.ts';
import { DigestSum } from './event-digest.ts';
import type { Appended, Cursor, EventLog, RecordedEvent, Verification } from './event-log.ts';
import type { AppendRequest } from './append-request.ts';
import { appendRequest, sha256 } from './append-request.ts';
import { conflictOf, receiptOf } from './receipt.ts';

/** A log of plain arrays and maps: for tests, and the model that durable logs are compared with. */
export function memoryLog(options: { clock?: Clock } = {}): EventLog {
  return new MemoryLog(options.clock ?? systemClock);
}

class MemoryLog implements EventLog {
  readonly #clock: Clock;
  readonly #events: RecordedEvent[] = [];
  readonly #ids = new Map<string, RecordedEvent>();
  readonly #streams = new Map<string, RecordedEvent[]>();
  readonly #counts = new Map<string, number>();
  readonly #cursors = new Map<string, Cursor>();
  readonly #end = new DurableEnd(0);
  #isClosed = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  readonly cursors = {
    get: (name: string) => this.#cursors.get(name),
    set: async (name: string, cursor: Cursor) => void this.#cursors.set(name, cursor),
  };

  async append(
    events: Parameters<EventLog['append']>[0],
    { atomic }: { atomic: boolean },
  ): Promise<Appended> {
    if (this.#isClosed) throw closed();
    const appends = appendRequest(events, atomic);
    const conflicts = appends.conflicts.length > 0 ? appends.conflicts : this.#conflicts(appends);
    if (appends.conflicts.length > 0 || (atomic && conflicts.length > 0)) return { ok: false, conflicts };
    const before = this.#events.length;
    const conflictAt = new Map(conflicts.map((conflict) => [conflict.index, conflict]));
    const receipts = events.map(
      (_, index) => conflictAt.get(index) ?? receiptOf(this.#stored(appends, index)),
    );
    const fresh = this.#events.slice(before);
    this.#end.advance(this.#events.length);
    return {
      ok: true,
      stored: fresh.length,
      storedByType: Object.fromEntries(countByType(fresh)),
      duplicates: events.length - fresh.length - conflicts.length,
      receipts,
    };
  }

  async read({ after, limit, maxBytes }: Parameters<EventLog['read']>[0]): Promise<RecordedEvent[]> {
    const first = parseEventPosition(after);
    let bytes = 0;
    return this.#events.slice(first, first + limit).filter((event, index) => {
      bytes += event.bytes.length;
      return index === 0 || bytes <= maxBytes;
    });
  }

  async readStream(stream: string): Promise<RecordedEvent[]> {
    return [...(this.#streams.get(stream) ?? [])];
  }

  async find(source: string, id: string): Promise<RecordedEvent | undefined> {
    return this.#ids.get(key(source, id));
  }

  async at(position: Position): Promise<RecordedEvent | undefined> {
    return this.#events[parseEventPosition(position) - 1];
  }

  head(): Position {
    return this.#end.position;
  }

  async positionAt(recordTimeMicros: number): Promise<Position> {
    return formatEventPosition(this.#events.filter((event) => event.recordTime <= recordTimeMicros).length);
  }

  async digestAt(position: Position): Promise<bigint> {
    const number = parseEventPosition(position);
    if (!(number <= this.#events.length)) throw beyondEnd(position);
    const sum = new DigestSum();
    for (const [index, event] of this.#events.slice(0, number).entries()) sum.add(index + 1, event);
    return sum.value;
  }

  counts(): Record<string, number> {
    return Object.fromEntries(this.#counts);
  }

  changed(after: Position, signal?: AbortSignal): Promise<void> {
    return this.#end.changed(after, signal);
  }

  async verify(): Promise<Verification> {
    const damaged = this.#events.find((event) => sha256(event.bytes) !== event.hash);
    if (damaged)
      return { ok: false, at: damaged.position, divergence: 'hash', detail: 'bytes changed in memory' };
    return { ok: true, events: this.#events.length, streams: this.#streams.size, head: this.head() };
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#end.close();
  }

  #conflicts({ events, hashes }: AppendRequest) {
    return events.flatMap((event, index) => {
      const known = this.#ids.get(key(event.source, event.id));
      const hash = hashes[index] ?? '';
      return known && known.hash !== hash ? [conflictOf(known, event, { index, hash })] : [];
    });
  }

  #stored({ events, hashes }: AppendRequest, index: number): RecordedEvent {
    const request = events[index];
    if (!request) throw new RangeError(`no event ${index}`);
    const known = this.#ids.get(key(request.source, request.id));
    if (known) return known;
    const stream = this.#streams.get(request.stream) ?? [];
    const event: RecordedEvent = {
      ...request,
      position: formatEventPosition(this.#events.length + 1),
      streamSequence: stream.length + 1,
      recordTime: Math.max(this.#clock(), (this.#events.at(-1)?.recordTime ?? 0) + 1),
      hash: hashes[index] ?? '',
    };
    this.#events.push(event);
    this.#ids.set(key(event.source, event.id), event);
    stream.push(event);
    this.#streams.set(event.stream, stream);
    this.#counts.set(event.type, (this.#counts.get(event.type) ?? 0) + 1);
    return event;
  }
}

const key = (source: string, id: string): string => JSON.stringify([source, id]);

function countByType(events: readonly RecordedEvent[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { type } of events) counts.set(type, (counts.get(type) ?? 0) + 1);
  return counts;
}
