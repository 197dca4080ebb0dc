import { Fault } from '@tributary/kernel';
import type { Receipt } from '../event-log.ts';

/** Why a request was not confirmed by all partitions of its streams, and what of it is in the log all the same. */
export class PartitionFault extends Fault {
  readonly stored: readonly Receipt[];

  constructor(
    code: string,
    message: string,
    options: { retryable?: boolean; cause?: unknown; stored?: readonly Receipt[] } = {},
  ) {
    super(code, message, options);
    this.stored = options.stored ?? [];
  }
}
