import type { FastifyInstance } from 'fastify';

const STREAMED = 'application/x-tributary-blob';

/** Content is passed on in pieces, whatever the sender calls it: it may be larger than any other body. */
export function streamBlobs(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    if (request.method === 'PUT' && request.url.startsWith('/v1/blobs/'))
      request.raw.headers['content-type'] = STREAMED;
    done();
  });
  fastify.addContentTypeParser(STREAMED, (_request, payload, done) => done(null, payload));
}
