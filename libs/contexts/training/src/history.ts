/** A start of a run, as far as it is known. Steps are numbers of the run. */
export type Attempt = {
  readonly attempt: number;
  /** What it says it continues. */
  readonly resumedFrom?: { readonly attempt: number; readonly step: number };
  /** The first step that it recorded; absent where it recorded none. */
  readonly firstStep?: number;
};

/** Steps of an attempt that count: those before `endStep`. */
export type Segment = { readonly attempt: number; readonly endStep: number };

/** Beyond every step. */
export const OPEN_END = Number.MAX_SAFE_INTEGER;

/**
 * The history of a run as its newest attempt has it, newest first. An attempt that says what it resumed supersedes the
 * steps after that; one that doesn't supersedes earlier attempts from its first recorded step on. Attempts that the
 * newest one does not descend from count nothing.
 */
export function segmentsOf(attempts: readonly Attempt[]): Segment[] {
  const newestFirst = attempts.toSorted((left, right) => right.attempt - left.attempt);
  const segments: Segment[] = [];
  let endStep = OPEN_END;
  let next = newestFirst[0];
  while (next) {
    segments.push({ attempt: next.attempt, endStep });
    endStep = Math.min(endStep, startOf(next));
    next = parentOf(next, newestFirst);
  }
  return segments;
}

/** From here on an attempt replaces what it descends from. */
function startOf({ resumedFrom, firstStep }: Attempt): number {
  if (resumedFrom) return resumedFrom.step + 1;
  return firstStep ?? OPEN_END;
}

/** What it says, or the attempt before it. Only an earlier attempt can be resumed. */
function parentOf({ attempt, resumedFrom }: Attempt, newestFirst: readonly Attempt[]): Attempt | undefined {
  const last = Math.min(resumedFrom?.attempt ?? attempt - 1, attempt - 1);
  return newestFirst.find((candidate) => candidate.attempt <= last);
}
