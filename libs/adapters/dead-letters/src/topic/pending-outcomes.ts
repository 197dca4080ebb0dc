import { Fault } from '@tributary/kernel';
import type { DeadLetter } from '../dead-letter.ts';
import type { FoldOutcome } from './fold-record.ts';
import type { ProducerSequence } from './dead-letter-record.ts';

type Waiting = { readonly resolve: (letter: DeadLetter) => void; readonly reject: (fault: unknown) => void };

/** Records of this process that have not come back from the topic yet. */
export class PendingOutcomes {
  readonly #writer: string;
  readonly #waiting = new Map<number, Waiting>();

  constructor(writer: string) {
    this.#writer = writer;
  }

  /** What comes of a record. Rejects with what the fold has against it, or `dead_letters_write_failed` after `timeoutMs` ms. */
  async outcome({ number }: ProducerSequence, timeoutMs: number): Promise<DeadLetter> {
    const timer = setTimeout(() => this.#end(number)?.reject(late(timeoutMs)), timeoutMs);
    try {
      return await new Promise((resolve, reject) => this.#waiting.set(number, { resolve, reject }));
    } finally {
      clearTimeout(timer);
    }
  }

  readonly settle = (settled: readonly (readonly [ProducerSequence, FoldOutcome])[]): void => {
    for (const [{ writer, number }, outcome] of settled) {
      const waiting = writer === this.#writer ? this.#end(number) : undefined;
      if ('letter' in outcome) waiting?.resolve(outcome.letter);
      else waiting?.reject(outcome.fault);
    }
  };

  /** Nothing is expected of them any more. */
  giveUp(tickets: readonly ProducerSequence[], fault: unknown): void {
    for (const { number } of tickets) this.#end(number)?.reject(fault);
  }

  close(fault: Fault): void {
    for (const number of this.#waiting.keys()) this.#end(number)?.reject(fault);
  }

  #end(number: number): Waiting | undefined {
    const waiting = this.#waiting.get(number);
    this.#waiting.delete(number);
    return waiting;
  }
}

const late = (timeoutMs: number): Fault =>
  new Fault(
    'dead_letters_write_failed',
    `what was done about a dead letter was written, but did not come back from the topic within ${timeoutMs} ms; look at the letter before trying again`,
    { retryable: true },
  );
