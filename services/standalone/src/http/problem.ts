import type { FastifyReply } from 'fastify';

/** RFC 9457. `detail` says what is wrong, where, and what to do. */
export type Problem = {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly retryAfter?: number;
} & Record<string, unknown>;

/** `retryAfter` in seconds goes into its header too. */
export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  const { retryAfter } = problem;
  if (typeof retryAfter === 'number') void reply.header('retry-after', String(retryAfter));
  return reply
    .status(problem.status)
    .header('content-type', 'application/problem+json')
    .send(JSON.stringify(problem));
}
