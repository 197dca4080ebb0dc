import { isConsumption } from './neighbours.ts';
import type { WalkedEdge } from './neighbours.ts';
import type { Way } from './queries.ts';

/**
 * Steps of runs that a walk may pass. A checkpoint of step 350 holds nothing that its run consumed at step 700: a walk down
 * leaves a run only at or after the step at which it came in, a walk up only towards what was consumed by the step from
 * which it came.
 */
export type StepBounds = {
  /** Whether the walk may follow the edge from its near end. */
  allows(edge: WalkedEdge): boolean;
  /** Notes that the walk followed the edge. True where the far end can now be left by more edges than before. */
  follow(edge: WalkedEdge): boolean;
};

export function stepBounds(way: Way): StepBounds {
  const bounds = new Map<string, number>();
  return way === 'down' ? downBounds(bounds) : upBounds(bounds);
}

/** Bounds that hold nothing back: a walk in both directions looks for neighbours, not for what can have an effect. */
export const noBounds: StepBounds = { allows: () => true, follow: () => false };

/** Before every step: what a run begins with is in all that it makes. */
const BEGINNING = -Infinity;

/** The first step at which a run consumed what the edge comes from; the beginning for any other edge. */
const firstStepOf = (edge: WalkedEdge): number =>
  isConsumption(edge) && !edge.isApart
    ? edge.consumed.reduce((least, { firstStep }) => Math.min(least, firstStep), Infinity)
    : BEGINNING;

/** The last step of the source that can be in the target: of a run, no step that counts where the target was made apart. */
function lastStepOf(edge: WalkedEdge): number {
  if (isConsumption(edge)) return Infinity;
  return edge.isApart ? BEGINNING : (edge.step ?? Infinity);
}

/** Tells whether data that came in over an edge can leave over another one. */
export function followersOf(edge: WalkedEdge): (next: WalkedEdge) => boolean {
  const first = firstStepOf(edge);
  return (next) => first <= lastStepOf(next);
}

const downBounds = (earliest: Map<string, number>): StepBounds => ({
  allows: (edge) => (earliest.get(edge.source) ?? BEGINNING) <= lastStepOf(edge),
  follow: (edge) => {
    const before = earliest.get(edge.target) ?? Infinity;
    const now = Math.min(before, firstStepOf(edge));
    earliest.set(edge.target, now);
    return now < before;
  },
});

const upBounds = (latest: Map<string, number>): StepBounds => ({
  allows: (edge) => firstStepOf(edge) <= (latest.get(edge.target) ?? Infinity),
  follow: (edge) => {
    const before = latest.get(edge.source) ?? -Infinity;
    const now = Math.max(before, Math.min(lastStepOf(edge), forked(edge, latest)));
    latest.set(edge.source, now);
    return now > before;
  },
});

/** A fork has the steps of its parent: only those up to the step that the walk comes from. */
const forked = ({ kind, target }: WalkedEdge, latest: ReadonlyMap<string, number>): number =>
  kind === 'forked_from' ? (latest.get(target) ?? Infinity) : Infinity;
