import type { FastifyInstance } from 'fastify';

/**
 * What every answer asks of a browser. Answers are data, never pages: nothing in them may run, load, be framed, be
 * guessed to be another type, or be read by another site, and links that a person follows from them name no address.
 */
export const SECURITY_HEADERS = {
  'content-security-policy':
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;

/** Before every other hook, so that refusals have the headers too. */
export function sendSecurityHeaders(fastify: Pick<FastifyInstance, 'addHook'>): void {
  fastify.addHook('onRequest', (_request, reply, done) => {
    void reply.headers(SECURITY_HEADERS);
    done();
  });
}
