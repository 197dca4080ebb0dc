import { createGunzip } from 'node:zlib';
import { partialSuccessMessage, statusMessage } from '@tributary/capture';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const PROTOBUF = 'application/x-protobuf';
const PATHS = new Set(['/v1/traces', '/v1/metrics', '/v1/logs']);

/** Bodies in protobuf come as bytes, those in JSON parsed; gzip is taken off before either. */
export function acceptOtlp(fastify: FastifyInstance): void {
  fastify.addContentTypeParser(PROTOBUF, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  fastify.addHook('preParsing', (request, _reply, payload, done) => {
    const isGzip =
      request.headers['content-encoding'] === 'gzip' && PATHS.has(request.url.split('?')[0] ?? '');
    if (!isGzip) return done(null, payload);
    delete request.headers['content-length'];
    const inflated = createGunzip();
    payload.on('error', (error) => inflated.destroy(error));
    done(null, Object.assign(payload.pipe(inflated), { receivedEncodedLength: 0 }));
  });
}

/** What was kept and what was not, as OTLP says it. `rejected` is the name of the count in JSON. */
export type Outcome = { readonly rejected: number; readonly message: string };

/** An answer in the coding of the question. */
export function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  count: string,
  outcome: Outcome,
): FastifyReply {
  const { rejected, message } = outcome;
  if (isProtobuf(request)) return bytes(reply, 200, partialSuccessMessage(rejected, message));
  const partialSuccess = {
    ...(rejected > 0 ? { [count]: String(rejected) } : {}),
    ...(message === '' ? {} : { errorMessage: message }),
  };
  return json(reply, 200, rejected === 0 && message === '' ? {} : { partialSuccess });
}

/** Of google.rpc.Code. */
export const INVALID_ARGUMENT = 3;
export const UNAVAILABLE = 14;

export type Refused = { readonly status: number; readonly code: number; readonly message: string };

export function refuse(
  request: FastifyRequest,
  reply: FastifyReply,
  { status, code, message }: Refused,
): FastifyReply {
  if (status === 429 || status === 503) void reply.header('retry-after', '1');
  return isProtobuf(request)
    ? bytes(reply, status, statusMessage(code, message))
    : json(reply, status, { code, message });
}

const isProtobuf = ({ headers }: FastifyRequest): boolean =>
  (headers['content-type'] ?? '').toLowerCase().startsWith(PROTOBUF);

const bytes = (reply: FastifyReply, status: number, content: Uint8Array): FastifyReply =>
  reply.status(status).header('content-type', PROTOBUF).send(Buffer.from(content));

const json = (reply: FastifyReply, status: number, content: object): FastifyReply =>
  reply.status(status).header('content-type', 'application/json').send(JSON.stringify(content));
