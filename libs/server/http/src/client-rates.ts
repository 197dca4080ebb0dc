import { actorOf, RATE_VARIABLES } from '@tributary/capture';
import type { Problem, RequestLimits } from '@tributary/capture';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { networkOf } from './client-network.ts';
import { sendProblem } from './problem.ts';
import { kindOf } from './request-kind.ts';
import type { RequestKind } from './request-kind.ts';

/** A client may send at once what it may send in so many milliseconds. */
const BURST_MS = 10_000;

/** Clients that are remembered. Who is forgotten has a full burst again. */
const MOST_CLIENTS = 10_000;

/**
 * A token bucket for each client, in constant time and bounded memory. What is kept of a client is the time at which its
 * bucket is full again: a request moves it on by the share of a second that it takes.
 */
export class TokenBuckets {
  readonly #millis: number;
  readonly #most: number;
  /** Those that asked longest ago come first. */
  readonly #fullAt = new Map<string, number>();

  constructor(perSecond: number, most = MOST_CLIENTS) {
    this.#millis = 1_000 / perSecond;
    this.#most = most;
  }

  get size(): number {
    return this.#fullAt.size;
  }

  /** Takes a token at `now` (milliseconds that never go back). Returns the milliseconds until there is one, 0 where it was taken. */
  take(client: string, now: number): number {
    const fullAt = Math.max(this.#fullAt.get(client) ?? 0, now);
    const wait = fullAt + this.#millis - now - Math.max(BURST_MS, this.#millis);
    /* A refused client asked too, so that it is not forgotten before others. */
    this.#fullAt.delete(client);
    this.#fullAt.set(client, wait > 0 ? fullAt : fullAt + this.#millis);
    if (this.#fullAt.size > this.#most) this.#forget();
    return Math.max(wait, 0);
  }

  #forget(): void {
    for (const client of this.#fullAt.keys()) return void this.#fullAt.delete(client);
  }
}

type Options = {
  readonly limits: Pick<RequestLimits, 'clientWrites' | 'clientQuestions'>;
  /** Milliseconds that never go back. */
  readonly now?: () => number;
};

/** Refuses the requests of a client that sends more than its rate, before their bodies are read. */
export function limitRates(
  fastify: Pick<FastifyInstance, 'addHook'>,
  { limits, now = () => performance.now() }: Options,
): void {
  const rates = { write: limits.clientWrites, question: limits.clientQuestions };
  if (rates.write === 0 && rates.question === 0) return;
  const buckets = {
    write: new TokenBuckets(rates.write || 1),
    question: new TokenBuckets(rates.question || 1),
  };
  fastify.addHook('onRequest', (request, reply, done) => {
    const kind = kindOf(request);
    if (kind === undefined || rates[kind] === 0) return done();
    const wait = buckets[kind].take(clientOf(request), now());
    if (wait === 0) return done();
    return sendProblem(reply, tooFast(kind, rates[kind], wait));
  });
}

/** The key of a client, or else its network. */
function clientOf({ raw, socket }: FastifyRequest): string {
  const actor = actorOf(raw);
  return actor ? `key ${actor.name}` : networkOf(socket.remoteAddress ?? '');
}

const LIMIT = { write: 'clientWrites', question: 'clientQuestions' } as const;

function tooFast(kind: RequestKind, perSecond: number, wait: number): Problem {
  const what = kind === 'write' ? 'requests that write' : 'requests with questions';
  const variable = RATE_VARIABLES[kind];
  const retryAfter = Math.ceil(wait / 1_000);
  return {
    status: 429,
    title: 'too many requests',
    code: 'client_rate',
    detail: `this client may send ${perSecond} ${what} a second; nothing of this one was done: send it again after ${retryAfter} s, send more in each, or set ${variable} of the server`,
    limit: LIMIT[kind],
    value: perSecond,
    key: variable,
    retryAfter,
  };
}
