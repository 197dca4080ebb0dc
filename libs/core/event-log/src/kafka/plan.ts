import type { Appended, Conflict, NewEvent, RecordedEvent } from '../event-log.ts';
import type { AppendRequest } from '../offers.ts';
import { conflictOf } from '../receipt.ts';

export type AppendState = {
  find(source: string, id: string): Promise<RecordedEvent | undefined>;
  /** Writes events; resolves with what lies where each of them was written, once this process has it. */
  write(events: readonly NewEvent[]): Promise<readonly RecordedEvent[]>;
};

/** An event known before, or the number of the event of this group that it is or repeats. */
export type Found = RecordedEvent | { readonly slot: number; readonly hash: string };

/** `mine` are the numbers of events that this request offered first. */
export type Planned = {
  readonly offers: AppendRequest;
  readonly found: readonly Found[];
  readonly mine: ReadonlySet<number>;
};

/** What a group will write, and what becomes of each request of it. */
export class Plan {
  readonly events: NewEvent[] = [];
  readonly #ground: AppendState;
  readonly #pending = new Map<string, { readonly slot: number; readonly hash: string }>();

  constructor(ground: AppendState) {
    this.#ground = ground;
  }

  /** Undefined for a batch that one of its rivals in this group would refuse: what that becomes is known afterwards. */
  async add(offers: AppendRequest): Promise<Planned | Appended | undefined> {
    if (offers.conflicts.length > 0) return { ok: false, conflicts: offers.conflicts };
    const known: (Found | undefined)[] = [];
    for (const event of offers.events) known.push(await this.#find(event));
    if (offers.atomic) {
      const rivals = rivalsAmong(offers, known);
      if (rivals.includes('pending')) return undefined;
      const conflicts = rivals.filter((rival) => rival !== 'pending');
      if (conflicts.length > 0) return { ok: false, conflicts };
    }
    const first = this.events.length;
    const found = offers.events.map((event, index) => {
      const before = known[index] ?? this.#pending.get(nameOf(event));
      return before ?? this.#take(event, offers.hashes[index] ?? '');
    });
    const mine = new Set(found.flatMap((one) => ('slot' in one && one.slot >= first ? one.slot : [])));
    return { offers, found, mine };
  }

  async #find(event: NewEvent): Promise<Found | undefined> {
    return this.#pending.get(nameOf(event)) ?? (await this.#ground.find(event.source, event.id));
  }

  #take(event: NewEvent, hash: string): Found {
    const found = { slot: this.events.length, hash };
    this.events.push(event);
    this.#pending.set(nameOf(event), found);
    return found;
  }
}

/** A rival that this group is about to write may be another one's by then. */
function rivalsAmong(
  { events, hashes }: AppendRequest,
  known: readonly (Found | undefined)[],
): (Conflict | 'pending')[] {
  return events.flatMap((event, index) => {
    const before = known[index];
    const hash = hashes[index] ?? '';
    if (!before || before.hash === hash) return [];
    return 'slot' in before ? 'pending' : conflictOf(before, event, { index, hash });
  });
}

const nameOf = ({ source, id }: NewEvent): string => JSON.stringify([source, id]);
