import type { IncomingMessage, ServerResponse } from 'node:http';
import { metLimit } from '@tributary/capture';
import type { Problem } from '@tributary/capture';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { hasBody, sendProblem } from './problem.ts';

/** Bytes a second that a body without a deadline must bring, in each time that another request has for its whole body. */
const LEAST_RATE = 64 * 1024;

type BodyTime = {
  /** Milliseconds in which a body must have arrived. */
  readonly millis: number;
  /** Whether the body may be so long that only its pace counts until it is answered. */
  readonly isLong: (request: IncomingMessage) => boolean;
};

/**
 * Ends requests whose body does not arrive in time, with 408 in the form of their protocol. Node's `requestTimeout`, which
 * knows no exception, must be off. Comes before all hooks that may answer, because what they refuse goes on arriving.
 */
export function limitBodyTime(fastify: FastifyInstance, { millis, isLong }: BodyTime): void {
  const least = (LEAST_RATE * millis) / 1_000;
  const replies = new WeakMap<IncomingMessage, FastifyReply>();
  fastify.addHook('onRequest', ({ raw }, reply, done) => {
    replies.set(raw, reply);
    done();
  });
  /* Not in the hook: the framework refuses some requests, such as those of a broken address, without its hooks. */
  fastify.server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (!hasBody(request)) return;
    const { socket } = request;
    let read = socket.bytesRead;
    const check = (): void => {
      if (request.complete || socket.destroyed) return clearInterval(timer);
      const isOnPace = isLong(request) && !response.writableEnded && socket.bytesRead - read >= least;
      read = socket.bytesRead;
      if (isOnPace) return undefined;
      clearInterval(timer);
      const reply = replies.get(request);
      if (reply) endOverdue(reply, millis);
      else socket.destroy();
      return undefined;
    };
    const timer = setInterval(check, millis).unref();
    request.once('close', () => clearInterval(timer));
  });
}

/** An answer that has begun is not mixed with another one. */
function endOverdue(reply: FastifyReply, millis: number): void {
  const { raw } = reply;
  const { socket } = reply.request.raw;
  if (raw.headersSent) return void socket.destroy();
  raw.once('finish', () => socket.destroySoon());
  void reply.header('connection', 'close');
  sendProblem(reply, overdue(millis, 'the request'));
}

/** The refusal of a request that did not arrive in time, which may be sent again. */
export const overdue = (millis: number, what: string): Problem => ({
  status: 408,
  title: 'request overdue',
  code: 'request_overdue',
  detail: `${what} did not arrive within ${millis} ms, and nothing of it is stored: send it again, in smaller parts where the network is slow, or set TRIBUTARY_REQUEST_TIMEOUT_MS of the server`,
  ...metLimit('requestTimeout', millis),
  retryAfter: 1,
});
