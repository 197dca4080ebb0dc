import { capture, modeOf, recordOpenLineage } from '@tributary/capture';
import type { Captured, RefusedPiece } from '@tributary/capture';
import type { DeadLetter, DeadLetters, Reason, Submitted } from '@tributary/dead-letters';
import { Fault, systemClock } from '@tributary/kernel';
import { recordMetrics, recordTraces } from './otlp/record.ts';
import type { Exported } from './otlp/record.ts';
import type { Door } from './door.ts';

/** Endpoints whose letters can be sent again, by the name that `park` is given. */
export const EVENTS = 'POST /v1/events';
export const OPENLINEAGE = 'POST /api/v1/lineage';
export const OTLP_TRACES = 'POST /v1/traces';
export const OTLP_METRICS = 'POST /v1/metrics';

/** What was refused of a topic is an event as HTTP takes it. */
const KAFKA = 'kafka ';

const STRUCTURED = 'application/cloudevents+json';

/** Endpoints may refuse for reasons of their own. */
export type ParkedPiece = Omit<RefusedPiece, 'code'> & { readonly code: string };

type From = { readonly endpoint: string; readonly contentType?: string };

/** Keeps the refused pieces of a request; its answer may leave when this resolves. Place in the request → id of the letter. */
export async function park(
  { deadLetters }: Pick<Door, 'deadLetters'>,
  { endpoint, contentType = STRUCTURED }: From,
  refused: readonly ParkedPiece[],
): Promise<ReadonlyMap<number, string>> {
  const ids = await deadLetters.park(
    refused.map(({ index: _index, ...piece }) => ({ endpoint, contentType, ...piece })),
  );
  return new Map(refused.map(({ index }, at) => [index, ids[at] ?? '']));
}

type Store = Pick<Door, 'log' | 'blobs'>;
type Piece = { readonly contentType: string; readonly bytes: Buffer };

const RESUBMIT: Readonly<Record<string, (door: Door, piece: Piece) => Promise<Submitted>>> = {
  [EVENTS]: resubmitEvents,
  [OPENLINEAGE]: resubmitOpenLineage,
  [OTLP_TRACES]: resubmitOtlp(recordTraces),
  [OTLP_METRICS]: resubmitOtlp(recordMetrics),
};

/** A door to what letters may be sent through again. */
export type Settling = Door & { readonly deadLetters: DeadLetters };

/** Sends a letter's piece, or fixed text in its place, through the door that refused it. */
export function replay(
  door: Settling,
  id: string,
  { actor, fixed }: { actor: string; fixed?: string | undefined },
): Promise<DeadLetter> {
  const by = { actor, fixed: fixed === undefined ? undefined : Buffer.from(fixed) };
  return door.deadLetters.replay(id, by, async ({ letter, bytes }) => {
    const resubmit = RESUBMIT[letter.endpoint.startsWith(KAFKA) ? EVENTS : letter.endpoint];
    if (resubmit) return resubmit(door, { contentType: letter.contentType, bytes: Buffer.from(bytes) });
    throw new Fault(
      'dead_letter_not_replayable',
      `what ${letter.endpoint} refused cannot be sent again from here; let its sender do that, then discard the letter`,
    );
  });
}

async function resubmitEvents(store: Store, { contentType, bytes }: Piece): Promise<Submitted> {
  const mode = modeOf(contentType) ?? 'structured';
  return submitted(await capture(store, systemClock, { body: bytes, mode, atomic: true }), store);
}

async function resubmitOpenLineage(store: Store, { bytes }: Piece): Promise<Submitted> {
  const { refused, positions } = await recordOpenLineage(store, [bytes]);
  const [reason] = refused;
  return reason
    ? { ok: false, reason: reasonOf(reason) }
    : { ok: true, position: positions.get(0) ?? store.log.head() };
}

/** An export makes any number of facts; the letter names the end of the log after them. */
function resubmitOtlp(record: (door: Door, body: Buffer) => Promise<Exported>) {
  return async (door: Door, { bytes }: Piece): Promise<Submitted> => {
    try {
      const { refused } = await record(door, bytes);
      const [reason] = refused;
      return reason ? { ok: false, reason: reasonOf(reason) } : { ok: true, position: door.log.head() };
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      if (error.code !== 'not_decoded' && error.code !== 'fact_invalid') throw error;
      return { ok: false, reason: { code: error.code, message: error.message, pointer: '' } };
    }
  };
}

function submitted(captured: Captured, { log }: Store): Submitted {
  switch (captured.outcome) {
    case 'captured': {
      const last = captured.items.at(-1);
      return { ok: true, position: (last && 'position' in last ? last.position : undefined) ?? log.head() };
    }
    case 'rejected': {
      const [reason] = captured.refused;
      return { ok: false, reason: reason ? reasonOf(reason) : notABatch };
    }
    case 'conflict': {
      const id = captured.conflicts[0]?.id ?? '';
      const message = 'the id names another event with other content; send changed content under a new id';
      return {
        ok: false,
        reason: { code: 'id_conflict', message, pointer: '/id', value: JSON.stringify(id) },
      };
    }
    case 'too_many_events':
      return { ok: false, reason: { ...notABatch, message: `more than ${captured.limit} events` } };
    case 'not_a_batch':
      return { ok: false, reason: notABatch };
  }
}

const reasonOf = ({ code, message, pointer, value }: ParkedPiece): Reason => ({
  code,
  message,
  pointer,
  ...(value === undefined ? {} : { value }),
});

/** A body that cannot even be told apart into events. */
export const notABatch = {
  code: 'not_a_batch',
  message: 'the body is no JSON array of events in UTF-8',
  pointer: '',
} as const;
