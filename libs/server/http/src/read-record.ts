import { actorOf, operationsOf } from '@tributary/capture';
import type { FastifyInstance } from 'fastify';
import { onceEnded } from './once-ended.ts';
import { kindOf } from './request-kind.ts';

/** Who read what: names of keys, routes and questions of the schema, and never what a caller wrote in a request. */
export type ReadRecord = {
  /** The name of the API key. */
  readonly key: string;
  readonly method: string;
  /** The pattern of the route. */
  readonly route: string;
  /** Fields of the query or mutation itself; empty outside of GraphQL. */
  readonly operations: readonly string[];
  readonly status: number;
  /** Until the answer was sent, or its client had left. */
  readonly millis: number;
};

/** Records the questions of callers who have keys, once each, answered or refused. */
export function recordReads(
  fastify: Pick<FastifyInstance, 'addHook'>,
  record: (read: ReadRecord) => void,
): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    if (kindOf(request) !== 'question') return done();
    const began = performance.now();
    onceEnded(request, reply, () => {
      const actor = actorOf(request.raw);
      if (!actor) return;
      record({
        key: actor.name,
        method: request.method,
        route: request.routeOptions.url ?? 'unknown',
        operations: operationsOf(request.raw),
        status: reply.raw.writableFinished ? reply.statusCode : CLIENT_LEFT,
        millis: Math.round(performance.now() - began),
      });
    });
    return done();
  });
}

/** As in `client_left`. */
const CLIENT_LEFT = 499;
