import { Fault } from '@tributary/kernel';
import type { MetLimit } from '@tributary/kernel';
import type { Receipt } from '../event-log.ts';

/** Why a request was not confirmed by all partitions of its streams, and what of it is in the log all the same. */
export class PartitionFault extends Fault {
  readonly stored: readonly Receipt[];

  constructor(
    code: string,
    message: string,
    options: {
      retryable?: boolean;
      cause?: unknown;
      met?: MetLimit | undefined;
      stored?: readonly Receipt[];
    } = {},
  ) {
    const { met, ...others } = options;
    super(code, message, { ...others, ...(met && { met }) });
    this.stored = options.stored ?? [];
  }
}

/** What is in the log of a request all the same, as its fault says: empty where that is unknown too. */
export const storedOf = (fault: unknown): readonly Receipt[] =>
  fault instanceof PartitionFault ? fault.stored : [];

/** The fault of a request, and what is known to be in the log of it. `text` gets the number of those events. */
export function withStored(
  fault: unknown,
  stored: readonly Receipt[],
  text: (count: number) => string = (count) => `${count} facts of this request are stored all the same`,
): unknown {
  if (!(fault instanceof Fault) || stored.length === 0) return fault;
  const all = [...stored, ...storedOf(fault)];
  return new PartitionFault(fault.code, `${fault.message}; ${text(all.length)}`, {
    retryable: fault.retryable,
    cause: fault,
    met: fault.met,
    stored: all,
  });
}
