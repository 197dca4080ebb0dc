import type { Position } from '@tributary/kernel';

/** A fact as it is offered. `bytes` are stored and hashed exactly and must not change afterwards. */
export type NewEvent = {
  readonly source: string;
  readonly id: string;
  readonly type: string;
  readonly stream: string;
  readonly bytes: Uint8Array;
  /** Kept in memory for a reader that follows closely; never stored. */
  readonly parsed?: unknown;
  /** Microseconds since 1970 at which a log before this one took it; the clock's time where absent. */
  readonly recordTime?: number;
};

/** What the log knows of a stored event. A retry gets the receipt of the first try, field for field. */
export type Receipt = {
  readonly source: string;
  readonly id: string;
  readonly position: Position;
  readonly stream: string;
  /** 1, 2, 3… within the stream, without a gap. */
  readonly streamSequence: number;
  /** SHA-256 of the bytes, lower-case hex. */
  readonly hash: string;
  /** RFC 3339 in UTC with microseconds; strictly ascending along the log. */
  readonly recordTime: string;
};

/** The same source and id was offered with other bytes. */
export type Conflict = {
  /** Place in the offered batch. */
  readonly index: number;
  readonly source: string;
  readonly id: string;
  readonly knownHash: string;
  readonly offeredHash: string;
  /** Of the stored event; absent when its rival stands in the same batch. */
  readonly position?: Position;
};

/** One outcome per offered event, in order. Conflicts are among them only when the batch was not atomic. */
export type Stored = {
  readonly ok: true;
  readonly stored: number;
  readonly storedByType: Readonly<Record<string, number>>;
  readonly duplicates: number;
  readonly receipts: readonly (Receipt | Conflict)[];
};

/** Nothing was stored: an atomic batch has conflicts, or a batch has two contents for one id. */
export type RefusedAppend = { readonly ok: false; readonly conflicts: readonly Conflict[] };

export type Appended = Stored | RefusedAppend;

export type RecordedEvent = NewEvent & {
  readonly position: Position;
  readonly streamSequence: number;
  /** Microseconds since 1970. */
  readonly recordTime: number;
  readonly hash: string;
  /** Why what lies at the place is no event of the log: it moves readers on and makes no rows. */
  readonly omitted?: Omission;
};

/** A repeat or a rival of an earlier event, something that is no event, or nothing at all. */
export type Omission = 'duplicate' | 'conflict' | 'refused' | 'gap';

/** The position of a projection, the range that it is about to insert, and what else it keeps with them. */
export type Cursor = {
  readonly position: Position;
  readonly planned?: { readonly from: Position; readonly to: Position; readonly token: string };
  /** JSON of the projection's own. A log stores it and does not interpret it. */
  readonly state?: Readonly<Record<string, unknown>>;
};

export type Cursors = {
  get(name: string): Cursor | undefined;
  /** Resolves once the cursor is durable. */
  set(name: string, cursor: Cursor): Promise<void>;
};

export type Divergence = 'record' | 'position' | 'hash' | 'sequence' | 'time' | 'id' | 'head' | 'count';

/** The first thing found that is not as it was written, or what was gone through. */
export type Verification =
  | { readonly ok: true; readonly events: number; readonly streams: number; readonly head: Position }
  | { readonly ok: false; readonly at: Position; readonly divergence: Divergence; readonly detail: string };

/**
 * Append-only, totally ordered on one machine. Readers see durable events only.
 * Throws Fault `log_write_failed` after a failed write (nothing is appended from then on),
 * `log_damaged` when stored bytes are not what was written.
 */
export type EventLog = {
  /**
   * Resolves after commit and flush. An atomic batch with a conflict stores nothing; otherwise the good ones are stored.
   * Two different contents under one id within a batch refuse the whole batch.
   */
  append(events: readonly NewEvent[], options: { readonly atomic: boolean }): Promise<Appended>;
  /** Contiguous, from just after `after`. At least one event when there is one, however large. */
  read(range: {
    readonly after: Position;
    readonly limit: number;
    readonly maxBytes: number;
  }): Promise<RecordedEvent[]>;
  /** Oldest first. */
  readStream(stream: string): Promise<RecordedEvent[]>;
  find(source: string, id: string): Promise<RecordedEvent | undefined>;
  at(position: Position): Promise<RecordedEvent | undefined>;
  /** The durable end. */
  head(): Position;
  /** Of the last event recorded at or before the time; the start of the log when there is none. */
  positionAt(recordTimeMicros: number): Promise<Position>;
  /** Stored events by type. */
  counts(): Readonly<Record<string, number>>;
  readonly cursors: Cursors;
  /** Resolves when the durable end is beyond `after`; rejects with the signal's reason, or when the log closes. */
  changed(after: Position, signal?: AbortSignal): Promise<void>;
  verify(): Promise<Verification>;
  close(): Promise<void>;
};
