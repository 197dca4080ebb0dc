import { groupBy } from '@tributary/kernel';
import type { RowOf } from '@tributary/kernel';
import type { decidedPhases } from './queries.ts';

type DecidedPhase = RowOf<typeof decidedPhases>;

/** A phase of a decision, and the steps in which it holds. */
export type PhaseInForce = DecidedPhase & {
  readonly firstStep: number;
  /** Inclusive; infinite where nothing ends it. */
  readonly lastStep: number;
};

/**
 * The phases of one mixture as they hold, step by step: its decisions replayed, oldest first. A decision holds from the
 * first step of its first phase on; before that the earlier ones hold. A phase holds until the next one begins, or until
 * the step at which its plan ends it. Steps before the first phase, or after the end of the last one, have none.
 */
export function replayed(rows: readonly DecidedPhase[]): PhaseInForce[] {
  const timeline: PhaseInForce[] = [];
  for (const phases of groupBy(rows, ({ decision }) => decision).values()) {
    const [first] = phases;
    if (first) endBefore(timeline, first.from_step);
    for (const phase of stepsOf(phases)) timeline.push(phase);
  }
  return timeline;
}

/** What held from a step on holds no longer. */
function endBefore(timeline: PhaseInForce[], step: number): void {
  while ((timeline.at(-1)?.firstStep ?? -1) >= step) timeline.pop();
  const last = timeline.pop();
  if (last) timeline.push({ ...last, lastStep: Math.min(last.lastStep, step - 1) });
}

/** Of phases that begin at one step the last one holds. They are in order of their first step. */
const stepsOf = (phases: readonly DecidedPhase[]): PhaseInForce[] =>
  phases
    .map((phase, at) => ({
      ...phase,
      firstStep: phase.from_step,
      lastStep: Math.min(phase.ends_at ?? Infinity, (phases[at + 1]?.from_step ?? Infinity) - 1),
    }))
    .filter(({ firstStep, lastStep }) => firstStep <= lastStep);
