import { groupBy } from '@tributary/kernel';
import { isWithin, meanComposition, shareOf } from '../composition/composition.ts';
import type { Composition } from '../composition/composition.ts';
import type { FixedBudgetRule } from '../composition/displacement.ts';
import { briefly } from '../controls/briefly.ts';
import { correlationWith } from '../controls/balance.ts';
import { valueOf } from '../controls/differences.ts';
import { candidatesFor, mixturesAround } from '../design/swarm-candidates.ts';
import type { Experiment, Run, ScoredRun } from '../experiment.ts';
import { assignedText, isNear, runsElsewhere } from './recorded-elsewhere.ts';
import { mixturesNotRun, recordedMixtures } from './recorded-mixtures.ts';
import type { RecordedMixtures } from './recorded-mixtures.ts';
import { pearson } from '../numerics/moments.ts';
import { SPARE_MIXTURES } from '../surfaces/response-surface.ts';
import type { Mixtures } from './swarm-contrast.ts';
import type { Swarm } from './swarm.ts';

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

const mixtureText = (mixture: Composition) =>
  Object.entries(mixture)
    .map(([slice, share]) => `${slice} ${percent(share)}`)
    .join(', ');

/** Recorded runs to assign, and mixtures to run. */
type Needed = { readonly recorded: readonly Run[]; readonly mixtures: readonly Composition[] };

const neededText = ({ recorded, mixtures }: Needed, capability: string) =>
  [
    recorded.length === 0 ? '' : assignedText(recorded, capability),
    mixtures.length === 0
      ? ''
      : `Needs a run of each of these mixtures: ${mixtures.map(mixtureText).join('; ')}.`,
  ]
    .filter((text) => text !== '')
    .join(' ');

/**
 * What a surface needs at each end of a contrast. Runs that are recorded and no part of it are assigned, not run again; the
 * end of a training run gives way to a mixture beside it.
 */
function neededAt(ends: readonly Composition[], experiment: Experiment, swarm: Swarm): Needed {
  const elsewhere = runsElsewhere(experiment, swarm);
  const trained = recordedMixtures(swarm.runs, swarm.observations.components);
  const needed = ends.map((end): Needed => {
    const recorded = elsewhere.filter((run) => isNear(run, end));
    if (recorded.length > 0) return { recorded, mixtures: [] };
    return { recorded, mixtures: mixturesNotRun([end], trained, middleOf(swarm)) };
  });
  return {
    recorded: [...new Set(needed.flatMap(({ recorded }) => recorded))],
    mixtures: needed.flatMap(({ mixtures }) => mixtures),
  };
}

/** Distinct mixtures that a surface over the swarm needs beyond those that were run. */
export function missingMixtures({ components, mixtures }: Swarm['observations']): number {
  return Math.max(1, components.length + SPARE_MIXTURES - new Set(mixtures).size);
}

/**
 * The mixtures that make a surface possible, the ends of the contrast first, as `design` names them. Ends that recorded runs
 * have elsewhere are assigned; no other mixture is one that any recorded run has.
 */
export function mixturesForSurface(
  experiment: Experiment,
  swarm: Swarm,
  capability: string,
  mixtures: Mixtures,
): string {
  const { components, mixtures: run } = swarm.observations;
  const around = mixturesAround(swarm.observations, mixtures, Number.POSITIVE_INFINITY);
  const [ends, others] = [around.slice(0, ENDS), around.slice(ENDS)].map((of) =>
    of.map(({ shares }) => shares),
  );
  const at = neededAt(ends!, experiment, swarm);
  const recorded = recordedMixtures(experiment.runs, components);
  const notRun = mixturesNotRun(others!, recorded, middleOf(swarm));
  const count = Math.max(ENDS, missingMixtures(swarm.observations));
  const assigned = ends!.filter((end) => at.recorded.some((one) => isNear(one, end))).length;
  const added = [...at.mixtures, ...notRun].slice(0, count - assigned);
  return (
    `A surface over ${components.length} slices needs ${components.length + SPARE_MIXTURES} distinct mixtures, and ` +
    `${new Set(run).size} were run. ${neededText({ recorded: at.recorded, mixtures: added }, capability)}`
  );
}

/** Mixtures of a contrast. */
const ENDS = 2;

/** The ends of a contrast that lie outside the mixtures that were run: recorded runs to assign, and mixtures as `design` names them. */
export function mixturesForSupport(
  experiment: Experiment,
  swarm: Swarm,
  question: { readonly capability: string; readonly slice: string; readonly rule: FixedBudgetRule },
  mixtures: Mixtures,
): string {
  const candidates = candidatesFor(swarm.observations, swarm.arms, question, mixtures);
  const ends = candidates.filter(({ isOutside }) => isOutside).map(({ shares }) => shares);
  return neededText(neededAt(ends, experiment, swarm), question.capability);
}

const middleOf = ({ runs }: Swarm) => meanComposition(runs.map(({ shares }) => shares));

/** Pairs of runs that are named to separate two things at most. */
const MOST_PAIRS = 200;

/** Association at which added runs have separated two things: a little below what is refused. */
const SEPARATED = 0.94;

/** Fewest pairs of added runs after which the association is low; undefined where `MOST_PAIRS` do not suffice. */
function fewestPairs(associationAfter: (pairs: number) => number): number | undefined {
  for (let pairs = 1; pairs <= MOST_PAIRS; pairs++) if (associationAfter(pairs) < SEPARATED) return pairs;
  return undefined;
}

const repeated = <Value>(values: readonly Value[], times: number): Value[] =>
  Array.from({ length: times }, () => values).flat();

const runsText = (pairs: number | undefined) => {
  if (pairs === undefined) return `more than ${MOST_PAIRS} runs`;
  return pairs === 1 ? 'a run' : `${pairs} runs`;
};

/** Runs at either end that are tried until one is found that was not run. */
const TRIED = 12;

/** The runs with the least and with the largest share of a slice, those at the ends first. */
function endsOf(runs: readonly ScoredRun[], slice: string) {
  const ordered = runs.toSorted((left, right) => shareOf(left.shares, slice) - shareOf(right.shares, slice));
  return { low: ordered.slice(0, TRIED), high: ordered.slice(-TRIED).toReversed() };
}

/** The first that is found of pairs of both lists, the pairs of the earliest first. */
function firstOf<Value, Found>(
  lefts: readonly Value[],
  rights: readonly Value[],
  find: (left: Value, right: Value) => Found | undefined,
): Found | undefined {
  const pairs = lefts.flatMap((left, at) => rights.map((right, other) => ({ left, right, at: at + other })));
  for (const { left, right } of pairs.toSorted((one, next) => one.at - next.at)) {
    const found = find(left, right);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A mixture with the tied slices as in another one and what is left over in proportion; undefined without room for that. */
function withShares(
  { components }: Swarm['observations'],
  slice: string,
  {
    of,
    tied,
    from,
  }: { readonly of: Composition; readonly tied: readonly string[]; readonly from: Composition },
): Composition | undefined {
  const isTied = (leaf: string) => tied.includes(leaf);
  const rest = components.filter((leaf) => !isTied(leaf) && !isWithin(leaf, slice));
  const fixed = components
    .filter((leaf) => !rest.includes(leaf))
    .map((leaf) => [leaf, shareOf(isTied(leaf) ? from : of, leaf)] as const);
  const left = 1 - fixed.reduce((sum, [, share]) => sum + share, 0);
  const held = rest.reduce((sum, leaf) => sum + shareOf(of, leaf), 0);
  if (left < 0 || !(held > 0)) return undefined;
  const others = rest.map((leaf) => [leaf, (left * shareOf(of, leaf)) / held] as const);
  return Object.fromEntries([...fixed, ...others]);
}

/**
 * The mixtures that tell a slice from those whose shares move with it: much of the one, little of the others, and reverse;
 * none that one of the `recorded` runs has.
 */
export function mixturesToSeparate(
  { runs, observations }: Swarm,
  slice: string,
  tied: readonly string[],
  recorded: readonly Run[],
): string {
  const { low, high } = endsOf(runs, slice);
  const known = recordedMixtures(recorded, observations.components);
  const cross = (of: ScoredRun, from: ScoredRun) => {
    const mixture = withShares(observations, slice, { of: of.shares, tied, from: from.shares });
    return mixture && !known.has(mixture) ? mixture : undefined;
  };
  const crossed = [firstOf(high, low, cross), firstOf(low, high, cross)].filter(
    (mixture) => mixture !== undefined,
  );
  const sharesOf = (leaf: string, pairs: number) => [
    ...runs.map(({ shares }) => shareOf(shares, leaf)),
    ...repeated(crossed, pairs).map((mixture) => shareOf(mixture, leaf)),
  ];
  const pairs = fewestPairs((added) =>
    tied
      .map((leaf) => pearson(sharesOf(slice, added), sharesOf(leaf, added)))
      .reduce((most, correlation) => Math.max(most, correlation)),
  );
  if (crossed.length === 0) return `Needs mixtures in which ${slice} grows and ${tied.join(', ')} do not.`;
  return `Needs ${runsText(pairs)} of each of these mixtures: ${crossed.map(mixtureText).join('; ')}.`;
}

/** A run to launch: the mixture of a recorded one, with the fact of another one. */
type Crossed = { readonly mixture: ScoredRun; readonly value: string };

/**
 * The runs that tell a slice from a recorded fact that goes along with its share: two mixtures, each with the fact of the
 * other. No `recorded` run has such a mixture with such a fact.
 */
export function runsToSeparate(
  { runs, observations }: Swarm,
  slice: string,
  { field, values }: { readonly field: string; readonly values: readonly (string | null)[] },
  recorded: readonly Run[],
): string {
  const { low, high } = endsOf(runs, slice);
  const valueIn = new Map(runs.map((run, index) => [run, values[index] ?? null]));
  const byValue = groupBy(recorded, (run) => valueOf(run, field));
  const known = new Map<string | null, RecordedMixtures>(
    [...byValue].map(([value, of]) => [value, recordedMixtures(of, observations.components)]),
  );
  const cross = (mixture: ScoredRun, other: ScoredRun): Crossed | undefined => {
    const value = valueIn.get(other) ?? null;
    if (value === null || value === valueIn.get(mixture)) return undefined;
    return known.get(value)?.has(mixture.shares) === true ? undefined : { mixture, value };
  };
  const silent = runs.filter((run) => (valueIn.get(run) ?? null) === null).map(({ runId }) => runId);
  if (silent.length > 0)
    return `Needs ${field} of the runs that do not record it: ${briefly(silent.toSorted())}.`;
  const [above, below] = [firstOf(high, low, cross), firstOf(low, high, cross)];
  if (!above || !below) return `Needs runs in which ${slice} grows and ${field} does not.`;
  const shares = [above, below].map(({ mixture }) => shareOf(mixture.shares, slice));
  const pairs = fewestPairs((added) =>
    correlationWith(
      [...values, ...repeated([above.value, below.value], added)],
      [...runs.map((run) => shareOf(run.shares, slice)), ...repeated(shares, added)],
    ),
  );
  return (
    `Needs ${runsText(pairs)} of the mixture of ${above.mixture.runId} with ${field} ${above.value}, ` +
    `and as many of that of ${below.mixture.runId} with ${field} ${below.value}.`
  );
}
