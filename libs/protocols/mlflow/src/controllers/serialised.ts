import { currentSignal } from '@tributary/kernel';

type Tails = Map<string, Promise<unknown>>;

/**
 * Runs work of one name one after the other, in the order in which it comes: what is known to the tables alone cannot
 * conflict in the log. Work for which nobody waits any more (`currentSignal`) when its turn comes is not begun, and rejects
 * with the reason. `tails` holds the last work of each name that has some.
 */
export function serialised(tails: Tails = new Map()) {
  return <Result>(name: string, work: () => Promise<Result>): Promise<Result> => {
    const signal = currentSignal();
    const next = (tails.get(name) ?? Promise.resolve()).then(() => {
      signal?.throwIfAborted();
      return work();
    });
    const tail = next
      .catch(() => undefined)
      .then(() => {
        if (tails.get(name) === tail) tails.delete(name);
      });
    tails.set(name, tail);
    return next;
  };
}
