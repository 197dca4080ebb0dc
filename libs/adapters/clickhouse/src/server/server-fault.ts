import { ClickHouseError } from '@clickhouse/client';
import { Fault } from '@tributary/kernel';
import { engineFault } from '../engine-fault.ts';
import type { QueryLimits } from '../engine-fault.ts';

/** Codes of unknown users and of wrong or missing passwords. */
const CREDENTIALS = new Set([192, 193, 194, 516]);

/**
 * Runs a request and converts its errors to faults: `engine_unreachable` (retryable), `credentials_refused`, and those of
 * `engineFault`. `limits` are those of the request.
 */
export async function withServerFaults<Result>(
  subject: string,
  request: () => Promise<Result>,
  limits?: QueryLimits,
): Promise<Result> {
  try {
    return await request();
  } catch (cause) {
    throw serverFault(subject, cause, limits);
  }
}

function serverFault(subject: string, cause: unknown, limits: QueryLimits | undefined): Fault {
  if (cause instanceof Fault) return cause;
  if (cause instanceof ClickHouseError) return refusal(subject, cause, limits);
  const reason = reasonOf(cause);
  return new Fault('engine_unreachable', `${subject}: no answer from the server (${reason})`, {
    cause,
    retryable: true,
  });
}

/** The client removes the code from the message. With it the message equals that of the embedded engine. */
function refusal(subject: string, cause: ClickHouseError, limits: QueryLimits | undefined): Fault {
  const code = Number(cause.code);
  const text = `Code: ${code}. DB::Exception: ${cause.message.trimEnd()} (${cause.type ?? 'UNKNOWN'})`;
  if (!CREDENTIALS.has(code)) return engineFault(subject, code, new Error(text, { cause }), limits);
  const advice = 'the server refused the credentials: check the user name and the password';
  return new Fault('credentials_refused', `${subject}: ${advice} (${text})`, { cause });
}

/** Characters. The body may be the page of a proxy. */
const MAX_REASON = 300;

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  // All addresses of a host failed, and the error itself has no message.
  if (cause instanceof AggregateError && cause.message === '') return cause.errors.map(reasonOf).join('; ');
  return (cause.message || cause.name).slice(0, MAX_REASON);
}

/** Whether the connection broke, so that an immediate retry may use a new one. */
export function isBrokenConnection(fault: unknown): boolean {
  if (!(fault instanceof Fault) || fault.code !== 'engine_unreachable') return false;
  const { cause } = fault;
  if (!(cause instanceof Error) || !('code' in cause)) return false;
  return ['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'ERR_STREAM_PREMATURE_CLOSE'].includes(String(cause.code));
}
