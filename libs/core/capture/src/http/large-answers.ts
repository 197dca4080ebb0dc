import { currentSignal, pool } from '@tributary/kernel';

/**
 * Large answers that are made at once. Until its text is written such an answer holds its rows, what is made of each of
 * them and the text, some hundred megabytes: fifty at once held gigabytes, and the collector of the heap stopped everybody
 * for a tenth of a second at a time.
 */
const AT_ONCE = 4;
const slots = pool(Array.from({ length: AT_ONCE }, (_, index) => index));

/**
 * Makes a large answer when there is a slot for it, in the order in which they were asked for. Rejects with the reason of
 * the current signal where nobody waits for it any more before that.
 */
export const largeAnswer = <Answer>(make: () => Promise<Answer>): Promise<Answer> =>
  slots.use(make, currentSignal());

const taken = new WeakMap<object, () => void>();

/**
 * Waits for a slot for the answer to a request (`raw` is Node's own), which keeps it until its text is written. It waits no
 * longer than somebody waits for the answer; the questions of the request then say why they are not computed. A request
 * that nobody can end takes none, because nothing would tell when it is over.
 */
export function takeAnswerSlot(raw: object): Promise<void> {
  if (!currentSignal()) return Promise.resolve();
  return new Promise((resolve) => {
    const kept = (): Promise<void> => {
      resolve();
      return new Promise((free) => taken.set(raw, free));
    };
    largeAnswer(kept).catch(() => resolve());
  });
}

/** The text of the answer is written, or nobody waits for it: the next large answer has the slot. */
export function freeAnswerSlot(raw: object): void {
  taken.get(raw)?.();
  taken.delete(raw);
}
