import { currentSignal } from './cancellation.ts';

/**
 * Long work on the event loop is done in pieces, and between two pieces the loop serves what has come meanwhile. Whoever
 * wants another piece waits here: one piece is done each time around the loop, however many wait, so that a hundred long
 * lists hold a short request up for no longer than one does.
 */
const waiting: (() => void)[] = [];

/** Resolves when the event loop has served what had come, and those who wait already have had their turn. */
export const nextTurn = (): Promise<void> =>
  new Promise((resolve) => {
    if (waiting.push(resolve) === 1) setImmediate(serve);
  });

/**
 * The same for work that only makes an answer: rejects with the reason of the current signal where nobody waits for it any
 * more. What records or is shared goes on for others, and waits for `nextTurn`.
 */
export async function answersTurn(): Promise<void> {
  await nextTurn();
  currentSignal()?.throwIfAborted();
}

function serve(): void {
  const next = waiting.shift();
  if (waiting.length > 0) setImmediate(serve);
  next?.();
}

/**
 * Counts work on the event loop: after `units` of it the answer is a promise of the next turn, which is to be awaited.
 * Else it is undefined, and nothing has to be awaited.
 */
export function pace(units: number, turn = nextTurn): (done?: number) => Promise<void> | undefined {
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

/** Items compared before others have their turn. */
const COMPARED_IN_A_TURN = 2_000;

/** As `toSorted`, in turns: equal items keep their order. */
export async function sortedInTurns<Item>(
  items: readonly Item[],
  compare: (left: Item, right: Item) => number,
): Promise<Item[]> {
  let runs: Item[][] = [];
  for (let from = 0; from < items.length; from += COMPARED_IN_A_TURN) {
    if (from > 0) await nextTurn();
    runs.push(items.slice(from, from + COMPARED_IN_A_TURN).sort(compare));
  }
  while (runs.length > 1) {
    const merged: Item[][] = [];
    for (let at = 0; at < runs.length; at += 2)
      merged.push(await merge(runs[at] ?? [], runs[at + 1] ?? [], compare));
    runs = merged;
  }
  return runs[0] ?? [];
}

async function merge<Item>(
  left: readonly Item[],
  right: readonly Item[],
  compare: (left: Item, right: Item) => number,
): Promise<Item[]> {
  const merged: Item[] = [];
  const paced = pace(COMPARED_IN_A_TURN);
  let [atLeft, atRight] = [0, 0];
  while (atLeft < left.length || atRight < right.length) {
    const [first, second] = [left[atLeft], right[atRight]];
    const takesLeft =
      atRight >= right.length ||
      (atLeft < left.length && first !== undefined && second !== undefined && compare(first, second) <= 0);
    const taken = takesLeft ? first : second;
    if (takesLeft) atLeft += 1;
    else atRight += 1;
    if (taken !== undefined) merged.push(taken);
    const turn = paced();
    if (turn) await turn;
  }
  return merged;
}
