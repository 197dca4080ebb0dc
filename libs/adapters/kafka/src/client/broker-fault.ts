import { Fault, retry, sleep } from '@tributary/kernel';

type BrokerFault =
  | 'broker_unreachable'
  | 'broker_refused'
  | 'clock_wrong'
  | 'topic_missing'
  | 'record_too_large'
  | 'group_busy';

/** The fields of kafkajs's errors. They are read without its classes, because an error may be wrapped several times. */
type ErrorDetails = {
  readonly name: string;
  readonly type: string | undefined;
  readonly code: string | undefined;
  readonly message: string;
  readonly retriable: boolean;
};

const CONNECTION_ERRORS = new Set([
  'KafkaJSConnectionError',
  'KafkaJSConnectionClosedError',
  'KafkaJSRequestTimeoutError',
  'KafkaJSBrokerNotFound',
  'KafkaJSNoBrokerAvailableError',
  'KafkaJSLockTimeout',
  'KafkaJSTimeout',
  'KafkaJSGroupCoordinatorNotFound',
  'KafkaJSMetadataNotLoaded',
  'KafkaJSTopicMetadataNotLoaded',
]);
/** The message of a plain Error of kafkajs: the connection was lost before the broker sent its API versions. */
const NEVER_CONNECTED = 'Broker not connected';
const NETWORK = /^(ECONN|ENOTFOUND|EAI_|ETIMEDOUT|EHOST|ENET|EPIPE)/;

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function detailsOf(error: unknown): ErrorDetails {
  if (!(error instanceof Error)) {
    return { name: 'unknown', type: undefined, code: undefined, message: String(error), retriable: false };
  }
  const wrapped = error.cause instanceof Error && !('type' in error && error.type !== undefined);
  if (wrapped && error.cause !== error) return detailsOf(error.cause);
  return {
    name: error.name,
    type: 'type' in error ? text(error.type) : undefined,
    code: 'code' in error ? text(error.code) : undefined,
    message: error.message,
    retriable: 'retriable' in error && error.retriable === true,
  };
}

/** The protocol's name of an error that the broker answered with; undefined for any other error. */
export const protocolError = (error: unknown): string | undefined => detailsOf(error).type;

/** Whether the connection failed, so that the outcome of the request is unknown. */
export function isConnectionError(error: unknown): boolean {
  const { name, code, type, message } = detailsOf(error);
  if (code !== undefined && !NETWORK.test(code)) return false;
  if (message === NEVER_CONNECTED) return true;
  return type === undefined && (CONNECTION_ERRORS.has(name) || code !== undefined);
}

/** Whether a broker that was connected did not answer in time. */
export const isRequestTimeout = (error: unknown): boolean =>
  detailsOf(error).name === 'KafkaJSRequestTimeoutError';

/**
 * Converts kafkajs's errors to faults: `broker_unreachable` and `topic_missing` (retryable), `record_too_large`,
 * `clock_wrong`, `broker_refused`. A Fault is returned as it is. `doing` says what failed, as "cannot …".
 */
export function brokerFault(error: unknown, doing: string): Fault {
  if (error instanceof Fault) return error;
  const { type, message, retriable } = detailsOf(error);
  const fault = (code: BrokerFault, why: string, retryable = false): Fault =>
    new Fault(code, `${doing}: ${why}`, { retryable, cause: error });
  if (isConnectionError(error)) return fault('broker_unreachable', message, true);
  if (type === 'UNKNOWN_TOPIC_OR_PARTITION') return fault('topic_missing', message, true);
  if (type === 'MESSAGE_TOO_LARGE' || type === 'RECORD_LIST_TOO_LARGE') {
    return fault('record_too_large', 'the broker refuses the batch; raise max.message.bytes of the topic');
  }
  if (type === 'INVALID_TIMESTAMP') {
    return fault(
      'clock_wrong',
      'the broker refuses the time of the records, because the clock of this machine differs from its own by more than the topic allows; set the clock that is wrong, then send the same again',
    );
  }
  if (retriable && type !== undefined) return fault('broker_unreachable', message, true);
  return fault('broker_refused', message);
}

type RequestRetry = {
  /** What failed, for the message of the fault, as "cannot …". */
  readonly doing: string;
  /** Milliseconds over which retryable faults are retried. */
  readonly timeout: number;
  readonly signal?: AbortSignal;
};

/** Sends a request to the brokers until it is answered. Throws the faults of `brokerFault`. */
export function retryRequest<Answer>(
  request: () => Promise<Answer>,
  { doing, timeout, ...rest }: RequestRetry,
): Promise<Answer> {
  const attempt = (): Promise<Answer> =>
    request().catch((error: unknown) => {
      throw brokerFault(error, doing);
    });
  /* By the clock that nobody sets: a correction of the other one would end the retries at once, or make them go on for hours. */
  const now = (): number => performance.now();
  const deadline = { at: now() + timeout, now };
  return retry(attempt, { firstDelay: 50, maxDelay: 1000, deadline, sleep, ...rest });
}
