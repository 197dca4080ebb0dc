import { setMetLimit } from './met-limit.ts';

/** A refused request in the terms of RFC 9457. One that met a limit has its name, value and variable (`limit`, `value`, `key`). Callers read its `code`, which is its title where it has none. `detail` says what is wrong, where, and what to do. */
export type Problem = {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  /** Seconds after which the client may send the request again. */
  readonly retryAfter?: number;
} & Record<string, unknown>;

type Reply<Self> = {
  readonly request: { readonly raw: object };
  status(code: number): Self;
  header(name: string, value: string): Self;
  send(body: string): Self;
};

/** The title as a code, for problems that have none of their own. */
const codeOf = (title: string): string => title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_');

/** Sends a problem as `application/problem+json`, with its `retryAfter` in the `Retry-After` header too. */
export function sendProblem<Self extends Reply<Self>>(reply: Self, problem: Problem): Self {
  const { retryAfter } = problem;
  setMetLimit(reply.request.raw, problem['limit']);
  if (typeof retryAfter === 'number') void reply.header('retry-after', String(retryAfter));
  return reply
    .status(problem.status)
    .header('content-type', 'application/problem+json')
    .send(plainProblem(problem));
}

/** The body of `application/problem+json`. */
export const plainProblem = (problem: Problem): string =>
  JSON.stringify({ code: codeOf(problem.title), ...problem, ...retryOf(problem) });

/** Whether the same request may be sent again where it met a limit. */
export const retryOf = ({ limit, retryAfter }: Problem): { readonly retryable?: boolean } =>
  limit === undefined ? {} : { retryable: retryAfter !== undefined };
