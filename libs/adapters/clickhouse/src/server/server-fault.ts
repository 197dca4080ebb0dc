import { ClickHouseError } from '@clickhouse/client';
import { Fault } from '@tributary/kernel';
import { engineFault } from '../engine-fault.ts';

/** Unknown user, wrong or missing password, refused. */
const CREDENTIALS = new Set([192, 193, 194, 516]);

/** Runs a request; what the server refuses keeps its code, a lost connection may be tried again. */
export async function withServerFaults<Result>(
  subject: string,
  request: () => Promise<Result>,
): Promise<Result> {
  try {
    return await request();
  } catch (cause) {
    throw serverFault(subject, cause);
  }
}

function serverFault(subject: string, cause: unknown): Fault {
  if (cause instanceof Fault) return cause;
  if (cause instanceof ClickHouseError) return refusal(subject, cause);
  const reason = reasonOf(cause);
  return new Fault('engine_unreachable', `${subject}: no answer from the server (${reason})`, {
    cause,
    retryable: true,
  });
}

/** The client takes the code out of the text; with it the text is what the embedded engine says. */
function refusal(subject: string, cause: ClickHouseError): Fault {
  const code = Number(cause.code);
  const text = `Code: ${code}. DB::Exception: ${cause.message.trimEnd()} (${cause.type ?? 'UNKNOWN'})`;
  if (!CREDENTIALS.has(code)) return engineFault(subject, code, new Error(text, { cause }));
  const advice = 'the server refused the credentials: check user name and password';
  return new Fault('credentials_refused', `${subject}: ${advice} (${text})`, { cause });
}

/** An answer that is not the server's own may be a page of a proxy. */
const MAX_REASON = 300;

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  // All addresses of a host failed, and the error itself says nothing.
  if (cause instanceof AggregateError && cause.message === '') return cause.errors.map(reasonOf).join('; ');
  return (cause.message || cause.name).slice(0, MAX_REASON);
}

/** Whether the connection broke, so that asking again at once may find a fresh one. */
export function isBrokenConnection(fault: unknown): boolean {
  if (!(fault instanceof Fault) || fault.code !== 'engine_unreachable') return false;
  const { cause } = fault;
  if (!(cause instanceof Error) || !('code' in cause)) return false;
  return ['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'ERR_STREAM_PREMATURE_CLOSE'].includes(String(cause.code));
}
