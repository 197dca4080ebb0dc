/** Amounts by group in a range of steps. */
export type StepShares = {
  readonly firstStep: number;
  readonly lastStep: number;
  readonly amounts: ReadonlyMap<string, number>;
};

/** At most so many ranges have a column of their own. */
export const MAX_COLUMNS = 200;

/** At most `most` ranges: neighbours are added up, equally many each. `each` says how many. */
export function binned(
  ranges: readonly StepShares[],
  most = MAX_COLUMNS,
): { readonly columns: StepShares[]; readonly each: number } {
  const each = Math.max(1, Math.ceil(ranges.length / most));
  const columns: StepShares[] = [];
  for (let from = 0; from < ranges.length; from += each) {
    const neighbours = ranges.slice(from, from + each);
    const [first, last] = [neighbours[0], neighbours.at(-1)];
    if (!first || !last) continue;
    columns.push({ firstStep: first.firstStep, lastStep: last.lastStep, amounts: summed(neighbours) });
  }
  return { columns, each };
}

/** Ranges from the first step on, each with everything before it. */
export function cumulative(ranges: readonly StepShares[]): StepShares[] {
  const amounts = new Map<string, number>();
  return ranges.map((range) => {
    addTo(amounts, range.amounts);
    return { ...range, amounts: new Map(amounts) };
  });
}

/** Everything in ranges together. */
export function summed(ranges: readonly StepShares[]): Map<string, number> {
  const amounts = new Map<string, number>();
  for (const range of ranges) addTo(amounts, range.amounts);
  return amounts;
}

function addTo(sums: Map<string, number>, amounts: ReadonlyMap<string, number>): void {
  for (const [group, amount] of amounts) sums.set(group, (sums.get(group) ?? 0) + amount);
}

/** The groups that are drawn, largest first, and how many others are drawn as one. */
export function largest(
  ranges: readonly StepShares[],
  most: number,
): { readonly groups: string[]; readonly others: number } {
  const sums = [...summed(ranges)].toSorted(([one, left], [other, right]) =>
    left === right ? compared(one, other) : right - left,
  );
  const kept = sums.length > most ? most - 1 : most;
  return { groups: sums.slice(0, kept).map(([group]) => group), others: Math.max(0, sums.length - kept) };
}

const compared = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

/**
 * Where the bands of a column begin and end, in hundredths of a pixel from its top: those of the groups in order, then
 * that of all others. They fill the column exactly; undefined where nothing was consumed.
 */
export function bands(
  amounts: ReadonlyMap<string, number>,
  groups: readonly string[],
  height: number,
): readonly number[] | undefined {
  const total = [...amounts.values()].reduce((sum, amount) => sum + amount, 0);
  if (!(total > 0)) return undefined;
  const whole = Math.round(height * 100);
  let before = 0;
  const ends = groups.map((group) => {
    before += amounts.get(group) ?? 0;
    return Math.min(whole, Math.round((before / total) * whole));
  });
  return [0, ...ends, whole];
}
