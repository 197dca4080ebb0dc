import { ClickHouseError } from '@clickhouse/client';
import { Fault } from '@tributary/kernel';
import { engineFault } from '../engine-fault.ts';

/** Runs a request; what the server refuses keeps its code, a lost connection may be tried again. */
export async function asked<Result>(subject: string, request: () => Promise<Result>): Promise<Result> {
  try {
    return await request();
  } catch (cause) {
    if (cause instanceof ClickHouseError) throw engineFault(subject, Number(cause.code), cause);
    const reason = cause instanceof Error ? cause.message || cause.name : String(cause);
    throw new Fault('engine_unreachable', `${subject}: no answer from the server (${reason})`, {
      cause,
      retryable: true,
    });
  }
}
