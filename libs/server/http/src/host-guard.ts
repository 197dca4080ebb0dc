import { isIP } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { sendProblem } from './problem.ts';

/**
 * A server on loopback answers only to loopback names. Otherwise a web page could point a name of its own at this
 * machine and read what the browser fetches from it (DNS rebinding).
 */
export function guardHost(fastify: Pick<FastifyInstance, 'addHook'>, boundTo: string): void {
  if (!isLoopback(boundTo)) return;
  fastify.addHook('onRequest', (request, reply, done) => {
    if (isLoopback(request.hostname)) return done();
    const detail = `${request.hostname} is no name of this server; ask 127.0.0.1 or localhost`;
    return sendProblem(reply, { status: 421, title: 'wrong host', detail });
  });
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host === '[::1]' || (isIP(host) === 4 && host.startsWith('127.'));
