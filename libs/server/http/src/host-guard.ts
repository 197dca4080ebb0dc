import type { FastifyInstance } from 'fastify';
import { serverNames } from './address.ts';
import type { Address } from './address.ts';
import { sendProblem } from './problem.ts';

/**
 * Makes a server refuse all host names but its own. Otherwise a web page could resolve a name of its own to this machine
 * and read the answers through the browser (DNS rebinding).
 */
export function guardHost(fastify: Pick<FastifyInstance, 'addHook'>, address: Address): void {
  const names = serverNames(address);
  fastify.addHook('onRequest', (request, reply, done) => {
    if (names.allows(request.hostname)) return done();
    const named = JSON.stringify(request.hostname.slice(0, 100));
    const detail = `the Host header names ${named}, which is not a name of this server; use 127.0.0.1 or localhost, or add the name to TRIBUTARY_ALLOWED_HOSTS`;
    return sendProblem(reply, { status: 421, title: 'wrong host', code: 'host_not_allowed', detail });
  });
}
