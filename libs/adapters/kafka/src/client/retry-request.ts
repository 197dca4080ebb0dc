import { retry, sleep } from '@tributary/kernel';
import { brokerFault } from './broker-fault.ts';

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
  const deadline = { at: Date.now() + timeout, now: Date.now };
  return retry(attempt, { firstDelay: 50, maxDelay: 1000, deadline, sleep, ...rest });
}
