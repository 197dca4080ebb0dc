import { isIP } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { sendProblem } from './problem.ts';

/**
 * Makes a server on loopback refuse all host names but those of loopback. Otherwise a web page could resolve a name of
 * its own to this machine and read the answers through the browser (DNS rebinding).
 */
export function guardHost(fastify: Pick<FastifyInstance, 'addHook'>, boundTo: string): void {
  if (!isLoopback(boundTo)) return;
  fastify.addHook('onRequest', (request, reply, done) => {
    if (isLoopback(request.hostname)) return done();
    const detail = `${request.hostname} is not a name of this server; use 127.0.0.1 or localhost`;
    return sendProblem(reply, { status: 421, title: 'wrong host', detail });
  });
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host === '[::1]' || (isIP(host) === 4 && host.startsWith('127.'));
