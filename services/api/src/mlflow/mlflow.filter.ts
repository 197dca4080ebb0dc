import { Catch, HttpException, Logger } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import { MlflowFault } from '@tributary/capture';
import type { MlflowCode } from '@tributary/capture';
import { Fault } from '@tributary/kernel';
import type { FastifyReply } from 'fastify';

const STATUS: Readonly<Record<MlflowCode, number>> = {
  INVALID_PARAMETER_VALUE: 400,
  RESOURCE_ALREADY_EXISTS: 400,
  RESOURCE_DOES_NOT_EXIST: 404,
  ENDPOINT_NOT_FOUND: 404,
  RESOURCE_CONFLICT: 409,
  REQUEST_LIMIT_EXCEEDED: 429,
  INTERNAL_ERROR: 500,
  TEMPORARILY_UNAVAILABLE: 503,
};

const CODES: Readonly<Record<string, MlflowCode>> = {
  filter_invalid: 'INVALID_PARAMETER_VALUE',
  fact_invalid: 'INVALID_PARAMETER_VALUE',
  RESOURCE_CONFLICT: 'RESOURCE_CONFLICT',
  log_write_failed: 'TEMPORARILY_UNAVAILABLE',
};

type Refusal = { readonly error_code: MlflowCode; readonly message: string };

/**
 * Faults in the shape that the tracker's clients read. A refused request is refused as a whole and its sender is told,
 * so nothing of it becomes a dead letter.
 */
@Catch()
export class MlflowFilter implements ExceptionFilter {
  readonly #logger = new Logger('mlflow');

  catch(error: unknown, host: ArgumentsHost) {
    const refusal = refusalOf(error);
    if (refusal.error_code === 'INTERNAL_ERROR') this.#logger.error(error);
    return host
      .switchToHttp()
      .getResponse<FastifyReply>()
      .status(STATUS[refusal.error_code])
      .header('content-type', 'application/json')
      .send(JSON.stringify(refusal));
  }
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof MlflowFault) return { error_code: error.code, message: error.message };
  const known = error instanceof Fault ? CODES[error.code] : undefined;
  if (error instanceof Fault && known) return { error_code: known, message: error.message };
  if (error instanceof HttpException && error.getStatus() < 500)
    return { error_code: 'INVALID_PARAMETER_VALUE', message: error.message };
  return { error_code: 'INTERNAL_ERROR', message: 'the request failed; the server log says why' };
}
