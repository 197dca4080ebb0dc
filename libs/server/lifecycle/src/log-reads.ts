import type { ReadRecord } from '@tributary/http';
import type { Log } from '@tributary/telemetry';

/** Writes who read what into the log of a process, one line for each request. */
export const logReads =
  (log: Pick<Log, 'info'>) =>
  ({ key, method, route, operations, status, millis }: ReadRecord): void =>
    /* A field named `key` would be masked. */
    log.info('access.read', { caller: key, method, route, operations, status, millis });
