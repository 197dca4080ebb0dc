import type { MlflowCode } from '@tributary/capture';
import type { FastifyReply } from 'fastify';
import type { Problem } from './problem.ts';

/** What is refused before a controller sees it, in the shape that the tracker's clients read. They know no 415. */
export function sendTrackerProblem(reply: FastifyReply, { status, detail }: Problem): FastifyReply {
  return reply
    .status(status === 415 ? 400 : status)
    .header('content-type', 'application/json')
    .send(JSON.stringify({ error_code: codeOf(status), message: detail }));
}

const CODES: Readonly<Record<number, MlflowCode>> = {
  404: 'ENDPOINT_NOT_FOUND',
  429: 'REQUEST_LIMIT_EXCEEDED',
  503: 'TEMPORARILY_UNAVAILABLE',
};

const codeOf = (status: number): MlflowCode =>
  CODES[status] ?? (status < 500 ? 'INVALID_PARAMETER_VALUE' : 'INTERNAL_ERROR');
