import { valueIn } from '@tributary/kernel';
import { close, sharesIn, shareOf } from '../composition/composition.ts';
import type { Composition } from '../composition/composition.ts';
import { displace } from '../composition/displacement.ts';
import type { FixedBudgetRule } from '../composition/displacement.ts';
import { hullDistance } from '../composition/hull.ts';
import type { Arm } from '../experiment.ts';
import { clusters } from '../surfaces/surface.ts';
import type { Observations } from '../surfaces/surface.ts';
import type { Mixtures } from '../swarm/swarm-contrast.ts';
import { HULL_TOLERANCE } from '../swarm/swarm-checks.ts';

/** A mixture that further runs of a swarm may have. */
export type Candidate = {
  readonly shares: Composition;
  readonly point: Float64Array;
  /** The arm that it is assigned to; undefined for a new mixture. */
  readonly arm: Arm | undefined;
  /** Whether that arm has scored runs. */
  readonly isRun: boolean;
  /** Whether it is an end of the contrast outside the mixtures that were run. */
  readonly isOutside: boolean;
};

/** Doses between the ends of the contrast, as parts of it, and one beyond the larger. */
const DOSES = [0.25, 0.5, 0.75, 1.5];

/** Largest share of a slice in a candidate. */
const MOST_SHARE = 0.9;

/** Recorded mixtures that are candidates: those nearest to an end of the contrast. */
const NEAREST = 24;

/**
 * Further mixtures that a swarm could run: the ends of the contrast first, doses on its line, mixtures that were assigned and
 * not run, and recorded mixtures near it. `arms` are those of the swarm.
 */
export function candidatesFor(
  observations: Observations,
  arms: readonly Arm[],
  { slice, rule }: { readonly slice: string; readonly rule: FixedBudgetRule },
  { more, less }: Mixtures,
): Candidate[] {
  const { components, shares } = observations;
  const pointOf = (mixture: Composition) => sharesIn(components, mixture);
  const ends = [less.shares, more.shares].map((mixture): Candidate => {
    const point = pointOf(mixture);
    return {
      shares: mixture,
      point,
      arm: undefined,
      isRun: false,
      isOutside: hullDistance(shares, point) > HULL_TOLERANCE,
    };
  });
  const [low, high] = [shareOf(less.shares, slice), shareOf(more.shares, slice)];
  const doses = DOSES.map((part) => low + part * (high - low)).flatMap((kept): Candidate[] => {
    const mixture = kept <= MOST_SHARE ? displace(more.shares, slice, rule, kept) : undefined;
    if (!mixture || Object.values(mixture).some((share) => share < 0)) return [];
    return [{ shares: mixture, point: pointOf(mixture), arm: undefined, isRun: false, isOutside: false }];
  });
  return [...assigned(observations, arms, [...ends, ...doses]), ...recorded(observations, arms, ends)];
}

/** New mixtures, each as the arm that was assigned such a mixture and has no scored run; other such arms follow them. */
function assigned(
  { components, mixtures }: Observations,
  arms: readonly Arm[],
  candidates: readonly Candidate[],
): Candidate[] {
  const waiting = arms.flatMap((arm): Candidate[] => {
    if (!arm.planned || arm.role !== 'train' || mixtures.includes(arm.mixtureId)) return [];
    const shares = close(arm.planned);
    return [{ shares, point: sharesIn(components, shares), arm, isRun: false, isOutside: false }];
  });
  const taken = new Set<Candidate>();
  const named = candidates.map((candidate) => {
    const same = waiting.find(
      (one) => !taken.has(one) && hullDistance([one.point], candidate.point) < HULL_TOLERANCE,
    );
    if (!same) return candidate;
    taken.add(same);
    return { ...candidate, arm: same.arm, shares: same.shares };
  });
  return [...named, ...waiting.filter((one) => !taken.has(one))];
}

function recorded(observations: Observations, arms: readonly Arm[], ends: readonly Candidate[]): Candidate[] {
  const { components, shares } = observations;
  const { names, of } = clusters(observations);
  const gap = (point: Float64Array) =>
    ends
      .map((end) => end.point.reduce((sum, share, at) => sum + (share - point[at]!) ** 2, 0))
      .reduce((least, distance) => Math.min(least, distance));
  return names
    .flatMap((name, cluster): Candidate[] => {
      const arm = arms.find(({ mixtureId }) => mixtureId === name);
      const row = of.indexOf(cluster);
      const point = shares[row]!;
      const mixture = Object.fromEntries(components.map((leaf, at) => [leaf, point[at]!]));
      return arm ? [{ shares: mixture, point, arm, isRun: true, isOutside: false }] : [];
    })
    .toSorted((left, right) => gap(left.point) - gap(right.point))
    .slice(0, NEAREST);
}

/** Factors by which the share of one slice changes in a mixture that surrounds another one. */
const FACTORS = [2, 0.5];

/** New mixtures around the larger end of a contrast: each has more or less of one slice, the rest in proportion. */
export function mixturesAround(
  { components }: Observations,
  { more, less }: Mixtures,
  count: number,
): Candidate[] {
  const around = FACTORS.flatMap((factor) =>
    components.flatMap((leaf) => {
      const kept = Math.min(MOST_SHARE, factor * (valueIn(more.shares, leaf) ?? 0));
      const mixture = kept > 0 ? displace(more.shares, leaf, { rule: 'proportional' }, kept) : undefined;
      return mixture ? [mixture] : [];
    }),
  );
  return [less.shares, more.shares, ...around].slice(0, count).map((mixture) => ({
    shares: mixture,
    point: sharesIn(components, mixture),
    arm: undefined,
    isRun: false,
    isOutside: true,
  }));
}
