import { retryOf, sendProblem as sendPlainProblem, setMetLimit } from '@tributary/capture';
import type { Problem } from '@tributary/capture';
import { isTracker, sendTrackerProblem } from '@tributary/mlflow';
import { isOtlp, sendOtlpProblem } from '@tributary/otlp';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Sends a problem in the shape that clients of the request's path read: MLflow's, OTLP's, GraphQL's, or RFC 9457's. */
export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  const path = pathOf(reply.request);
  const { retryAfter } = problem;
  setMetLimit(reply.request.raw, problem['limit']);
  if (typeof retryAfter === 'number') void reply.header('retry-after', String(retryAfter));
  if (path === '/graphql' && BEFORE_PARSING.has(problem.code)) return sendGraphqlProblem(reply, problem);
  if (!isTracker(path) && !isOtlp(path)) return sendPlainProblem(reply, problem);
  return isTracker(path) ? sendTrackerProblem(reply, problem) : sendOtlpProblem(reply, problem);
}

const BEFORE_PARSING: ReadonlySet<unknown> = new Set([
  'credential_missing',
  'credential_invalid',
  'scope_missing',
  'client_rate',
  'request_overdue',
  'too_deep',
  'too_many_keys',
]);

/** A refusal before the document was parsed, as GraphQL over HTTP answers it. */
function sendGraphqlProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  const { status, detail, code, retryAfter, limit, value, key } = problem;
  const extensions = { code, retryAfter, limit, value, key, ...retryOf(problem) };
  const errors = [{ message: detail, extensions }];
  return reply.status(status).header('content-type', 'application/json').send(JSON.stringify({ errors }));
}

/** The path of a request, without its query. */
export const pathOf = ({ url }: Pick<FastifyRequest, 'url'>): string => url.split('?', 1)[0] ?? '';

/** Whether a request announces a body. */
export const hasBody = ({ headers }: Pick<FastifyRequest, 'headers'>): boolean =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';

/** The message of an error, for problems, readiness conditions and logs. */
export const faultText = (fault: unknown): string =>
  fault instanceof Error ? fault.message : 'an unknown fault';
