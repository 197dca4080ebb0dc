/** A start of a run. Steps are numbered over the whole run. */
export type Attempt = {
  readonly attempt: number;
  /** The attempt that it continues, and the last step of it that counts. */
  readonly resumedFrom?: { readonly attempt: number; readonly step: number };
  /** The first recorded step; absent where none is recorded. */
  readonly firstStep?: number;
};

/** The steps of an attempt that count: those before `endStep`. */
export type Segment = { readonly attempt: number; readonly endStep: number };

/** The end of a segment without an end. */
export const OPEN_END = Number.MAX_SAFE_INTEGER;

/**
 * The segments of a run, newest attempt first. An attempt with `resumedFrom` supersedes the steps after that; one without
 * supersedes earlier attempts from its first recorded step on. Attempts that the newest one does not descend from have no
 * segment.
 */
export function segmentsOf(attempts: readonly Attempt[]): Segment[] {
  const newestFirst = attempts.toSorted((left, right) => right.attempt - left.attempt);
  const segments: Segment[] = [];
  let endStep = OPEN_END;
  let at = 0;
  for (let next = newestFirst[at]; next !== undefined; next = newestFirst[at]) {
    segments.push({ attempt: next.attempt, endStep });
    endStep = Math.min(endStep, startOf(next));
    const last = parentOf(next);
    while ((newestFirst[at]?.attempt ?? -Infinity) > last) at += 1;
  }
  return segments;
}

/** The first step that an attempt supersedes. */
function startOf({ resumedFrom, firstStep }: Attempt): number {
  if (resumedFrom) return resumedFrom.step + 1;
  return firstStep ?? OPEN_END;
}

/** The resumed attempt, or the one before, or the newest before that. Only an earlier attempt can be resumed. */
const parentOf = ({ attempt, resumedFrom }: Attempt): number =>
  Math.min(resumedFrom?.attempt ?? attempt - 1, attempt - 1);
