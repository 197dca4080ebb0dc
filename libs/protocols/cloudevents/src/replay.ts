import { capture, modeOf, replayRefusal } from '@tributary/capture';
import type { Captured, IngestEndpoint, Replay, Replayed } from '@tributary/capture';
import { systemClock } from '@tributary/kernel';

/** The name under which dead letters of this protocol are kept. */
export const EVENTS = 'POST /v1/events';

/** A body that cannot be split into events. */
export const NOT_A_BATCH = {
  code: 'not_a_batch',
  message: 'the body is no JSON array of events in UTF-8',
  pointer: '',
} as const;

/** Captures the bytes of a dead letter again. */
export const replayEvents: Replay = async (endpoint, { contentType, bytes, by }) => {
  const mode = modeOf(contentType) ?? 'structured';
  return replayed(await capture(endpoint, systemClock, { body: bytes, mode, atomic: true, by }), endpoint);
};

function replayed(captured: Captured, { log }: IngestEndpoint): Replayed {
  switch (captured.outcome) {
    case 'captured': {
      const last = captured.items.at(-1);
      return { ok: true, position: (last && 'position' in last ? last.position : undefined) ?? log.head() };
    }
    case 'rejected': {
      const [reason] = captured.refused;
      return { ok: false, reason: reason ? replayRefusal(reason) : NOT_A_BATCH };
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
      return { ok: false, reason: { ...NOT_A_BATCH, message: `more than ${captured.limit} events` } };
    case 'not_a_batch':
      return { ok: false, reason: NOT_A_BATCH };
  }
}
