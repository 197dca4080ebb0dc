import { Catch, HttpException, Logger } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import { Fault } from '@tributary/kernel';
import type { FastifyReply } from 'fastify';
import { MAX_WIRE_BYTES } from './body.ts';
import { sendProblem } from './problem.ts';
import type { Problem } from './problem.ts';

/** The only place where faults become HTTP answers. GraphQL prints its own errors. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #logger = new Logger('http');

  catch(error: unknown, host: ArgumentsHost) {
    if (host.getType<string>() === 'graphql') throw error;
    const problem = problemOf(error);
    if (problem.status >= 500) this.#logger.error(error);
    return sendProblem(host.switchToHttp().getResponse<FastifyReply>(), problem);
  }
}

function problemOf(error: unknown): Problem {
  if (hasCode(error, 'FST_ERR_CTP_BODY_TOO_LARGE')) {
    const detail = `more than ${MAX_WIRE_BYTES} bytes; send smaller batches`;
    return { status: 413, title: 'body too large', detail, maxBytes: MAX_WIRE_BYTES };
  }
  if (error instanceof HttpException) return { status: error.getStatus(), title: error.name, detail: error.message };
  if (error instanceof Fault && error.code === 'log_write_failed') {
    return { status: 503, title: 'outcome unknown', detail: 'the log could not be written; send the same events again later' };
  }
  if (hasStatus(error)) return { status: error.statusCode, title: 'request refused', detail: String(error.message) };
  return { status: 500, title: 'fault', detail: 'the request failed; the server log says why' };
}

const hasCode = (error: unknown, code: string): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === code;

const hasStatus = (error: unknown): error is { statusCode: number; message: string } =>
  typeof error === 'object' && error !== null && 'statusCode' in error && Number(error.statusCode) < 500;
