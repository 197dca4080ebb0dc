import { Controller, Get, Inject, Optional, Options, Post, Req, Res } from '@nestjs/common';
import {
  acceptedMediaTypes,
  actorOf,
  capture,
  INGEST_ENDPOINT,
  MAX_INLINE_BYTES,
  modeOf,
  readBody,
  REQUEST_LIMITS,
  sendProblem,
  SERVED_LIMITS,
} from '@tributary/capture';
import type { IngestEndpoint, Mode, Problem, ServedLimits } from '@tributary/capture';
import { systemClock } from '@tributary/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { decodedAttributes, isBinary } from './binary-headers.ts';
import { sendCaptured } from './receipts.ts';

@Controller('v1')
export class EventsController {
  readonly #endpoint: IngestEndpoint;
  readonly #served: ServedLimits;

  constructor(
    @Inject(INGEST_ENDPOINT) endpoint: IngestEndpoint,
    @Optional() @Inject(SERVED_LIMITS) served: ServedLimits = {},
  ) {
    this.#endpoint = endpoint;
    this.#served = served;
  }

  @Get('limits')
  limits() {
    const {
      requests = REQUEST_LIMITS,
      questions,
      answering,
      artifactBytes,
      queryBytes,
      estimateHeap,
      deadlines,
    } = this.#served;
    return {
      mediaTypes: acceptedMediaTypes,
      binaryMode: true,
      contentEncodings: ['gzip'],
      maxWireBytes: requests.wireBytes,
      maxBodyBytes: requests.bodyBytes,
      maxInflationRatio: requests.inflationRatio,
      maxLineageWireBytes: requests.lineageWireBytes,
      maxLineageBodyBytes: requests.lineageBodyBytes,
      maxBlobBytes: requests.blobBytes,
      maxEvents: requests.batchEvents,
      maxEventBytes: requests.eventBytes,
      maxInlineBytes: MAX_INLINE_BYTES,
      maxTelemetryBytes: requests.telemetryBytes,
      maxEventDepth: requests.eventDepth,
      maxEventKeys: requests.eventKeys,
      maxJsonDepth: requests.jsonDepth,
      maxFilterConditions: requests.filterConditions,
      maxBytesInFlight: requests.bytesInFlight,
      maxRequests: requests.requests,
      maxReaderMebibytes: requests.readerHeap,
      ...(requests.clientWrites > 0 && { clientWritesPerSecond: requests.clientWrites }),
      ...(requests.clientQuestions > 0 && { clientQuestionsPerSecond: requests.clientQuestions }),
      ...(questions && { graphql: questions }),
      ...(answering && { answering }),
      ...(artifactBytes !== undefined && { maxArtifactBytes: artifactBytes }),
      ...(queryBytes !== undefined && { maxQueryBytes: queryBytes }),
      ...(estimateHeap !== undefined && { maxEstimateMebibytes: estimateHeap }),
      deadlines: { request: requests.requestTimeout, question: answering?.timeout, ...deadlines },
    };
  }

  /** A CloudEvents sender may use batches only where the receiver announces them. */
  @Options('events')
  options(@Res() reply: FastifyReply) {
    return reply
      .status(204)
      .header('allow', 'OPTIONS, POST')
      .header('accept-post', [...acceptedMediaTypes, 'application/json'].join(', '))
      .header('accept-encoding', 'gzip')
      .send();
  }

  @Post('events')
  async events(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const contentType = request.headers['content-type'] ?? '';
    const mode = modeOf(contentType) ?? (isBinaryMode(request, contentType) ? 'binary' : undefined);
    if (!mode) return sendProblem(reply, unknownMediaType(contentType));
    const read = await readBody(request, this.#endpoint.limits);
    if (!read.ok) return sendProblem(reply, read.problem);
    const atomic = isAtomic(request);
    const { raw, headers } = request;
    const body =
      mode === 'binary'
        ? ({
            mode,
            attributes: decodedAttributes(raw.rawHeaders),
            contentType: headers['content-type'] ?? '',
          } as const)
        : { mode };
    const captured = await capture(this.#endpoint, systemClock, {
      ...body,
      body: read.body,
      atomic,
      by: actorOf(raw),
    });
    return sendCaptured(this.#endpoint, reply, captured, { atomic, mode, body: read.body });
  }
}

/** The mode of a request; in binary mode the attributes are headers. */
export type RequestMode = Mode | 'binary';

/** A CloudEvents media type that is not supported is not binary mode, whatever the headers. */
const isBinaryMode = ({ raw }: FastifyRequest, contentType: string): boolean =>
  !contentType.toLowerCase().startsWith('application/cloudevents') && isBinary(raw.rawHeaders);

/** A request is atomic unless its query contains `atomic=false`. */
const isAtomic = ({ query }: FastifyRequest): boolean =>
  !(typeof query === 'object' && query !== null && 'atomic' in query && query.atomic === 'false');

function unknownMediaType(contentType: string): Problem {
  const detail = `content-type ${contentType || '(none)'} is not read; send one of ${acceptedMediaTypes.join(', ')}, or JSON data with ce- headers`;
  return { status: 415, title: 'unknown media type', detail, mediaTypes: acceptedMediaTypes };
}
