import { park, sendProblem } from '@tributary/capture';
import type { Captured, IngestEndpoint } from '@tributary/capture';
import type { FastifyReply } from 'fastify';
import type { Wire } from './events.controller.ts';
import { EVENTS, NOT_A_BATCH } from './replay.ts';

type Asked = { readonly atomic: boolean; readonly mode: Wire; readonly body: Buffer };

/** Answers what came of a request. What was refused of one that need not be atomic is kept before the answer leaves. */
export async function sendCaptured(
  endpoint: IngestEndpoint,
  reply: FastifyReply,
  captured: Captured,
  { atomic, body }: Asked,
): Promise<FastifyReply> {
  switch (captured.outcome) {
    case 'captured': {
      const letters = await park(endpoint, { endpoint: EVENTS }, captured.refused);
      return sendReceipts(reply, captured, letters);
    }
    case 'conflict':
      return sendProblem(reply, {
        status: 409,
        title: 'known id, other content',
        detail:
          'an id names one event for ever; nothing of this request was stored; send changed content under a new id',
        errors: captured.conflicts,
      });
    case 'rejected': {
      const letters = await park(endpoint, { endpoint: EVENTS }, atomic ? [] : captured.refused);
      const count = captured.rejected.length;
      const detail = atomic
        ? `${count} events were refused and nothing was stored; mend them, or send ?atomic=false to store the others`
        : `${count} events were refused, and there were no others; they are kept as dead letters`;
      const errors = withLetters(captured.rejected, letters);
      return sendProblem(reply, { status: 422, title: 'events refused', detail, errors });
    }
    case 'too_many_events':
      return sendProblem(reply, {
        status: 413,
        title: 'too many events',
        detail: `a request holds at most ${captured.limit} events; send smaller batches`,
        maxEvents: captured.limit,
      });
    case 'not_a_batch': {
      const from = { endpoint: EVENTS, contentType: 'application/cloudevents-batch+json' };
      const letters = await park(endpoint, from, atomic ? [] : [{ index: 0, bytes: body, ...NOT_A_BATCH }]);
      const id = letters.get(0);
      const letter = id === undefined ? {} : { deadLetterId: id };
      return sendProblem(reply, {
        status: 400,
        title: 'not a batch',
        detail: NOT_A_BATCH.message,
        ...letter,
      });
    }
  }
}

/** 201 where something was stored, 200 where everything was known, 207 where some events were refused. */
function sendReceipts(
  reply: FastifyReply,
  captured: Extract<Captured, { outcome: 'captured' }>,
  letters: ReadonlyMap<number, string>,
): FastifyReply {
  const { stored, duplicates, storedByType, items } = captured;
  const accepted = stored > 0 ? 201 : 200;
  const receipts = letters.size === 0 ? items : withLetters(items, letters);
  return reply
    .status(stored + duplicates < items.length ? 207 : accepted)
    .header('content-type', 'application/json')
    .send(JSON.stringify({ stored, duplicates, storedByType, receipts }));
}

/** Items that know their place in the request were refused. */
const withLetters = <Item extends object>(items: readonly Item[], letters: ReadonlyMap<number, string>) =>
  items.map((item) => {
    const id = 'index' in item ? letters.get(Number(item.index)) : undefined;
    return id === undefined ? item : { ...item, deadLetterId: id };
  });
