import { Controller, Inject, Post, Req, Res } from '@nestjs/common';
import { INGEST_ENDPOINT, park, sendProblem } from '@tributary/capture';
import type { Body, IngestEndpoint } from '@tributary/capture';
import { jsonElements } from '@tributary/json';
import { releaseMemory } from '@tributary/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OPENLINEAGE, recordOpenLineage } from './record.ts';
import type { LineageRecorded } from './record.ts';
import { readOpenLineage } from './request-body.ts';

type RecordedRequest = LineageRecorded & { readonly deadLetterIds: ReadonlyMap<number, string> };

/** Larger requests are handled one after the other. They wait in their sockets, because clients do not retry after 429. */
const LARGE_BYTES = 1024 * 1024;

/**
 * The endpoint of every OpenLineage client. Clients retry on 5xx only, so permanent refusals are 4xx.
 */
@Controller('api/v1/lineage')
export class OpenLineageController {
  readonly #endpoint: IngestEndpoint;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(@Inject(INGEST_ENDPOINT) endpoint: IngestEndpoint) {
    this.#endpoint = endpoint;
  }

  @Post()
  one(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return this.#serialised(request, async (read) => {
      if (!read.ok) return sendProblem(reply, read.problem);
      const { refused, deadLetterIds } = await this.#record([read.body]);
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
      });
    });
  }

  @Post('batch')
  batch(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return this.#serialised(request, async (read) => {
      if (!read.ok) return sendProblem(reply, read.problem);
      const events = elementsOf(read.body);
      if (!events)
        return sendProblem(reply, {
          status: 400,
          title: 'not a batch',
          detail: 'the body is no JSON array of events',
        });
      return answer(reply, await this.#record(events));
    });
  }

  async #record(events: Iterable<Buffer>): Promise<RecordedRequest> {
    const recorded = await recordOpenLineage(this.#endpoint, events);
    const from = { endpoint: OPENLINEAGE, contentType: 'application/json' };
    return { ...recorded, deadLetterIds: await park(this.#endpoint, from, recorded.refused) };
  }

  async #serialised(
    request: FastifyRequest,
    work: (read: Body) => Promise<FastifyReply>,
  ): Promise<FastifyReply> {
    const readAndWork = async () => {
      const read = await readOpenLineage(request);
      return work(read).finally(() => read.ok && releaseMemory(read.body));
    };
    const announced = Number(request.headers['content-length'] ?? NaN);
    if (announced <= LARGE_BYTES && request.headers['content-encoding'] === undefined) return readAndWork();
    const next = this.#queue.then(readAndWork);
    this.#queue = next.then(
      () => undefined,
      () => undefined,
    );
    return next;
  }
}

/** Undefined where the array is malformed, so that nothing of it is stored. */
function elementsOf(body: Buffer): Buffer[] | undefined {
  try {
    return [...jsonElements(body)];
  } catch {
    return undefined;
  }
}

function answer(reply: FastifyReply, { received, refused, deadLetterIds }: RecordedRequest): FastifyReply {
  if (refused.length === 0) return reply.status(204).send();
  const failed = refused.length;
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
