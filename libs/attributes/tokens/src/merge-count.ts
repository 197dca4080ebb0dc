/** Ranks of tokens by their bytes, each byte a character from 0 to 255. The lowest is merged first. */
export type Ranks = ReadonlyMap<string, number>;

/** Where a pair of neighbours begins, in one number with its rank, so that the smallest number is merged first. */
const POSITIONS = 2 ** 31;

/**
 * How many tokens byte-pair encoding makes of a run of bytes: the pair of neighbours of the lowest rank is merged, the first
 * one of several, until none has a rank. Pairs wait in a heap, so that the work for n bytes grows as n log n: looking for the
 * lowest one anew each time, as libraries do, takes hours for a million times one character.
 */
export function mergeCount(bytes: string, ranks: Ranks, longest: number): number {
  const { length } = bytes;
  /* Where the neighbours of the token at a position begin, and 0 for one that has been merged into the one before it. */
  const next = new Int32Array(length + 1);
  const previous = new Int32Array(length + 1);
  for (let at = 0; at <= length; at += 1) {
    next[at] = at + 1;
    previous[at] = at - 1;
  }
  const rankAt = (at: number): number | undefined => {
    const middle = next[at] ?? length;
    const end = middle < length ? (next[middle] ?? length) : middle;
    return middle >= length || end - at > longest ? undefined : ranks.get(bytes.slice(at, end));
  };
  const waiting = new Heap();
  const wait = (at: number): void => {
    const rank = rankAt(at);
    if (rank !== undefined) waiting.add(rank * POSITIONS + at);
  };
  for (let at = 0; at < length - 1; at += 1) wait(at);
  let count = length;
  for (let lowest = waiting.take(); lowest !== undefined; lowest = waiting.take()) {
    const at = lowest % POSITIONS;
    /* A pair that has another rank by now has changed, and waits with that one. */
    if (next[at] === 0 || rankAt(at) !== (lowest - at) / POSITIONS) continue;
    const middle = next[at] ?? length;
    const end = next[middle] ?? length;
    next[at] = end;
    next[middle] = 0;
    previous[end] = at;
    count -= 1;
    wait(at);
    if (at > 0) wait(previous[at] ?? 0);
  }
  return count;
}

/** Numbers of which the smallest is taken first. */
class Heap {
  readonly #items: number[] = [];

  add(item: number): void {
    const items = this.#items;
    let at = items.length;
    items.push(item);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = items[parent] ?? 0;
      if (above <= item) break;
      items[at] = above;
      at = parent;
    }
    items[at] = item;
  }

  take(): number | undefined {
    const items = this.#items;
    const [smallest] = items;
    const last = items.pop();
    if (items.length > 0 && last !== undefined) this.#sink(last);
    return smallest;
  }

  #sink(item: number): void {
    const items = this.#items;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      if (left >= items.length) break;
      const right = left + 1;
      const child = (items[right] ?? Infinity) < (items[left] ?? 0) ? right : left;
      const below = items[child] ?? 0;
      if (below >= item) break;
      items[at] = below;
      at = child;
    }
    items[at] = item;
  }
}
