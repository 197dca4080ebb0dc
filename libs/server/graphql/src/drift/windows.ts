/** A range of steps; `lastStep` is inclusive. */
export type Steps = { readonly firstStep: number; readonly lastStep: number };

/** Each window costs as much as one question about exposure. */
export const MAX_WINDOWS = 100;

/**
 * Windows of `every` steps from the first step on; one ends before a step of `changes` too. The last one ends with the
 * steps. At most `MAX_WINDOWS` of them.
 */
export function windowsOf(
  { firstStep, lastStep }: Steps,
  every: number,
  changes: readonly number[],
): Steps[] {
  const starts = [...new Set(changes)].filter((step) => step > firstStep && step <= lastStep);
  const ascending = starts.toSorted((left, right) => left - right);
  const windows: Steps[] = [];
  let next = 0;
  for (let from = firstStep; from <= lastStep && windows.length < MAX_WINDOWS;) {
    const beforeNext = from + every - ((from - firstStep) % every) - 1;
    const end = Math.min(beforeNext, (ascending[next] ?? Infinity) - 1, lastStep);
    windows.push({ firstStep: from, lastStep: end });
    from = end + 1;
    if (ascending[next] === from) next += 1;
  }
  return windows;
}
