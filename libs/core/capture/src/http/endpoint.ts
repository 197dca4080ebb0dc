import type { Blobs } from '@tributary/blobs';
import type { EventLog } from '@tributary/event-log';
import type { Position, SqlReader } from '@tributary/kernel';
import type { RefusedEvent } from '../refused-event.ts';
import type { Readers } from '../reading.ts';
import type { Actor } from './actor.ts';
import type { RequestLimits } from './limits.ts';

/** What every protocol that accepts facts works with. */
export type IngestEndpoint = {
  readonly log: EventLog;
  /** Data that is too long for the log. */
  readonly blobs: Blobs;
  readonly deadLetters: DeadLetterStore;
  /** What it accepts; REQUEST_LIMITS where they are absent. */
  readonly limits?: RequestLimits | undefined;
  /** Threads that read long bodies; where there are none, they are read beside everything else. */
  readonly readers?: Readers | undefined;
  /** Reads the tables that follow the log: telemetry that arrives twice is compared with what is recorded. */
  readonly engine: { readonly reader: SqlReader };
  readonly projector: {
    /** Resolves once the tables hold every event up to a position. */
    reached(target: Position): Promise<void>;
    /** Why the tables may lack rows of events up to their position; undefined where they are not known to. May ask them. */
    shortfall?(): string | undefined | Promise<string | undefined>;
  };
};

/** Injection token of the IngestEndpoint. */
export const INGEST_ENDPOINT = Symbol('INGEST_ENDPOINT');

/** Keeps refused parts of requests until somebody fixes or discards them. */
export type DeadLetterStore = {
  /** Durable when it resolves. Returns an id for each refusal, in order. */
  park(refusals: readonly DeadLetterRefusal[]): Promise<readonly string[]>;
};

export type DeadLetterRefusal = Omit<RefusedEvent, 'index' | 'code'> & {
  readonly code: string;
  /** The route that refused it, such as `POST /v1/events`. */
  readonly endpoint: string;
  /** The media type of `bytes`. */
  readonly contentType: string;
};

/** A refused part of a request. Protocols have refusal codes of their own. */
export type RefusedPart = Omit<RefusedEvent, 'code'> & { readonly code: string };

const STRUCTURED_EVENT = 'application/cloudevents+json';

/** Parks the refused parts of a request. Returns the id of each dead letter by the index of its part. */
export async function park(
  { deadLetters }: Pick<IngestEndpoint, 'deadLetters'>,
  from: { readonly endpoint: string; readonly contentType?: string },
  refused: readonly RefusedPart[],
): Promise<ReadonlyMap<number, string>> {
  const { endpoint, contentType = STRUCTURED_EVENT } = from;
  const ids = await deadLetters.park(
    refused.map(({ index: _index, ...part }) => ({ endpoint, contentType, ...part })),
  );
  return new Map(refused.map(({ index }, at) => [index, ids[at] ?? '']));
}

/** What came of sending a dead letter again. */
export type Replayed =
  { readonly ok: true; readonly position: Position } | { readonly ok: false; readonly reason: ReplayRefusal };

export type ReplayRefusal = Pick<RefusedPart, 'code' | 'message' | 'pointer' | 'value'>;

/** Sends the bytes of a dead letter through the protocol that refused them, in the name of who replays it where callers are authenticated. */
export type Replay = (
  endpoint: IngestEndpoint,
  deadLetter: { readonly contentType: string; readonly bytes: Buffer; readonly by?: Actor | undefined },
) => Promise<Replayed>;

/** What the sender of a replay is told: the code of the refusal, its message, the JSON pointer, and the value where there is one. */
export const replayRefusal = ({ code, message, pointer, value }: RefusedPart): ReplayRefusal => ({
  code,
  message,
  pointer,
  ...(value === undefined ? {} : { value }),
});
