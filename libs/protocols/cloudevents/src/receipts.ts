import { park, sendProblem } from '@tributary/capture';
import type { Captured, IngestEndpoint, Problem } from '@tributary/capture';
import type { FastifyReply } from 'fastify';
import type { RequestMode } from './events.controller.ts';
import { EVENTS, NOT_A_BATCH } from './replay.ts';

type CaptureRequest = { readonly atomic: boolean; readonly mode: RequestMode; readonly body: Buffer };

/** Answers a request. The refused events of one that is not atomic are durable dead letters before the answer is sent. */
export async function sendCaptured(
  endpoint: IngestEndpoint,
  reply: FastifyReply,
  captured: Captured,
  { atomic, body }: CaptureRequest,
): Promise<FastifyReply> {
  switch (captured.outcome) {
    case 'captured': {
      const deadLetterIds = await park(endpoint, { endpoint: EVENTS }, captured.refused);
      return sendReceipts(reply, captured, deadLetterIds);
    }
    case 'conflict':
      return sendProblem(reply, conflictProblem(captured));
    case 'rejected': {
      const deadLetterIds = await park(endpoint, { endpoint: EVENTS }, atomic ? [] : captured.refused);
      const count = captured.rejected.length;
      const detail = atomic
        ? `${count} events were refused and nothing was stored; fix them, or send ?atomic=false to store the others`
        : `${count} events were refused, and there were no others; they are kept as dead letters`;
      const errors = withDeadLetterIds(captured.rejected, deadLetterIds);
      const limit = limitOf(captured);
      return sendProblem(reply, {
        status: statusOf(captured),
        title: 'events refused',
        ...(limit !== undefined && { limit }),
        detail,
        errors,
      });
    }
    case 'too_many_events':
      return sendProblem(reply, {
        status: 413,
        title: 'too many events',
        detail: `a request holds at most ${captured.limit} events; send smaller batches`,
        maxEvents: captured.limit,
        limit: 'batchEvents',
        value: captured.limit,
      });
    case 'not_a_batch': {
      const from = { endpoint: EVENTS, contentType: 'application/cloudevents-batch+json' };
      const deadLetterIds = await park(
        endpoint,
        from,
        atomic ? [] : [{ index: 0, bytes: body, ...NOT_A_BATCH }],
      );
      const id = deadLetterIds.get(0);
      const deadLetter = id === undefined ? {} : { deadLetterId: id };
      return sendProblem(reply, {
        status: 400,
        title: 'not a batch',
        detail: NOT_A_BATCH.message,
        ...deadLetter,
      });
    }
  }
}

/** Limits of one event, by the codes of those that exceed them. */
const LIMITS: ReadonlyMap<string, string> = new Map([
  ['event_too_large', 'eventBytes'],
  ['too_deep', 'eventDepth'],
]);

/** The limit that the first event met which met one; its error says what it is. */
const limitOf = ({ rejected }: Extract<Captured, { outcome: 'rejected' }>): string | undefined =>
  rejected.map(({ code }) => LIMITS.get(code)).find((limit) => limit !== undefined);

/** 403 where nothing is wrong with the events but who sends them. */
const statusOf = ({ rejected }: Extract<Captured, { outcome: 'rejected' }>): number =>
  rejected.every(({ code }) => FORBIDDEN.has(code)) ? 403 : 422;

const FORBIDDEN: ReadonlySet<string> = new Set(['actor_mismatch', 'scope_missing']);

/** `stored` is absent where nothing of the request was stored. */
function conflictProblem({ conflicts, stored }: Extract<Captured, { outcome: 'conflict' }>): Problem {
  const outcome =
    stored.length === 0
      ? 'nothing of this request was stored'
      : `another process wrote it at the same time, and ${stored.length} events of this request are stored all the same`;
  return {
    status: 409,
    title: 'known id, other content',
    detail: `an id names one event for ever; ${outcome}; send changed content under a new id`,
    errors: conflicts,
    ...(stored.length > 0 && { stored }),
  };
}

/** 201 where something was stored, 200 where every event is a duplicate, 207 where some events were refused. */
function sendReceipts(
  reply: FastifyReply,
  captured: Extract<Captured, { outcome: 'captured' }>,
  deadLetterIds: ReadonlyMap<number, string>,
): FastifyReply {
  const { stored, duplicates, storedByType, items } = captured;
  const accepted = stored > 0 ? 201 : 200;
  const receipts = deadLetterIds.size === 0 ? items : withDeadLetterIds(items, deadLetterIds);
  return reply
    .status(stored + duplicates < items.length ? 207 : accepted)
    .header('content-type', 'application/json')
    .send(JSON.stringify({ stored, duplicates, storedByType, receipts }));
}

/** An item with an index was refused. */
const withDeadLetterIds = <Item extends object>(
  items: readonly Item[],
  deadLetterIds: ReadonlyMap<number, string>,
) =>
  items.map((item) => {
    const id = 'index' in item ? deadLetterIds.get(Number(item.index)) : undefined;
    return id === undefined ? item : { ...item, deadLetterId: id };
  });
