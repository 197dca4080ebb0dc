import { groupBy } from '@tributary/kernel';
import { meanComposition } from '../composition/composition.ts';
import type { Arm, Design } from '../experiment.ts';
import { mean } from '../numerics/moments.ts';
import { armNames } from './arm-names.ts';
import { leftOut, unusable } from './left-out.ts';
import type { LeftOut, LeftOutReason } from './left-out.ts';
import { byMixture } from './mixtures.ts';
import { observedSets } from './observed-sets.ts';
import { pairsAmong } from './pairs.ts';
import type { FoundMixture, FoundPair } from './pairs.ts';
import { exposureKey, factsKey, groupName } from './recorded-run.ts';
import type { RecordedRun } from './recorded-run.ts';
import { whyFound } from './why.ts';
import type { WhyFound } from './why.ts';

/** Runs that agree in everything but their mixture and what may differ, as the arms of an experiment. */
export type FoundExperiment = {
  readonly name: string;
  readonly arms: readonly Arm[];
  /** The arm of each of its runs, by run id. */
  readonly armOf: ReadonlyMap<string, string>;
  /** Slices that its runs consumed. */
  readonly slices: readonly string[];
  readonly why: WhyFound;
};

export type Discovery = {
  readonly found: readonly FoundExperiment[];
  /** Sets of all runs that differ in more than their mixtures, those of found experiments among them. */
  readonly observed: readonly FoundExperiment[];
  /** Runs that belong to no found experiment, each counted once. */
  readonly leftOut: readonly LeftOut[];
};

/** Mixtures beyond the number of slices from which a set can have a response surface. */
const BEYOND_SLICES = 2;

/**
 * Finds experiments among runs that none was assigned to: groups of completed runs with exposure and scores that agree in
 * every recorded fact except what may differ, by a key and not by comparing each two. Mixtures that differ from another one
 * by one slice under a displacement rule alone are arms of a controlled ablation. The other ones are an observational set
 * if they are at least two more than slices. Among that many, mixtures of a single run form no pairs: some pair of many
 * random mixtures fits by chance. Neither order nor number of the runs changes a name. In order of the names. `observedSets`
 * says what is found among runs that do not agree.
 */
export function findExperiments(runs: readonly RecordedRun[]): Discovery {
  const reasons = new Map<RecordedRun, LeftOutReason>();
  const found: FoundExperiment[] = [];
  const groups: (readonly RecordedRun[])[] = [];
  for (const [facts, alike] of groupBy(runs, factsKey)) {
    const usable = alike.filter((run) => {
      const reason = unusable(run);
      if (reason) reasons.set(run, reason);
      return reason === undefined;
    });
    for (const [exposure, members] of groupBy(usable, exposureKey)) {
      groups.push(members);
      const group = groupOf(members);
      for (const [run, reason] of group.without) reasons.set(run, reason);
      if (group.arms.length === 0) continue;
      const name = groupName(facts, exposure, members[0]?.facts?.get('model'));
      found.push(experimentOf(name, group, withoutMembers(alike, members, group)));
    }
  }
  return {
    found: found.toSorted((left, right) => Number(left.name > right.name) - Number(left.name < right.name)),
    observed: observedSets(groups),
    leftOut: leftOut(reasons),
  };
}

type GroupArm = {
  readonly mixture: FoundMixture;
  readonly design: Design;
  readonly runs: readonly RecordedRun[];
};

type Group = {
  readonly arms: readonly GroupArm[];
  readonly pairs: readonly FoundPair[];
  readonly slices: readonly string[];
  readonly without: ReadonlyMap<RecordedRun, LeftOutReason>;
};

/** The arms of runs that agree, and the runs that no contrast needs. */
function groupOf(members: readonly RecordedRun[]): Group {
  const slices = [...new Set(members.flatMap(({ shares }) => Object.keys(shares)))].toSorted();
  const none = (reason: LeftOutReason): Group => ({
    arms: [],
    pairs: [],
    slices,
    without: new Map(members.map((run) => [run, reason])),
  });
  if (members.length < 2) return none('unlike_all');
  const parts = byMixture(members, slices);
  if (parts.length < 2) return none('one_mixture');
  const names = armNames(parts);
  const mixtures = parts.map((part, index) => mixtureOf(names[index]!, part, slices));
  const isMany = (count: number) => count >= slices.length + BEYOND_SLICES;
  const repeated = mixtures.filter((_, index) => parts[index]!.length > 1);
  const pairs = pairsAmong(isMany(mixtures.length) ? repeated : mixtures);
  const paired = new Set(pairs.flatMap(({ more, less }) => [more, less]));
  const isSwarm = isMany(mixtures.length - paired.size);
  const arms: GroupArm[] = [];
  const without = new Map<RecordedRun, LeftOutReason>();
  for (const [index, mixture] of mixtures.entries()) {
    const part = parts[index]!;
    const design = paired.has(mixture.arm) ? 'controlled_ablation' : 'observational';
    if (design === 'observational' && !isSwarm) for (const run of part) without.set(run, 'no_contrast');
    else arms.push({ mixture, design, runs: part });
  }
  return { arms, pairs, slices, without };
}

function mixtureOf(arm: string, runs: readonly RecordedRun[], slices: readonly string[]): FoundMixture {
  const none = Object.fromEntries(slices.map((slice) => [slice, 0]));
  return {
    arm,
    shares: meanComposition(runs.map(({ shares }) => ({ ...none, ...shares }))),
    total: mean(runs.map(({ total }) => total)),
    seeds: new Set(runs.flatMap(({ seed }) => seed ?? [])),
  };
}

/** Why runs that agree with the members in every recorded fact are left out of their experiment. */
function withoutMembers(
  alike: readonly RecordedRun[],
  members: readonly RecordedRun[],
  { without }: Group,
): ReadonlyMap<RecordedRun, LeftOutReason> {
  const known = new Set(members);
  const others = alike.filter((run) => !known.has(run));
  return new Map([...without, ...others.map((run) => [run, unusable(run) ?? 'other_exposure'] as const)]);
}

function experimentOf(
  name: string,
  { arms, pairs, slices }: Group,
  without: ReadonlyMap<RecordedRun, LeftOutReason>,
): FoundExperiment {
  const runs = arms.flatMap((arm) => arm.runs);
  return {
    name,
    arms: arms.map(({ mixture, design }) => armOf(mixture.arm, design)),
    armOf: new Map(arms.flatMap(({ mixture, runs: of }) => of.map(({ runId }) => [runId, mixture.arm]))),
    slices,
    why: whyFound({
      runs,
      slices,
      pairs,
      designs: arms.map(({ design }) => design),
      leftOut: leftOut(without),
    }),
  };
}

const armOf = (arm: string, design: Design): Arm => ({
  arm,
  mixtureId: arm,
  design,
  assignment: 'unknown',
  control: false,
  role: 'train',
});
