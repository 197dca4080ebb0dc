/**
 * A value of a metric. `step` is null if the source states none. `time` is in microseconds since 1970. `at` is the
 * number of the line, row or record in the source.
 */
export type Point = {
  readonly key: string;
  readonly step: number | null;
  readonly value: number;
  readonly time?: number | undefined;
  readonly at: number;
};

export type AttemptName = { readonly runId: string; readonly attempt: number };

/** The source of points: the digest of the file, and how a range of lines, rows or records is written as a pointer. */
export type PointSource = {
  readonly sha256: string;
  readonly pointer: (first: number, last: number) => string;
};

/** Writes a range as `lines:3-9`, or `lines:3` if it is one line. */
export const spanOf =
  (unit: string): PointSource['pointer'] =>
  (first, last) =>
    first === last ? `${unit}:${first}` : `${unit}:${first}-${last}`;

/** Seconds since 1970 in microseconds; undefined where these are no exact numbers: before 1970, and from the year 2255 on. */
export function microsOf(seconds: unknown): number | undefined {
  const micros = typeof seconds === 'number' ? Math.round(seconds * 1_000_000) : NaN;
  return micros > 0 && Number.isSafeInteger(micros) ? micros : undefined;
}

export const isStep = (step: number | null): step is number =>
  Number.isSafeInteger(step) && (step ?? -1) >= 0;

/** Steps that are missing in a list of ascending steps. */
export type StepGap = { readonly from: number; readonly to: number; readonly missing: number };

/**
 * The gaps in ascending steps. The usual distance is the most frequent one, and the smaller one of two that are equally
 * frequent.
 */
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
