import { Fault } from '@tributary/kernel';
import type { DeadLetter } from '../dead-letter.ts';
import type { FoldOutcome } from './fold-record.ts';
import type { ProducerSequence } from './dead-letter-record.ts';

type Waiting = {
  readonly resolve: (deadLetter: DeadLetter) => void;
  readonly reject: (fault: unknown) => void;
};

/** Records of this process that it has not read back from the topic yet. */
export class PendingOutcomes {
  readonly #writer: string;
  readonly #waiting = new Map<number, Waiting>();
  #ended: Fault | undefined;

  constructor(writer: string) {
    this.#writer = writer;
  }

  /**
   * The outcome of a record. Rejects with the fault of its fold, or with `dead_letters_write_failed` after `timeoutMs`
   * milliseconds, or at once with the fault of `end`.
   */
  async outcome({ number }: ProducerSequence, timeoutMs: number): Promise<DeadLetter> {
    if (this.#ended) throw this.#ended;
    const timer = setTimeout(() => this.#take(number)?.reject(late(timeoutMs)), timeoutMs);
    try {
      return await new Promise((resolve, reject) => this.#waiting.set(number, { resolve, reject }));
    } finally {
      clearTimeout(timer);
    }
  }

  readonly settle = (settled: readonly (readonly [ProducerSequence, FoldOutcome])[]): void => {
    for (const [{ writer, number }, outcome] of settled) {
      const waiting = writer === this.#writer ? this.#take(number) : undefined;
      if ('deadLetter' in outcome) waiting?.resolve(outcome.deadLetter);
      else waiting?.reject(outcome.fault);
    }
  };

  /** Rejects the records that could not be written. */
  giveUp(sequences: readonly ProducerSequence[], fault: unknown): void {
    for (const { number } of sequences) this.#take(number)?.reject(fault);
  }

  /** Nothing more is read back. */
  readonly end = (fault: Fault): void => {
    this.#ended ??= fault;
    for (const number of this.#waiting.keys()) this.#take(number)?.reject(fault);
  };

  #take(number: number): Waiting | undefined {
    const waiting = this.#waiting.get(number);
    this.#waiting.delete(number);
    return waiting;
  }
}

const late = (timeoutMs: number): Fault =>
  new Fault(
    'dead_letters_write_failed',
    `the change of a dead letter was written, but not read back from the topic within ${timeoutMs} ms; look at the dead letter before you try again`,
    { retryable: true },
  );
