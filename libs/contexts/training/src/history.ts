/** A start of a run. Steps are numbered over the whole run. */
export type Attempt = {
  readonly attempt: number;
  /** The attempt that it continues, and the last step of it that counts. */
  readonly resumedFrom?: { readonly attempt: number; readonly step: number };
  /** Whether it goes on from a step of another run. */
  readonly isFork?: boolean;
  /** The first recorded step; absent where none is recorded. */
  readonly firstStep?: number;
};

/**
 * The steps of an attempt that count: those before `endStep`. `isPassed` where the run went through the attempt, if only through
 * its beginning: what it began with is then what the run began with.
 */
export type Segment = { readonly attempt: number; readonly endStep: number; readonly isPassed: boolean };

/** The end of a segment without an end. */
export const OPEN_END = Number.MAX_SAFE_INTEGER;

/**
 * The segments of a run, newest attempt first. An attempt with `resumedFrom` supersedes the steps after that; one without
 * supersedes earlier attempts from its first recorded step on. Attempts that the newest one does not descend from have no
 * segment. Only steps before `end` count.
 */
export function segmentsOf(attempts: readonly Attempt[], end = OPEN_END): Segment[] {
  const segments: Segment[] = [];
  let endStep = end;
  let isRestarted = false;
  for (const next of lineOf(attempts)) {
    segments.push({ attempt: next.attempt, endStep, isPassed: isPassed(next, endStep, isRestarted) });
    isRestarted = startOf(next) <= endStep && next.resumedFrom === undefined;
    endStep = Math.min(endStep, startOf(next));
  }
  return segments;
}

/**
 * Of attempts of which nothing says where they began (`named`), those that the run may have gone through, so that it is not
 * known which steps of earlier ones count: the ones behind the newest attempt, those that it went through, and those between an
 * attempt and the one that it goes on from, unless it began with the first step. The newest first.
 */
export function unplacedIn(
  attempts: readonly Attempt[],
  named: readonly number[],
  end = OPEN_END,
): readonly number[] {
  const waiting = named.toSorted((left, right) => left - right);
  const unplaced: number[] = [];
  let [last, endStep] = [Infinity, end];
  for (const next of [...lineOf(attempts), undefined]) {
    if (endStep <= 1) break;
    while ((waiting.at(-1) ?? -Infinity) > last) waiting.pop();
    while ((waiting.at(-1) ?? -Infinity) >= (next?.attempt ?? 0)) unplaced.push(waiting.pop() ?? 0);
    if (next) [last, endStep] = [parentOf(next), Math.min(endStep, startOf(next))];
  }
  return unplaced;
}

/** The newest attempt, the one that it goes on from, and so on. */
function lineOf(attempts: readonly Attempt[]): readonly Attempt[] {
  const newestFirst = attempts.toSorted((left, right) => right.attempt - left.attempt);
  let last = Infinity;
  return newestFirst.filter((one) => {
    if (one.attempt > last) return false;
    last = parentOf(one);
    return true;
  });
}

/** The first step that an attempt supersedes. */
function startOf({ resumedFrom, firstStep }: Attempt): number {
  if (resumedFrom) return resumedFrom.step + 1;
  return firstStep ?? OPEN_END;
}

/**
 * Whether the run went through an attempt whose steps before `endStep` count. What resumes it goes on from a moment of it; what
 * restarts does so only from a step of it. A fork stays one, because its steps are numbered with those that it inherits.
 */
function isPassed(
  { resumedFrom, isFork, firstStep }: Attempt,
  endStep: number,
  isRestarted: boolean,
): boolean {
  if (isFork === true) return true;
  if (resumedFrom) return resumedFrom.step < endStep;
  return isRestarted ? (firstStep ?? OPEN_END) < endStep : (firstStep ?? 0) <= endStep;
}

/** The resumed attempt, or the one before, or the newest before that. Only an earlier attempt can be resumed. */
const parentOf = ({ attempt, resumedFrom }: Attempt): number =>
  Math.min(resumedFrom?.attempt ?? attempt - 1, attempt - 1);
