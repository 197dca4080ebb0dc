import { formatEventPosition } from '@tributary/kernel';
import type { Appended, Conflict, NewEvent, RecordedEvent } from './event-log.ts';
import type { IdIndex } from './id-index.ts';
import type { AppendRequest } from './offers.ts';
import { conflictOf, receiptOf } from './receipt.ts';
import type { StreamHeads } from './stream-heads.ts';

/** What a group is planned against. Nothing else is in flight meanwhile, so it is the durable state. */
export type Ground = {
  readonly ids: IdIndex;
  readonly heads: StreamHeads;
  readonly counts: Map<string, number>;
  readonly recorded: (position: number) => RecordedEvent;
  /** Of the last event. */
  readonly position: number;
  readonly recordTime: number;
  readonly now: number;
};

/** The stored event with the same source and id, or that the event is new, or repeats one of its batch. */
type Found = RecordedEvent | 'new' | 'repeat';

/** Decides what a commit will store. The requests of a group see each other's events. */
export class RecordedGroup {
  readonly events: RecordedEvent[] = [];
  /** Position of the previous event of each one's stream; 0 when there is none. */
  readonly previous: number[] = [];
  readonly #ground: Ground;
  /** By source and id, filled only when an id has to be looked for. */
  readonly #pending = new Map<string, RecordedEvent>();
  #lastTime: number;

  constructor(ground: Ground) {
    this.#ground = ground;
    this.#lastTime = ground.recordTime;
  }

  add(offers: AppendRequest): Appended {
    if (offers.conflicts.length > 0) return { ok: false, conflicts: offers.conflicts };
    const before = this.events.length;
    const found = offers.events.map((event, index) =>
      isRepeat(offers, index) ? 'repeat' : this.#find(event),
    );
    const conflicts = conflictsOf(offers, found);
    if (offers.atomic && conflicts.length > 0) return { ok: false, conflicts };
    const conflictAt =
      conflicts.length > 0 ? new Map(conflicts.map((conflict) => [conflict.index, conflict])) : undefined;
    const recorded = this.#recordNew(offers, found);
    return {
      ok: true,
      stored: this.events.length - before,
      storedByType: this.#count(before),
      duplicates: offers.events.length - (this.events.length - before) - conflicts.length,
      receipts: recorded.map((event, index) => conflictAt?.get(index) ?? receiptOf(event)),
    };
  }

  #find(event: NewEvent): Found {
    const { ids, recorded } = this.#ground;
    if (ids.isSurelyNew(event.source, event.id)) return 'new';
    const pending = this.#pendingWith(event);
    if (pending) return pending;
    const position = ids.find(event.source, event.id);
    return position === undefined ? 'new' : recorded(position);
  }

  #pendingWith(offered: NewEvent): RecordedEvent | undefined {
    for (const event of this.events.slice(this.#pending.size)) this.#pending.set(nameOf(event), event);
    return this.#pending.get(nameOf(offered));
  }

  #recordNew(offers: AppendRequest, found: readonly Found[]): RecordedEvent[] {
    const recorded: RecordedEvent[] = [];
    for (const [index, event] of offers.events.entries()) {
      const place = found[index] ?? 'new';
      if (place === 'new') recorded.push(this.#record(event, offers.hashes[index] ?? ''));
      else recorded.push(place === 'repeat' ? repeated(recorded, offers, index) : place);
    }
    return recorded;
  }

  #record(offered: NewEvent, hash: string): RecordedEvent {
    const { heads, position, now } = this.#ground;
    const head = heads.get(offered.stream);
    const number = position + this.events.length + 1;
    this.#lastTime = Math.max(offered.recordTime ?? now, this.#lastTime + 1);
    const event: RecordedEvent = {
      source: offered.source,
      id: offered.id,
      type: offered.type,
      stream: offered.stream,
      bytes: offered.bytes,
      parsed: offered.parsed,
      position: formatEventPosition(number),
      streamSequence: head.sequence + 1,
      recordTime: this.#lastTime,
      hash,
    };
    heads.move(event.stream, { sequence: event.streamSequence, position: number });
    this.events.push(event);
    this.previous.push(head.position);
    return event;
  }

  #count(from: number): Record<string, number> {
    const { counts } = this.#ground;
    const stored = new Map<string, number>();
    for (let index = from; index < this.events.length; index += 1) {
      const type = this.events[index]?.type ?? '';
      stored.set(type, (stored.get(type) ?? 0) + 1);
    }
    for (const [type, count] of stored) counts.set(type, (counts.get(type) ?? 0) + count);
    return Object.fromEntries(stored);
  }
}

/** One text for both; the length keeps the pairs apart. */
const nameOf = ({ source, id }: NewEvent): string => `${source.length} ${source}${id}`;

function repeated(
  recorded: readonly RecordedEvent[],
  { firstIndex }: AppendRequest,
  index: number,
): RecordedEvent {
  const event = recorded[firstIndex?.[index] ?? -1];
  if (!event) throw new RangeError(`event ${index} repeats nothing`);
  return event;
}

const isRepeat = ({ firstIndex }: AppendRequest, index: number): boolean =>
  firstIndex !== undefined && firstIndex[index] !== index;

function conflictsOf({ events, hashes, firstIndex }: AppendRequest, found: readonly Found[]): Conflict[] {
  const conflicts: Conflict[] = [];
  events.forEach((event, index) => {
    const place = found[firstIndex?.[index] ?? index];
    if (typeof place !== 'object') return;
    const hash = hashes[index] ?? '';
    if (place.hash !== hash) conflicts.push(conflictOf(place, event, { index, hash }));
  });
  return conflicts;
}
