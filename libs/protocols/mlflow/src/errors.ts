import { Catch, HttpException, Logger } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import { isInLogAlone, serverFaultText, setMetLimit } from '@tributary/capture';
import type { Problem } from '@tributary/capture';
import { storedOf } from '@tributary/event-log';
import type { Receipt } from '@tributary/event-log';
import { Fault } from '@tributary/kernel';
import type { MetLimit } from '@tributary/kernel';
import type { FastifyReply } from 'fastify';

/** The `error_code` values that MLflow's clients know, with the status that each is sent with. */
const STATUS = {
  INVALID_PARAMETER_VALUE: 400,
  RESOURCE_ALREADY_EXISTS: 400,
  UNAUTHENTICATED: 401,
  PERMISSION_DENIED: 403,
  RESOURCE_DOES_NOT_EXIST: 404,
  ENDPOINT_NOT_FOUND: 404,
  RESOURCE_CONFLICT: 409,
  REQUEST_LIMIT_EXCEEDED: 429,
  INTERNAL_ERROR: 500,
  NOT_IMPLEMENTED: 501,
  TEMPORARILY_UNAVAILABLE: 503,
} as const;

export type MlflowCode = keyof typeof STATUS;

/** A refusal with a code of MLflow's own. */
export class MlflowFault extends Fault<MlflowCode> {}

export const invalid = (message: string, met?: MetLimit): MlflowFault =>
  new MlflowFault('INVALID_PARAMETER_VALUE', message, { ...(met && { met }) });

export const absent = (what: string): MlflowFault =>
  new MlflowFault('RESOURCE_DOES_NOT_EXIST', `${what} does not exist`);

/** Codes of the faults that other packages throw. */
const CODES: ReadonlyMap<string, MlflowCode> = new Map([
  ['filter_invalid', 'INVALID_PARAMETER_VALUE'],
  ['fact_invalid', 'INVALID_PARAMETER_VALUE'],
  ['blob_removed', 'RESOURCE_CONFLICT'],
  ['log_write_failed', 'TEMPORARILY_UNAVAILABLE'],
  ['blob_write_failed', 'TEMPORARILY_UNAVAILABLE'],
  ['log_overdue', 'TEMPORARILY_UNAVAILABLE'],
  ['blobs_overdue', 'TEMPORARILY_UNAVAILABLE'],
  ['blob_unreadable', 'TEMPORARILY_UNAVAILABLE'],
  ['folder_unmarked', 'TEMPORARILY_UNAVAILABLE'],
  ['dead_letters_overdue', 'TEMPORARILY_UNAVAILABLE'],
  ['log_refused', 'TEMPORARILY_UNAVAILABLE'],
  ['log_replaced', 'TEMPORARILY_UNAVAILABLE'],
  ['partition_unavailable', 'TEMPORARILY_UNAVAILABLE'],
  ['record_too_large', 'INVALID_PARAMETER_VALUE'],
  ['tables_behind', 'TEMPORARILY_UNAVAILABLE'],
  ['engine_busy', 'TEMPORARILY_UNAVAILABLE'],
  ['busy', 'TEMPORARILY_UNAVAILABLE'],
  ['query_overdue', 'TEMPORARILY_UNAVAILABLE'],
  ['query_memory', 'TEMPORARILY_UNAVAILABLE'],
  ['question_overdue', 'TEMPORARILY_UNAVAILABLE'],
  /* Nobody reads it. */
  ['client_left', 'TEMPORARILY_UNAVAILABLE'],
  ['projector_older', 'TEMPORARILY_UNAVAILABLE'],
  ['clock_wrong', 'TEMPORARILY_UNAVAILABLE'],
  /* Its clients give up at once on 507, and lose what they were to log. */
  ['disk_low', 'TEMPORARILY_UNAVAILABLE'],
  ['disk_full', 'TEMPORARILY_UNAVAILABLE'],
]);

/** Seconds after which it is worth to ask for a turn again. */
const BUSY_SECONDS = 5;

/** Faults after which it is unknown what of a request is stored, and whose own text says nothing of it. */
const UNKNOWN: ReadonlySet<string> = new Set(['log_write_failed', 'blob_write_failed']);

type ErrorBody = {
  readonly error_code: MlflowCode;
  readonly message: string;
  /** What is in the log of the request all the same; absent where nothing is known to be. */
  readonly stored?: readonly Receipt[];
};

/**
 * Sends faults in the shape that MLflow's clients read. A request is refused as a whole and its sender learns why, so
 * nothing of it becomes a dead letter.
 */
@Catch()
export class MlflowFilter implements ExceptionFilter {
  readonly #logger = new Logger('mlflow');

  catch(error: unknown, host: ArgumentsHost) {
    const body = errorBodyOf(error);
    if (body.error_code === 'INTERNAL_ERROR' || (error instanceof Fault && isInLogAlone(error)))
      this.#logger.error(error);
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (error instanceof Fault) setMetLimit(reply.request.raw, error.met?.limit);
    /* After other faults its clients wait longer each time, which a time of ours would shorten. */
    if (error instanceof Fault && error.code === 'busy') void reply.header('retry-after', BUSY_SECONDS);
    return send(reply, STATUS[body.error_code], body);
  }
}

function errorBodyOf(error: unknown): ErrorBody {
  const known = error instanceof Fault ? codeOfFault(error) : undefined;
  if (error instanceof Fault && known) {
    const stored = storedOf(error);
    return { error_code: known, message: textOf(error), ...(stored.length > 0 && { stored }) };
  }
  if (error instanceof HttpException && error.getStatus() < 500)
    return { error_code: 'INVALID_PARAMETER_VALUE', message: error.message };
  return { error_code: 'INTERNAL_ERROR', message: 'the request failed; the server log says why' };
}

/** One with a part that is stored has the code of the fault that it was. */
function codeOfFault({ code, retryable }: Fault): MlflowCode | undefined {
  /* Its clients repeat what is temporarily unavailable for minutes. */
  if (code === 'query_memory' && !retryable) return 'INVALID_PARAMETER_VALUE';
  return isMlflowCode(code) ? code : CODES.get(code);
}

const isMlflowCode = (code: string): code is MlflowCode => Object.hasOwn(STATUS, code);

function textOf(fault: Fault): string {
  const isOfServer = CODES.get(fault.code) === 'TEMPORARILY_UNAVAILABLE';
  const text = isOfServer ? serverFaultText(fault) : fault.message;
  return UNKNOWN.has(fault.code)
    ? `${text}; it is unknown whether this request is stored: send it again. What it sets or logs is stored once; what it creates may be there twice, because the server chooses ids`
    : text;
}

/** Sends what was refused before a controller saw it. */
export function sendTrackerProblem(reply: FastifyReply, { status, detail }: Problem): FastifyReply {
  return send(reply, status, { error_code: codeOf(status), message: detail });
}

const CODE_BY_STATUS: ReadonlyMap<number, MlflowCode> = new Map([
  [401, 'UNAUTHENTICATED'],
  [403, 'PERMISSION_DENIED'],
  [404, 'ENDPOINT_NOT_FOUND'],
  [408, 'TEMPORARILY_UNAVAILABLE'],
  [429, 'REQUEST_LIMIT_EXCEEDED'],
  [503, 'TEMPORARILY_UNAVAILABLE'],
]);

const codeOf = (status: number): MlflowCode =>
  CODE_BY_STATUS.get(status) ?? (status < 500 ? 'INVALID_PARAMETER_VALUE' : 'INTERNAL_ERROR');

const send = (reply: FastifyReply, status: number, body: ErrorBody): FastifyReply =>
  reply.status(status).header('content-type', 'application/json').send(JSON.stringify(body));
