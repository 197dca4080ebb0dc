import { Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import {
  acceptedMediaTypes,
  capture,
  MAX_BATCH_EVENTS,
  MAX_EVENT_BYTES,
  MAX_TELEMETRY_BYTES,
  modeOf,
} from '@tributary/capture';
import type { Captured } from '@tributary/capture';
import { systemClock } from '@tributary/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Spine } from '../spine.ts';
import { SPINE } from '../tokens.ts';
import { MAX_BODY_BYTES, MAX_WIRE_BYTES, readBody } from './body.ts';
import { sendProblem } from './problem.ts';
import type { Problem } from './problem.ts';

@Controller('v1')
export class EventsController {
  readonly #spine: Spine;

  constructor(@Inject(SPINE) spine: Spine) {
    this.#spine = spine;
  }

  @Get('limits')
  limits() {
    return {
      mediaTypes: acceptedMediaTypes,
      contentEncodings: ['gzip'],
      maxWireBytes: MAX_WIRE_BYTES,
      maxBodyBytes: MAX_BODY_BYTES,
      maxEvents: MAX_BATCH_EVENTS,
      maxEventBytes: MAX_EVENT_BYTES,
      maxTelemetryBytes: MAX_TELEMETRY_BYTES,
    };
  }

  @Post('events')
  async events(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const mode = modeOf(request.headers['content-type'] ?? '');
    if (!mode || !Buffer.isBuffer(request.body)) return sendProblem(reply, unknownMediaType(request));
    const read = await readBody(request.body, request.headers['content-encoding']);
    if (!read.ok) return sendProblem(reply, read.problem);
    const captured = await capture(this.#spine.log, systemClock, {
      body: read.body,
      mode,
      atomic: isAtomic(request),
    });
    return answer(reply, captured);
  }
}

/** A batch is atomic unless its sender says `?atomic=false`. */
const isAtomic = ({ query }: FastifyRequest): boolean =>
  !(typeof query === 'object' && query !== null && 'atomic' in query && query.atomic === 'false');

function unknownMediaType({ headers }: FastifyRequest): Problem {
  const detail = `content-type ${headers['content-type'] ?? '(none)'} is not read; send one of ${acceptedMediaTypes.join(', ')}`;
  return { status: 415, title: 'unknown media type', detail, mediaTypes: acceptedMediaTypes };
}

function answer(reply: FastifyReply, captured: Captured): FastifyReply {
  switch (captured.outcome) {
    case 'captured':
      return sendReceipts(reply, captured);
    case 'conflict':
      return sendProblem(reply, {
        status: 409,
        title: 'known id, other content',
        detail:
          'an id names one event for ever; nothing of this request was stored; send changed content under a new id',
        errors: captured.conflicts,
      });
    case 'rejected':
      return sendProblem(reply, {
        status: 422,
        title: 'events refused',
        detail: `${captured.rejected.length} events were refused and nothing was stored; mend them, or send ?atomic=false to store the others`,
        errors: captured.rejected,
      });
    case 'too_many_events':
      return sendProblem(reply, {
        status: 413,
        title: 'too many events',
        detail: `a request holds at most ${captured.limit} events; send smaller batches`,
        maxEvents: captured.limit,
      });
    case 'not_a_batch':
      return sendProblem(reply, {
        status: 400,
        title: 'not a batch',
        detail: 'the body is no JSON array of events in UTF-8',
      });
  }
}

/** 201 where something was stored, 200 where everything was known, 207 where some events were refused. */
function sendReceipts(
  reply: FastifyReply,
  captured: Extract<Captured, { outcome: 'captured' }>,
): FastifyReply {
  const { stored, duplicates, storedByType, items } = captured;
  const accepted = stored > 0 ? 201 : 200;
  return reply
    .status(stored + duplicates < items.length ? 207 : accepted)
    .header('content-type', 'application/json')
    .send(JSON.stringify({ stored, duplicates, storedByType, receipts: items }));
}
