import { Transform } from 'node:stream';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  beyondJsonLimits,
  growBody,
  neverFits,
  noRoomFor,
  setBodyBudget,
  tooBusy,
  tooLarge,
  whileConnected,
} from '@tributary/capture';
import type { BodyBudget, Problem, RequestLimits } from '@tributary/capture';
import { Fault } from '@tributary/kernel';
import { isArtifactAddress } from '@tributary/mlflow';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { InFlight } from './backpressure.ts';
import type { Admitted } from './backpressure.ts';
import { onceEnded } from './once-ended.ts';
import { hasBody, pathOf, sendProblem } from './problem.ts';

/**
 * Counts every request with a body from before its first byte is read until it is answered and its handler has ended, and
 * refuses what is too much: the handler holds the body when its client has left, too. Routes are added afterwards.
 */
export function limitRequests(fastify: FastifyInstance, limits: RequestLimits): void {
  const inFlight = new InFlight(limits);
  const handled = untilHandled(fastify);
  fastify.addHook('onRequest', (request, reply, done) => {
    if (!hasBody(request)) return done();
    const refusal = neverTaken(request, limits);
    if (refusal) return sendProblem(reply, refusal);
    const admitted = inFlight.admit(reservedBytes(request, limits));
    if (!admitted) {
      const met = inFlight.isFull ? 'requests' : 'bytesInFlight';
      return sendProblem(reply, tooBusy(met, limits[met]));
    }
    setBodyBudget(request.raw, budgetOf(admitted, limits));
    const connection = new AbortController();
    connections.set(request, connection.signal);
    onceEnded(request, reply, () => {
      if (!reply.raw.writableFinished) connection.abort(clientLeft());
      handled(request, () => admitted.leave());
    });
    return done();
  });
  /* After the body has been read, because reading it leaves the context of the request. */
  fastify.addHook('preHandler', (request, _reply, done) => {
    const connection = connections.get(request);
    return connection ? whileConnected(connection, done) : done();
  });
  fastify.addHook('preParsing', (request, _reply, payload, done) => {
    const { headers } = request;
    const isCounted =
      headers['content-length'] !== undefined || isStreamed(request) || isCountedByRoute(request);
    if (!hasBody(request) || isCounted) return done(null, payload);
    const counted = new Transform({
      transform: (chunk: Buffer, _encoding, next) =>
        growBody(request.raw, chunk.length)
          ? next(null, chunk)
          : next(new BodyRefused(noRoomFor(request.raw, chunk.length))),
    });
    payload.on('error', (error) => counted.destroy(error));
    return done(null, Object.assign(payload.pipe(counted), { receivedEncodedLength: 0 }));
  });
}

const budgetOf = (admitted: Admitted, { bytesInFlight }: RequestLimits): BodyBudget => ({
  grow: (bytes) => admitted.grow(bytes),
  get held() {
    return admitted.held;
  },
  most: bytesInFlight,
});

const connections = new WeakMap<FastifyRequest, AbortSignal>();

const clientLeft = (): Fault =>
  new Fault(
    'client_left',
    'the client has closed its connection, so what it sent is not handled any further',
  );

/** Returns what calls `end` when no handler works for a request any more: at once where none has begun. */
function untilHandled(fastify: FastifyInstance): (request: FastifyRequest, end: () => void) => void {
  const working = new WeakMap<FastifyRequest, Promise<unknown>>();
  fastify.addHook('onRoute', (route) => {
    const { handler } = route;
    route.handler = function handleCounted(request, reply) {
      const answer: unknown = handler.call(this, request, reply);
      if (answer instanceof Promise) working.set(request, answer);
      return answer;
    };
  });
  return (request, end) => {
    const work = working.get(request);
    if (work) work.then(end, end);
    else end();
  };
}

/** A body that is not read on: it has more bytes than the server can hold, or its JSON exceeds a limit. */
export class BodyRefused extends Error {
  readonly statusCode: number;
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.statusCode = problem.status;
    this.problem = problem;
  }
}

/** Bodies of which the server holds a few pieces at a time. */
const isStreamed = (request: FastifyRequest): boolean =>
  pathOf(request).startsWith('/v1/blobs/') || (request.method === 'PUT' && isArtifactAddress(request.url));

const STREAMED_BYTES = 1024 * 1024;

/** Bodies that their route reads, and counts as they arrive. */
const COUNTED_BY_ROUTE = ['/api/v1/lineage', '/api/v1/lineage/batch'];
const isCountedByRoute = (request: FastifyRequest): boolean => COUNTED_BY_ROUTE.includes(pathOf(request));

const announcedBytes = ({ headers }: FastifyRequest): number => Number(headers['content-length'] ?? 0) || 0;

/** The refusal of a body that announces more than is ever read of it, however little is held of others. */
function neverTaken(
  request: FastifyRequest,
  { wireBytes, bytesInFlight }: RequestLimits,
): Problem | undefined {
  if (isCountedByRoute(request) || isStreamed(request)) return undefined;
  const announced = announcedBytes(request);
  if (announced > wireBytes) return tooLarge('wireBytes', wireBytes);
  return announced > bytesInFlight ? neverFits(bytesInFlight) : undefined;
}

/** What is reserved for a body before its first byte has come. */
function reservedBytes(request: FastifyRequest, { bytesInFlight }: RequestLimits): number {
  if (isCountedByRoute(request)) return 0;
  const announced = announcedBytes(request);
  return isStreamed(request) ? Math.min(announced, STREAMED_BYTES, bytesInFlight) : announced;
}

/**
 * Installs the body parsers. Capture validates the bytes of events, so the framework does not parse them on raw paths,
 * whatever their media type is. Other routes get parsed JSON and refuse other media types.
 */
export function readBodies(
  app: NestFastifyApplication,
  isRaw: (path: string) => boolean,
  limits: RequestLimits,
): void {
  const fastify = app.getHttpAdapter().getInstance();
  const json = fastify.getDefaultJsonParser('error', 'error');
  const limit = { bodyLimit: limits.wireBytes };
  app.useBodyParser('application/json', limit, (request: FastifyRequest, body: Buffer, done: Done) => {
    if (isRaw(pathOf(request))) return done(null, body);
    const refusal = beyondJsonLimits(body, limits);
    return refusal ? done(new BodyRefused(unreadable(refusal))) : json(request, body.toString('utf8'), done);
  });
  fastify.removeContentTypeParser('text/plain');
  fastify.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body, done) =>
    isRaw(pathOf(request)) ? done(null, body) : done(new UnknownMediaType(request)),
  );
}

/** The members of a question that are JSON where it is asked by its address (GraphQL over HTTP, GET). */
const JSON_PARAMETERS = ['variables', 'extensions'];

/** Bounds the JSON of questions that are asked by GET, as that of bodies is. */
export function limitParameters(fastify: FastifyInstance, limits: RequestLimits): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const path = pathOf(request);
    if (path !== '/graphql') return done();
    const given = new URLSearchParams(request.url.slice(path.length));
    for (const name of JSON_PARAMETERS)
      for (const text of given.getAll(name)) {
        const refusal = beyondJsonLimits(Buffer.from(text), limits, `the parameter ${name}`);
        if (refusal) return sendProblem(reply, unreadable(refusal));
      }
    return done();
  });
}

const unreadable = ({ code, message, met }: Fault): Problem => ({
  status: 422,
  title: 'body not read',
  code,
  detail: message,
  ...met,
});

type Done = (error: Error | null, body?: unknown) => void;

class UnknownMediaType extends Error {
  readonly statusCode = 415;

  constructor({ headers }: FastifyRequest) {
    super(`Unsupported Media Type: ${headers['content-type'] ?? '(none)'}`);
  }
}
