import { Controller, Inject, Post, Req, Res } from '@nestjs/common';
import {
  connectionSignal,
  growBody,
  INGEST_ENDPOINT,
  park,
  REQUEST_LIMITS,
  sendProblem,
  setMetLimit,
  tooManyEvents,
  Turns,
} from '@tributary/capture';
import type { Body, IngestEndpoint, Problem, RequestLimits } from '@tributary/capture';
import { releaseMemory } from '@tributary/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { observeEvents } from './observe-events.ts';
import type { ObservedEvent } from './observe-events.ts';
import { OPENLINEAGE, recordOpenLineage } from './record.ts';
import type { LineageRecorded } from './record.ts';
import { ArrivingBody } from './request-body.ts';

type RecordedRequest = LineageRecorded & { readonly deadLetterIds: ReadonlyMap<number, string> };

/**
 * The endpoint of every OpenLineage client. Clients retry on 5xx only, so permanent refusals are 4xx. They do not retry after
 * 429: where the bytes in flight are used up, bodies wait in their sockets, and one goes on arriving at a time. Large bodies
 * that have arrived are handled one after the other.
 */
@Controller('api/v1/lineage')
export class OpenLineageController {
  readonly #endpoint: IngestEndpoint;
  readonly #limits: RequestLimits;
  readonly #turns: Turns;

  constructor(@Inject(INGEST_ENDPOINT) endpoint: IngestEndpoint) {
    this.#endpoint = endpoint;
    this.#limits = endpoint.limits ?? REQUEST_LIMITS;
    /* Half of the time in which its body must have arrived: one that is read later would be ended before it is whole. */
    this.#turns = new Turns(this.#limits.requestTimeout, 1 / 2);
  }

  @Post()
  one(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return this.#serialised(request, async (read) => {
      if (!read.ok) return sendProblem(reply, read.problem);
      const events = await this.#observed(read.body, false);
      if ('status' in events) return sendProblem(reply, events);
      const { refused, deadLetterIds, met } = await this.#record(events);
      const [refusal] = refused;
      if (!refusal) return reply.status(201).send();
      const { message, pointer } = refusal;
      const detail = `the event was refused: ${pointer === '' ? 'it' : pointer} ${message}`;
      const deadLetterId = deadLetterIds.get(0);
      return sendProblem(reply, {
        status: 422,
        title: 'no OpenLineage event',
        detail,
        pointer,
        deadLetterId,
        ...met,
      });
    });
  }

  @Post('batch')
  batch(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return this.#serialised(request, async (read) => {
      if (!read.ok) return sendProblem(reply, read.problem);
      const events = await this.#observed(read.body, true);
      if ('status' in events) return sendProblem(reply, events);
      return answer(reply, await this.#record(events));
    });
  }

  /** The events of a body, or why nothing of the request is stored. */
  async #observed(body: Buffer, isBatch: boolean): Promise<readonly ObservedEvent[] | Problem> {
    const limits = this.#limits;
    const events = await observeEvents(this.#endpoint.readers, { body, isBatch, limits });
    if (events === 'too_many_events') return tooManyEvents(limits.batchEvents);
    return events === 'not_a_batch' ? NOT_A_BATCH : events;
  }

  async #record(events: Iterable<ObservedEvent>): Promise<RecordedRequest> {
    const recorded = await recordOpenLineage(this.#endpoint, events);
    const from = { endpoint: OPENLINEAGE, contentType: 'application/json' };
    return { ...recorded, deadLetterIds: await park(this.#endpoint, from, recorded.refused) };
  }

  async #serialised(
    request: FastifyRequest,
    work: (read: Body) => Promise<FastifyReply>,
  ): Promise<FastifyReply> {
    const waiting = { signal: connectionSignal() };
    const body = new ArrivingBody(request, this.#limits);
    const handle = async () => {
      const read = await body.decoded();
      return work(read).finally(() => read.ok && releaseMemory(read.body));
    };
    const inTurn = () => (body.isLarge ? this.#turns.take('large', handle, waiting) : handle());
    if (await body.readWhile((bytes) => growBody(request.raw, bytes))) return inTurn();
    const readOn = async () => {
      await body.readWhile(() => true);
      return inTurn();
    };
    return this.#turns.take('beyond the bytes in flight', readOn, waiting);
  }
}

const NOT_A_BATCH: Problem = {
  status: 400,
  title: 'not a batch',
  detail: 'the body is no JSON array of events',
};

function answer(
  reply: FastifyReply,
  { received, refused, deadLetterIds, met }: RecordedRequest,
): FastifyReply {
  if (refused.length === 0) return reply.status(204).send();
  const failed = refused.length;
  setMetLimit(reply.request.raw, met?.limit);
  return reply.status(200).send({
    status: 'partial_success',
    summary: { received, successful: received - failed, failed, retriable: 0, non_retriable: failed },
    failed_events: refused.map(({ index, pointer, message }) => ({
      index,
      reason: pointer === '' ? message : `${pointer} ${message}`,
      retriable: false,
      deadLetterId: deadLetterIds.get(index),
    })),
  });
}
