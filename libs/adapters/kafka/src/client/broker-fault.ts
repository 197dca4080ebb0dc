import { Fault } from '@tributary/kernel';

type BrokerFault =
  'broker_unreachable' | 'broker_refused' | 'topic_missing' | 'record_too_large' | 'group_busy';

/** What kafkajs's errors carry, without their classes: an error may be wrapped more than once. */
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
/** A plain Error of kafkajs, for a broker whose connection was lost before it told its versions. */
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

/** The name that the protocol gives an error, if the broker itself answered with one. */
export const protocolError = (error: unknown): string | undefined => detailsOf(error).type;

/** Whether the connection failed, so that nobody knows what became of the request. */
export function isConnectionError(error: unknown): boolean {
  const { name, code, type, message } = detailsOf(error);
  if (code !== undefined && !NETWORK.test(code)) return false;
  if (message === NEVER_CONNECTED) return true;
  return type === undefined && (CONNECTION_ERRORS.has(name) || code !== undefined);
}

/** Whether the broker took a request and let its time run out. */
export const isRequestTimeout = (error: unknown): boolean =>
  detailsOf(error).name === 'KafkaJSRequestTimeoutError';

/** An error of kafkajs in the words of the log. `doing` says what failed, as "cannot …". */
export function brokerFault(error: unknown, doing: string): Fault {
  if (error instanceof Fault) return error;
  const { type, message, retriable } = detailsOf(error);
  const fault = (code: BrokerFault, why: string, retryable = false): Fault =>
    new Fault(code, `${doing}: ${why}`, { retryable, cause: error });
  if (isConnectionError(error)) return fault('broker_unreachable', message, true);
  if (type === 'UNKNOWN_TOPIC_OR_PARTITION') return fault('topic_missing', message, true);
  if (type === 'MESSAGE_TOO_LARGE' || type === 'RECORD_LIST_TOO_LARGE') {
    return fault('record_too_large', 'the broker refuses it; see max.message.bytes of the topic');
  }
  if (retriable && type !== undefined) return fault('broker_unreachable', message, true);
  return fault('broker_refused', message);
}
