import { STATUS_CODES } from 'node:http';
import { Catch, HttpException, Logger } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import { serverFaultText, tooLarge } from '@tributary/capture';
import type { BodyLimits, Problem } from '@tributary/capture';
import { Fault } from '@tributary/kernel';
import type { FastifyReply } from 'fastify';
import { BodyRefused } from './request-bodies.ts';
import { sendProblem } from './problem.ts';

/** The only place that turns faults into HTTP answers. GraphQL reports its own errors. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #logger = new Logger('http');
  readonly #limits: Limits;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  catch(error: unknown, host: ArgumentsHost) {
    if (host.getType<string>() === 'graphql') throw error;
    const problem = problemOf(error, this.#limits);
    /* A full disk refuses every request, and `/ready` says so. */
    if (problem.status >= 500 && problem.status !== 507) this.#logger.error(error);
    return sendProblem(host.switchToHttp().getResponse<FastifyReply>(), problem);
  }
}

type Limits = Pick<BodyLimits, 'wireBytes'>;

function problemOf(error: unknown, limits: Limits): Problem {
  if (error instanceof BodyRefused) return error.problem;
  if (error instanceof HttpException) return refusalOf(error.getStatus(), error.message, limits);
  if (error instanceof Fault) {
    const known = knownProblem(error);
    if (known) {
      const detail = known.detail || serverFaultText(error);
      return { ...known, code: error.code, detail, ...error.met, ...storedWith(error) };
    }
  }
  if (hasStatus(error)) return refusalOf(error.statusCode, String(error.message), limits);
  return { status: 500, title: 'fault', detail: 'the request failed; the log of the server says why' };
}

/** Where others use the memory of the engine too, the same query may be answered later. */
const knownProblem = ({ code, retryable }: Fault): Problem | undefined =>
  code === 'query_memory' && retryable ? MEMORY_IN_USE : FAULTS.get(code);

/** What is in the log of a request all the same. */
const storedWith = (fault: Fault): Partial<Problem> =>
  'stored' in fault && Array.isArray(fault.stored) && fault.stored.length > 0 ? { stored: fault.stored } : {};

const unknown = (what: string): Problem => ({
  status: 503,
  title: 'outcome unknown',
  detail: `${what} could not be written, so it is unknown whether the events of this request are stored; send the same events again later, with the same ids: none is stored twice`,
});

/** Seconds after which it is worth looking whether there is room. */
const ROOM_AFTER = 30;

const MEMORY_IN_USE: Problem = { status: 503, title: 'too much memory', detail: '', retryAfter: 5 };

const NO_ROOM: Problem = {
  status: 507,
  title: 'insufficient storage',
  detail: '',
  retryAfter: ROOM_AFTER,
};

/** Faults that clients can act on, by their codes. An empty detail is replaced by what callers read of the fault. */
export const FAULTS: ReadonlyMap<string, Problem> = new Map(
  Object.entries<Problem>({
    log_write_failed: unknown('the log'),
    blob_write_failed: unknown('the data of a long event'),
    dead_letters_write_failed: unknown('the dead letters'),
    dead_letters_missing: { status: 503, title: 'dead letters missing', detail: '' },
    dead_letters_replaced: { status: 503, title: 'dead letters replaced', detail: '', retryAfter: 30 },
    dead_letters_taken: { status: 503, title: 'dead letters taken', detail: '' },
    log_taken: { status: 503, title: 'log taken', detail: '' },
    log_replaced: { status: 503, title: 'log replaced', detail: '', retryAfter: 30 },
    log_refused: { status: 503, title: 'record refused', detail: '', retryAfter: 30 },
    log_overdue: { status: 503, title: 'outcome unknown', detail: '', retryAfter: 1 },
    blobs_overdue: { status: 503, title: 'outcome unknown', detail: '', retryAfter: 1 },
    blob_unreadable: { status: 503, title: 'disk fault', detail: '', retryAfter: 30 },
    folder_unmarked: { status: 503, title: 'disk fault', detail: '', retryAfter: 30 },
    dead_letters_overdue: { status: 503, title: 'outcome unknown', detail: '', retryAfter: 1 },
    partition_unavailable: {
      status: 503,
      title: 'partition unavailable',
      detail: '',
      retryAfter: 5,
    },
    record_too_large: { status: 413, title: 'event too large', detail: '' },
    clock_wrong: { status: 503, title: 'clock wrong', detail: '', retryAfter: 30 },
    projector_older: { status: 503, title: 'upgrade order', detail: '', retryAfter: 5 },
    disk_low: NO_ROOM,
    disk_full: NO_ROOM,
    engine_busy: { status: 503, title: 'engine busy', detail: '', retryAfter: 5 },
    query_memory: { status: 422, title: 'too much memory', detail: '' },
    query_overdue: { status: 503, title: 'query overdue', detail: '', retryAfter: 5 },
    estimate_overdue: {
      status: 503,
      title: 'estimate overdue',
      detail: '',
      retryAfter: 30,
    },
    estimate_memory: { status: 422, title: 'too much memory', detail: '' },
    busy: { status: 503, title: 'busy', detail: '', retryAfter: 5 },
    client_left: { status: 499, title: 'client left', detail: '' },
    question_overdue: {
      status: 503,
      title: 'question overdue',
      detail: '',
      retryAfter: 30,
    },
    reader_failed: { status: 503, title: 'body not read', detail: '', retryAfter: 5 },
    tables_behind: { status: 503, title: 'tables behind', detail: '', retryAfter: 5 },
    dead_letters_full: { status: 507, title: 'no disk space for dead letters', detail: '' },
    blob_removed: { status: 410, title: 'removed', detail: '' },
    blob_mismatch: { status: 422, title: 'other content', detail: '' },
  }),
);

/** What the framework refuses before a controller sees it, with what to do where that is known. */
function refusalOf(status: number, message: string, { wireBytes }: Limits): Problem {
  if (status === 413) return tooLarge('wireBytes', wireBytes);
  const title = (STATUS_CODES[status] ?? 'request refused').toLowerCase();
  return {
    status,
    title,
    detail: status === 415 ? `${message}; GET /v1/limits lists the supported media types` : message,
  };
}

const hasStatus = (error: unknown): error is { statusCode: number; message: string } =>
  typeof error === 'object' && error !== null && 'statusCode' in error && Number(error.statusCode) < 500;
