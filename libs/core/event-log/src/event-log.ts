import type { Position } from '@tributary/kernel';

/** An event to append. `bytes` are stored and hashed exactly as they are and must not change afterwards. */
export type NewEvent = {
  readonly source: string;
  readonly id: string;
  readonly type: string;
  readonly stream: string;
  readonly bytes: Uint8Array;
  /** The parsed form of the bytes, kept in memory for close followers. Never stored. */
  readonly parsed?: unknown;
  /** Microseconds since 1970 at which another log recorded it before; the time of the clock where absent. */
  readonly recordTime?: number;
  /**
   * The version of its type's schema that the process had that accepted it (MAJOR.MINOR), where the log says so. A log on a
   * disk says it of versions alone that the reading program lacks.
   */
  readonly schemaVersion?: string;
};

/** What the log knows of a stored event. A retry gets the receipt of the first attempt, field for field. */
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

/** The log has other bytes under the same source and id. */
export type Conflict = {
  /** Index in the request. */
  readonly index: number;
  readonly source: string;
  readonly id: string;
  readonly knownHash: string;
  readonly offeredHash: string;
  /** Position of the stored event; absent for a conflict within one request. */
  readonly position?: Position;
};

/** One receipt or conflict for each event of the request, in order. Conflicts occur only in requests that are not atomic. */
export type Stored = {
  readonly ok: true;
  readonly stored: number;
  readonly storedByType: Readonly<Record<string, number>>;
  readonly duplicates: number;
  readonly receipts: readonly (Receipt | Conflict)[];
};

/** Refused: an atomic request has conflicts, or a request has two contents for one id. */
export type RefusedAppend = {
  readonly ok: false;
  readonly conflicts: readonly Conflict[];
  /**
   * What is in the log all the same; absent where nothing of the request was stored. Only in a topic: another process
   * wrote a conflicting event while this request was written. Nothing is removed from a log.
   */
  readonly stored?: readonly Receipt[];
};

/** The outcome of an append. */
export type Appended = Stored | RefusedAppend;

/** A stored event. */
export type RecordedEvent = NewEvent & {
  readonly position: Position;
  readonly streamSequence: number;
  /** Microseconds since 1970. */
  readonly recordTime: number;
  readonly hash: string;
  /** Why there is no event at this position. Readers go on after it, and it makes no rows. */
  readonly omitted?: Omission;
};

/**
 * Why a position of a topic has no event: a duplicate of an earlier event, a conflict with one, a record that is not an
 * event, or no record.
 */
export type Omission = 'duplicate' | 'conflict' | 'refused' | 'gap';

/** The position of a projection, the range that it is about to insert, and what else it keeps with them. */
export type Cursor = {
  readonly position: Position;
  readonly planned?: { readonly from: Position; readonly to: Position; readonly token: string };
  /** JSON of the projection's own. A log stores it and does not interpret it. */
  readonly state?: Readonly<Record<string, unknown>>;
};

/** Durable cursors by name. */
export type Cursors = {
  get(name: string): Cursor | undefined;
  /** Resolves once the cursor is durable. */
  set(name: string, cursor: Cursor): Promise<void>;
};

/** What differs from what was written: of a record (unreadable), an event, or one of the indexes. */
export type Divergence =
  'record' | 'position' | 'hash' | 'sequence' | 'time' | 'id' | 'head' | 'count' | 'digest';

/** The first difference from what was written, or what was verified. */
export type Verification =
  | { readonly ok: true; readonly events: number; readonly streams: number; readonly head: Position }
  | { readonly ok: false; readonly at: Position; readonly divergence: Divergence; readonly detail: string };

/**
 * An append-only log, totally ordered within a partition. Readers see durable events only. Throws Faults:
 * `disk_full` (retryable) where nothing was stored for lack of room, `log_overdue` (retryable) where an append took too
 * long, `log_write_failed` after another failed write to a disk (nothing is appended afterwards), `partition_unavailable`
 * (retryable) where a partition of a topic did not confirm a write or has confirmed none for long, `record_too_large` where
 * one of the events can never be written to its topic (nothing of the request was),
 * `log_taken` where another process has written to a log on a disk, and `log_replaced` where its file was deleted, moved or
 * replaced while it was open (nothing is appended afterwards),
 * `log_damaged` when stored bytes are not what was written, `log_closed` after `close`.
 */
export type EventLog = {
  /**
   * Resolves after commit and flush. An atomic request with a conflict stores nothing, or says what; otherwise the events without
   * conflict are stored. A request with two contents for one id is refused as a whole. Throws Fault `event_malformed`.
   */
  append(events: readonly NewEvent[], options: { readonly atomic: boolean }): Promise<Appended>;
  /** Consecutive events after `after`: at most `limit`, and `maxBytes` of payload, but at least one where there is one. */
  read(range: {
    readonly after: Position;
    readonly limit: number;
    readonly maxBytes: number;
  }): Promise<RecordedEvent[]>;
  /** Oldest first. */
  readStream(stream: string): Promise<RecordedEvent[]>;
  /** The event with a source and an id. */
  find(source: string, id: string): Promise<RecordedEvent | undefined>;
  /** The event at a position. */
  at(position: Position): Promise<RecordedEvent | undefined>;
  /** The log position of the durable end. */
  head(): Position;
  /** The log position of the last event recorded at or before a time (microseconds since 1970). */
  positionAt(recordTimeMicros: number): Promise<Position>;
  /**
   * The sum of the digests of all events of a partition up to a position of it, modulo 2^64 (`DigestSum`). Throws Fault
   * `unknown_position` beyond the end.
   */
  digestAt(position: Position): Promise<bigint>;
  /** Stored events by type. */
  counts(): Readonly<Record<string, number>>;
  readonly cursors: Cursors;
  /** Resolves when an event after `after` is durable. Rejects with the signal's reason, or when the log closes. */
  changed(after: Position, signal?: AbortSignal): Promise<void>;
  /** Reads and checks the whole log. */
  verify(): Promise<Verification>;
  close(): Promise<void>;
};
