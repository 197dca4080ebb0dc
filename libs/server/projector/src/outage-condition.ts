import { Fault } from '@tributary/kernel';

const OF_BROKERS: ReadonlySet<string> = new Set(['broker_unreachable', 'broker_refused']);

/** Whether an insert waits for the brokers, which confirm the lease before it is repeated, and not for the engine. */
export const isOfBrokers = (fault: unknown): fault is Fault =>
  fault instanceof Fault && OF_BROKERS.has(fault.code);

/** What `/ready` says while inserts are retried, by the fault of the last attempt and its text. */
export const outageCondition = (
  fault: unknown,
  text: string,
): { readonly code: string; readonly detail: string } =>
  isOfBrokers(fault)
    ? {
        code: fault.code,
        detail: `the brokers do not confirm that this process still has its partition: ${text}; no insert is repeated until they do, and no event is lost`,
      }
    : {
        code: 'clickhouse_unavailable',
        detail: `ClickHouse does not accept rows: ${text}; the projector retries until it does, and no event is lost`,
      };
