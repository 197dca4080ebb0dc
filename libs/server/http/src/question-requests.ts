import { setMaxListeners } from 'node:events';
import { ANSWERING_LIMITS, ANSWERING_VARIABLES, freeAnswerSlot } from '@tributary/capture';
import type { AnsweringLimits, Problem } from '@tributary/capture';
import { Fault, underSignal } from '@tributary/kernel';
import type { FastifyInstance } from 'fastify';
import { onceEnded } from './once-ended.ts';
import { sendProblem } from './problem.ts';

/** Why a request got no answer: it was not begun, its client has left, or its time has passed. */
type Ending = 'busy' | 'client_left' | 'overdue';

export type QuestionRequests = {
  /** Whether a method and the pattern of a route are of questions, whose work ends with its request. */
  readonly isQuestion: (method: string, route: string) => boolean;
  readonly limits?: Pick<AnsweringLimits, 'questions' | 'timeout'> | undefined;
  readonly ended?: ((ending: Ending) => void) | undefined;
};

/**
 * Bounds the questions that are answered at once, and ends their work (`currentSignal`) when their client closes its
 * connection or their time has passed. Returns how many are answered now.
 */
export function boundQuestions(
  fastify: Pick<FastifyInstance, 'addHook'>,
  { isQuestion, limits = ANSWERING_LIMITS, ended = () => undefined }: QuestionRequests,
): () => number {
  let running = 0;
  /* After the body has been read, because reading it leaves the context of the request. */
  fastify.addHook('preHandler', (request, reply, done) => {
    /* The path of the route: that of the request may be written in other ways. */
    if (!isQuestion(request.method, request.routeOptions.url ?? '')) return done();
    if (running >= limits.questions) {
      ended('busy');
      return sendProblem(reply, busy(limits.questions));
    }
    running += 1;
    const ending = new AbortController();
    /* Each query of the question listens. */
    setMaxListeners(0, ending.signal);
    const end = (how: Ending, why: Fault): void => {
      ended(how);
      ending.abort(why);
    };
    const timer = setTimeout(() => end('overdue', overdue(limits.timeout)), limits.timeout);
    onceEnded(request, reply, () => {
      running -= 1;
      clearTimeout(timer);
      freeAnswerSlot(request.raw);
      if (!reply.raw.writableFinished && !ending.signal.aborted) end('client_left', clientLeft());
    });
    return underSignal(ending.signal, done);
  });
  /* The text of the answer is written; how slowly its client reads it is of no concern to other large answers. */
  fastify.addHook('onSend', (request, _reply, payload, done) => {
    freeAnswerSlot(request.raw);
    done(null, payload);
  });
  return () => running;
}

const clientLeft = (): Fault =>
  new Fault(
    'client_left',
    'the client has closed its connection, so what it asked is not computed any further',
  );

const overdue = (millis: number): Fault =>
  new Fault(
    'question_overdue',
    `not answered within ${millis / 1000} s, so it is not computed any further: ask for less at once, or again when the server has less to do, or set ${ANSWERING_VARIABLES.timeout} of the server`,
    {
      retryable: true,
      met: { limit: 'questionTimeout', value: millis, key: ANSWERING_VARIABLES.timeout },
    },
  );

const RETRY_AFTER = 1;

const busy = (most: number): Problem => ({
  status: 503,
  title: 'busy',
  code: 'busy',
  detail: `the server answers ${most} requests at once; send this one again later, or set ${ANSWERING_VARIABLES.questions} of the server`,
  limit: 'questions',
  value: most,
  key: ANSWERING_VARIABLES.questions,
  retryAfter: RETRY_AFTER,
});
