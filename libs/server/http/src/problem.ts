import type { FastifyReply } from 'fastify';
import { isTracker } from './mlflow-paths.ts';
import { sendTrackerProblem } from './mlflow-problem.ts';
import { isOtlp, refusalOf, refuse, typeOf } from './otlp-wire.ts';

/** RFC 9457. `detail` says what is wrong, where, and what to do. */
export type Problem = {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly retryAfter?: number;
} & Record<string, unknown>;

/** In the shape that clients of the path read; elsewhere RFC 9457's. `retryAfter` in seconds goes into its header too. */
export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  const { retryAfter } = problem;
  if (typeof retryAfter === 'number') void reply.header('retry-after', String(retryAfter));
  const path = reply.request.url.split('?')[0] ?? '';
  if (isTracker(path)) return sendTrackerProblem(reply, problem);
  if (isOtlp(path)) return refuse(reply, typeOf(reply.request), refusalOf(problem));
  return reply
    .status(problem.status)
    .header('content-type', 'application/problem+json')
    .send(JSON.stringify(problem));
}
