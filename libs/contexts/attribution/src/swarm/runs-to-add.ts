import { isWithin, shareOf } from '../composition/composition.ts';
import type { Composition } from '../composition/composition.ts';
import type { FixedBudgetRule } from '../composition/displacement.ts';
import { correlationWith } from '../controls/balance.ts';
import { candidatesFor, mixturesAround } from '../design/swarm-candidates.ts';
import type { ScoredRun } from '../experiment.ts';
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
  `Needs a run of each of these mixtures: ${mixtures.map(mixtureText).join('; ')}.`;

/** Distinct mixtures that a surface over the swarm needs beyond those that were run. */
export function missingMixtures({ components, mixtures }: Swarm['observations']): number {
  return Math.max(1, components.length + SPARE_MIXTURES - new Set(mixtures).size);
}

/** The mixtures that make a surface possible, the ends of the contrast first, as `design` names them. */
export function mixturesForSurface(swarm: Swarm, mixtures: Mixtures): string {
  const { components, mixtures: run } = swarm.observations;
  const added = mixturesAround(
    swarm.observations,
    mixtures,
    Math.max(2, missingMixtures(swarm.observations)),
  );
  return (
    `A surface over ${components.length} slices needs ${components.length + SPARE_MIXTURES} distinct mixtures, and ` +
    `${new Set(run).size} were run. ${listed(added.map(({ shares }) => shares))}`
  );
}

/** The ends of a contrast that lie outside the mixtures that were run, as `design` names them. */
export function mixturesForSupport(
  { observations, arms }: Swarm,
  question: { readonly slice: string; readonly rule: FixedBudgetRule },
  mixtures: Mixtures,
): string {
  const outside = candidatesFor(observations, arms, question, mixtures).filter(({ isOutside }) => isOutside);
  return listed(outside.map(({ shares }) => shares));
}

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

/** The runs with the least and with the largest share of a slice. */
function endsOf(
  runs: readonly ScoredRun[],
  slice: string,
): { readonly low: ScoredRun; readonly high: ScoredRun } {
  const beyond = (sign: number) =>
    runs.reduce((found, run) =>
      sign * (shareOf(run.shares, slice) - shareOf(found.shares, slice)) > 0 ? run : found,
    );
  return { low: beyond(-1), high: beyond(1) };
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

/** The mixtures that tell a slice from those whose shares move with it: much of the one, little of the others, and reverse. */
export function mixturesToSeparate(
  { runs, observations }: Swarm,
  slice: string,
  tied: readonly string[],
): string {
  const { low, high } = endsOf(runs, slice);
  const crossed = [
    withShares(observations, slice, { of: high.shares, tied, from: low.shares }),
    withShares(observations, slice, { of: low.shares, tied, from: high.shares }),
  ].filter((mixture) => mixture !== undefined);
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

/** The runs that tell a slice from a recorded fact that goes along with its share: two mixtures, with the fact of the other. */
export function runsToSeparate(
  runs: readonly ScoredRun[],
  slice: string,
  { field, values }: { readonly field: string; readonly values: readonly (string | null)[] },
): string {
  const { low, high } = endsOf(runs, slice);
  const valueOf = (run: ScoredRun) => values[runs.indexOf(run)] ?? null;
  const shares = [high, low].map((run) => shareOf(run.shares, slice));
  const pairs = fewestPairs((added) =>
    correlationWith(
      [...values, ...repeated([valueOf(low), valueOf(high)], added)],
      [...runs.map((run) => shareOf(run.shares, slice)), ...repeated(shares, added)],
    ),
  );
  const text = (run: ScoredRun) => valueOf(run) ?? 'not recorded';
  return (
    `Needs ${runsText(pairs)} of the mixture of ${high.runId} with ${field} ${text(low)}, and as many of that of ${low.runId} ` +
    `with ${field} ${text(high)}.`
  );
}
