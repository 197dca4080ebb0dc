import { groupBy } from '@tributary/kernel';
import { isWithin, meanComposition, shareOf } from '../composition/composition.ts';
import type { Composition } from '../composition/composition.ts';
import type { FixedBudgetRule } from '../composition/displacement.ts';
import { correlationWith } from '../controls/balance.ts';
import { valueOf } from '../controls/differences.ts';
import { candidatesFor, mixturesAround } from '../design/swarm-candidates.ts';
import type { Run, ScoredRun } from '../experiment.ts';
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

const listed = (mixtures: readonly Composition[]) =>
  mixtures.length === 0
    ? 'Runs of all mixtures near the ends of the contrast are recorded.'
    : `Needs a run of each of these mixtures: ${mixtures.map(mixtureText).join('; ')}.`;

/** Distinct mixtures that a surface over the swarm needs beyond those that were run. */
export function missingMixtures({ components, mixtures }: Swarm['observations']): number {
  return Math.max(1, components.length + SPARE_MIXTURES - new Set(mixtures).size);
}

/**
 * The mixtures that make a surface possible, the ends of the contrast first, as `design` names them; none that any of the
 * recorded runs has, such as those of a control arm.
 */
export function mixturesForSurface(swarm: Swarm, mixtures: Mixtures, runs: readonly Run[]): string {
  const { components, mixtures: run } = swarm.observations;
  const recorded = recordedMixtures(runs, components);
  const count = Math.max(2, missingMixtures(swarm.observations));
  const around = mixturesAround(swarm.observations, mixtures, Number.POSITIVE_INFINITY);
  const added = mixturesNotRun(
    around.map(({ shares }) => shares),
    recorded,
    middleOf(swarm),
  ).slice(0, count);
  return (
    `A surface over ${components.length} slices needs ${components.length + SPARE_MIXTURES} distinct mixtures, and ` +
    `${new Set(run).size} were run. ${listed(added)}`
  );
}

/** The ends of a contrast that lie outside the mixtures that were run, as `design` names them; beside them where they were run. */
export function mixturesForSupport(
  swarm: Swarm,
  question: { readonly slice: string; readonly rule: FixedBudgetRule },
  mixtures: Mixtures,
  runs: readonly Run[],
): string {
  const { observations, arms } = swarm;
  const outside = candidatesFor(observations, arms, question, mixtures).filter(({ isOutside }) => isOutside);
  const ends = outside.map(({ shares }) => shares);
  return listed(mixturesNotRun(ends, recordedMixtures(runs, observations.components), middleOf(swarm)));
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
type Crossed = { readonly mixture: ScoredRun; readonly value: string | null };

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
    const isNew = value !== valueIn.get(mixture) && known.get(value)?.has(mixture.shares) !== true;
    return isNew ? { mixture, value } : undefined;
  };
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
    `Needs ${runsText(pairs)} of the mixture of ${above.mixture.runId} with ${field} ${above.value ?? 'not recorded'}, ` +
    `and as many of that of ${below.mixture.runId} with ${field} ${below.value ?? 'not recorded'}.`
  );
}
