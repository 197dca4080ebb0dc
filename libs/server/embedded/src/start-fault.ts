import { join } from 'node:path';
import { Fault } from '@tributary/kernel';
import { faultText } from '@tributary/http';

/** What a damaged directory of tables makes of the start; the log does not need one. */
const TABLES_DAMAGED = new Set(['engine_not_opened', 'engine_refused', 'part_damaged', 'migration_failed']);

/** Says of a fault that prevents the start what to do; returns other errors as they are. */
export function explainStartFault(error: unknown, directory: string, port: number): unknown {
  switch (codeOf(error)) {
    case 'EADDRINUSE':
      return new Fault(
        'port_taken',
        `port ${takenPort(error) ?? port} is taken; choose another one (PORT or --port; METRICS_PORT of the metrics)`,
        { cause: error },
      );
    case 'log_locked':
    case 'directory_in_use':
      return new Fault('directory_in_use', `${directory} is in use: ${faultText(error)}`, { cause: error });
    default:
      return isTablesFault(error) ? withWayOut(error, join(directory, 'tables')) : error;
  }
}

/** There may be two ports. */
const takenPort = (error: unknown): number | undefined =>
  error instanceof Error && 'port' in error && typeof error.port === 'number' ? error.port : undefined;

const isTablesFault = (error: unknown): error is Fault =>
  error instanceof Fault && TABLES_DAMAGED.has(error.code) && !mayPass(error);

/** A full disk, also where it stopped a migration. */
const mayPass = (error: unknown): boolean =>
  error instanceof Fault && (error.retryable || mayPass(error.cause));

const withWayOut = (fault: Fault, tables: string): Fault =>
  new Fault(
    fault.code,
    `the tables cannot be opened: ${fault.message}. If no other process has ${tables} open, delete that directory, and only it: the tables are filled again from the log`,
    { cause: fault },
  );

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;
