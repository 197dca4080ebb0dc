import { setMetLimit } from '@tributary/capture';
import type { Problem } from '@tributary/capture';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { partialSuccessMessage, statusMessage } from './decoding/message.ts';

const PROTOBUF = 'application/x-protobuf';
const JSON_TYPE = 'application/json';
const PATHS = new Set(['/v1/traces', '/v1/metrics', '/v1/logs']);

/** The media types of exports. */
export const OTLP_MEDIA_TYPES: readonly string[] = [PROTOBUF, JSON_TYPE];

export const isOtlp = (path: string): boolean => PATHS.has(path);

/** The media type of a request and of its answer; empty where it is neither protobuf nor JSON. */
export function typeOf({ headers }: FastifyRequest): string {
  const sent = (headers['content-type'] ?? '').toLowerCase();
  return OTLP_MEDIA_TYPES.find((type) => sent.startsWith(type)) ?? '';
}

/** A partial success. `count` is the field that counts what was rejected, in JSON. */
export type Outcome = { readonly count: string; readonly rejected: number; readonly message: string };

/** Answers in the media type of the request. */
export function answer(reply: FastifyReply, type: string, outcome: Outcome): FastifyReply {
  const { count, rejected, message } = outcome;
  if (type === PROTOBUF) return bytes(reply, 200, partialSuccessMessage(rejected, message));
  const partialSuccess = {
    ...(rejected > 0 ? { [count]: String(rejected) } : {}),
    ...(message === '' ? {} : { errorMessage: message }),
  };
  return json(reply, 200, rejected === 0 && message === '' ? {} : { partialSuccess });
}

/** Values of google.rpc.Code. */
const INVALID_ARGUMENT = 3;
const PERMISSION_DENIED = 7;
export const RESOURCE_EXHAUSTED = 8;
export const UNAVAILABLE = 14;
const UNAUTHENTICATED = 16;

export type Refused = {
  readonly status: number;
  readonly code: number;
  readonly message: string;
  /** The limit that was met, if one was. */
  readonly limit?: unknown;
};

export const refusalOf = ({ status, detail, limit }: Problem): Refused => ({
  status,
  limit,
  code: codeOf(status),
  message: detail,
});

function codeOf(status: number): number {
  if (status === 401) return UNAUTHENTICATED;
  if (status === 403) return PERMISSION_DENIED;
  if (status === 429) return RESOURCE_EXHAUSTED;
  return status >= 500 || status === 408 ? UNAVAILABLE : INVALID_ARGUMENT;
}

export function refuse(
  reply: FastifyReply,
  type: string,
  { status, code, message, limit }: Refused,
): FastifyReply {
  setMetLimit(reply.request.raw, limit);
  if (status === 429 || status === 503) void reply.header('retry-after', '1');
  return type === PROTOBUF
    ? bytes(reply, status, statusMessage(code, message))
    : json(reply, status, { code, message });
}

/** Sends what was refused before a controller saw it. */
export const sendOtlpProblem = (reply: FastifyReply, problem: Problem): FastifyReply =>
  refuse(reply, typeOf(reply.request), refusalOf(problem));

const bytes = (reply: FastifyReply, status: number, content: Uint8Array): FastifyReply =>
  reply.status(status).header('content-type', PROTOBUF).send(Buffer.from(content));

const json = (reply: FastifyReply, status: number, content: object): FastifyReply =>
  reply.status(status).header('content-type', JSON_TYPE).send(JSON.stringify(content));
