import { setImmediate as turn } from 'node:timers/promises';

/**
 * Counts work on the event loop: after `units` of it the answer is a promise of the next turn, which is to be awaited, so
 * that others are served meanwhile. Else it is undefined, and nothing has to be awaited.
 */
export function pace(units: number): (done?: number) => Promise<void> | undefined {
  let left = units;
  return (done = 1) => {
    left -= done;
    if (left > 0) return undefined;
    left = units;
    return turn();
  };
}

/** What each item makes, in order, in turns of so many items. */
export async function inTurns<Item, Made>(
  items: Iterable<Item>,
  inATurn: number,
  make: (item: Item, index: number) => Made,
): Promise<Made[]> {
  const made: Made[] = [];
  const paced = pace(inATurn);
  for (const item of items) {
    made.push(make(item, made.length));
    const turn = paced();
    if (turn) await turn;
  }
  return made;
}
