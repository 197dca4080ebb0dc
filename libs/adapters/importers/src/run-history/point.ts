/**
 * A value of a metric. `step` is null where the source gives none, `time` is in microseconds since 1970, `at` is the
 * place in the source: a line, a row or a record.
 */
export type Point = {
  readonly key: string;
  readonly step: number | null;
  readonly value: number;
  readonly time?: number | undefined;
  readonly at: number;
};

export type AttemptName = { readonly runId: string; readonly attempt: number };

/** Where points were read: a file by content, and how a span of places in it is written. */
export type PointSource = {
  readonly sha256: string;
  readonly pointer: (first: number, last: number) => string;
};

/** `lines:3-9`, or `lines:3` where it is one. */
export const spanOf =
  (unit: string): PointSource['pointer'] =>
  (first, last) =>
    first === last ? `${unit}:${first}` : `${unit}:${first}-${last}`;

/** RFC 3339 has four digits for a year. */
const YEAR_10000 = 253_402_300_800;

/** Seconds since 1970 in microseconds; undefined where they are no time of a run. */
export const microsOf = (seconds: unknown): number | undefined =>
  typeof seconds === 'number' && seconds > 0 && seconds < YEAR_10000
    ? Math.round(seconds * 1_000_000)
    : undefined;

export const isStep = (step: number | null): step is number =>
  Number.isSafeInteger(step) && (step ?? -1) >= 0;

/** Steps that are missing at the usual distance of a list of ascending steps. */
export type StepGap = { readonly from: number; readonly to: number; readonly missing: number };

/** A distance is usual where it is the most frequent one, the smaller of two alike. */
export function stepGapsIn(steps: readonly number[]): StepGap[] {
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
