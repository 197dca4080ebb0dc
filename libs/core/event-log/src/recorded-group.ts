import { formatEventPosition, inTurns } from '@tributary/kernel';
import { appendedOf, AppendPlan } from './append-plan.ts';
import type { StoredMatch } from './append-plan.ts';
import { isRepeat } from './append-request.ts';
import type { AppendRequest } from './append-request.ts';
import type { Appended, NewEvent, RecordedEvent } from './event-log.ts';
import type { IdIndex } from './id-index.ts';
import type { StreamHeads } from './stream-heads.ts';

/** The durable state that a group follows. Nothing else is in flight while a group is planned. */
export type AppendState = {
  readonly ids: IdIndex;
  readonly heads: StreamHeads;
  readonly counts: Map<string, number>;
  readonly recorded: (position: number) => RecordedEvent;
  /** Of the last event. */
  readonly position: number;
  /** Of the last event, microseconds since 1970. */
  readonly recordTime: number;
  readonly now: number;
};

/** Ids that are looked up before others have their turn. */
const IDS_IN_A_TURN = 1_000;

/** A group of the log on this machine: gives new events their positions, stream sequences and record times. */
export class RecordedGroup {
  /** Position of the previous event of each one's stream; 0 when there is none. */
  readonly previous: number[] = [];
  readonly #state: AppendState;
  readonly #plan: AppendPlan<RecordedEvent>;
  #lastTime: number;

  constructor(state: AppendState) {
    this.#state = state;
    this.#lastTime = state.recordTime;
    this.#plan = new AppendPlan((event, hash) => this.#record(event, hash));
  }

  get events(): readonly RecordedEvent[] {
    return this.#plan.pending;
  }

  /** Requests are added one after the other: the next one when the one before is added. */
  async add(request: AppendRequest): Promise<Appended> {
    const matches = await inTurns(request.events, IDS_IN_A_TURN, (event, index) =>
      isRepeat(request, index) ? undefined : this.#find(event),
    );
    const planned = this.#plan.add(request, matches);
    if (!planned) throw new RangeError('a recorded event is certain');
    if ('ok' in planned) return planned;
    const stored = this.events.slice(planned.from, planned.to);
    const appended = appendedOf(request, planned.matches, stored);
    if (appended.ok) this.#count(appended.storedByType);
    return appended;
  }

  #find({ source, id }: NewEvent): StoredMatch {
    const { ids, recorded } = this.#state;
    if (ids.isSurelyNew(source, id)) return 'new';
    const position = ids.find(source, id);
    return position === undefined ? undefined : recorded(position);
  }

  #record(offered: NewEvent, hash: string): RecordedEvent {
    const { heads, position, now } = this.#state;
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
    this.previous.push(head.position);
    return event;
  }

  #count(stored: Readonly<Record<string, number>>): void {
    const { counts } = this.#state;
    for (const [type, count] of Object.entries(stored)) counts.set(type, (counts.get(type) ?? 0) + count);
  }
}
