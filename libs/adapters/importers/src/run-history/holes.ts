/** Steps that are missing at the usual distance of a list of ascending steps. */
export type Hole = { readonly from: number; readonly to: number; readonly missing: number };

/** A distance is usual where it is the most frequent one, the smaller of two alike. */
export function holesIn(steps: readonly number[]): Hole[] {
  const times = new Map<number, number>();
  const distances = steps.slice(1).map((step, index) => step - (steps[index] ?? step));
  for (const distance of distances) times.set(distance, (times.get(distance) ?? 0) + 1);
  const ranked = [...times].toSorted(([left, many], [right, more]) => more - many || left - right);
  const usual = ranked[0]?.[0] ?? 0;
  if (usual <= 0) return [];
  return distances.flatMap((distance, index) => {
    const before = steps[index] ?? 0;
    if (distance < 2 * usual) return [];
    return [
      { from: before + usual, to: before + distance - usual, missing: Math.floor(distance / usual) - 1 },
    ];
  });
}
