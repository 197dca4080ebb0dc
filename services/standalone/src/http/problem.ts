import type { FastifyReply } from 'fastify';

/** RFC 9457. `detail` says what is wrong, where, and what to do. */
export type Problem = { readonly status: number; readonly title: string; readonly detail: string } & Record<
  string,
  unknown
>;

export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply
    .status(problem.status)
    .header('content-type', 'application/problem+json')
    .send(JSON.stringify(problem));
}
