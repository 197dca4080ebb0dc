import { groupBy, valueIn } from '@tributary/kernel';
import { missingFacts } from '../controls/required-facts.ts';
import { BUDGET } from '../controls/may-differ.ts';
import { armNames } from './arm-names.ts';
import type { FoundExperiment } from './discovery.ts';
import { exposureKey, factsToAgree, groupName } from './recorded-run.ts';
import type { RecordedRun } from './recorded-run.ts';
import { agreed } from './why.ts';
import type { WhyFound } from './why.ts';

/** Fewest runs of a set: a constant, a share, and ten more to see the noise. */
const LEAST_RUNS = 12;

/** Decimals to which shares are equal in the runs of one arm. */
const DECIMALS = 3;

/** Runs that agree in every recorded fact and consumed alike amounts; not empty. */
type AlikeRuns = readonly RecordedRun[];

/**
 * Sets of runs that differ in more than their mixtures: all usable runs whose exposure has one unit and was recorded in one
 * way, measured slices or whole datasets. An effect over such a set is adjusted for what differs. A set holds runs of found
 * experiments too: there they are compared with their like alone. There is none where all runs agree, or realised one
 * mixture, or are fewer than twelve. In order of the names, which depend on unit and way alone.
 */
export function observedSets(groups: readonly AlikeRuns[]): FoundExperiment[] {
  const sets = [...groupBy(groups, kindOf)].flatMap(([kind, alike]) => setOf(kind, alike) ?? []);
  return sets.toSorted((left, right) => Number(left.name > right.name) - Number(left.name < right.name));
}

function kindOf([run]: AlikeRuns): string {
  const { unit, method } = run!;
  return JSON.stringify([unit, method === 'declared' ? 'declared' : 'consumed']);
}

function setOf(kind: string, groups: readonly AlikeRuns[]): FoundExperiment | undefined {
  const runs = groups.flat();
  if (groups.length < 2 || runs.length < LEAST_RUNS) return undefined;
  const slices = [...new Set(runs.flatMap(({ shares }) => Object.keys(shares)))].toSorted();
  const parts = byShares(runs, slices);
  if (parts.length < 2) return undefined;
  const names = armNames(parts);
  return {
    name: groupName('observed', kind, 'observed'),
    arms: names.map((arm) => ({
      arm,
      mixtureId: arm,
      design: 'observational',
      assignment: 'unknown',
      control: false,
      role: 'train',
    })),
    armOf: new Map(parts.flatMap((part, index) => part.map(({ runId }) => [runId, names[index]!] as const))),
    slices,
    why: whyObserved(groups, runs.length, parts.length),
  };
}

/** The runs by their shares, those of one mixture with the least id first, in the order of these ids. */
function byShares(runs: readonly RecordedRun[], slices: readonly string[]): RecordedRun[][] {
  const shareIn = ({ shares }: RecordedRun) =>
    slices.map((slice) => (valueIn(shares, slice) ?? 0).toFixed(DECIMALS)).join(' ');
  return [...groupBy(runs, shareIn).values()]
    .map((part) => {
      const ids = part.map(({ runId }) => runId);
      const least = ids.reduce((first, id) => (id < first ? id : first));
      const at = ids.indexOf(least);
      return { least, part: [part[at]!, ...part.slice(0, at), ...part.slice(at + 1)] };
    })
    .toSorted((left, right) => Number(left.least > right.least) - Number(left.least < right.least))
    .map(({ part }) => part);
}

/** Runs of one group agree, so one of each tells what differs. */
function whyObserved(groups: readonly AlikeRuns[], runs: number, mixtures: number): WhyFound {
  const values = new Map<string, { readonly seen: Set<string>; groups: number }>();
  for (const [first] of groups) {
    for (const [field, value] of factsToAgree(first!)) {
      const known = values.get(field) ?? { seen: new Set(), groups: 0 };
      known.seen.add(value);
      known.groups += 1;
      values.set(field, known);
    }
  }
  const fields = [...values].toSorted(([left], [right]) => Number(left > right) - Number(left < right));
  const isEqual = ({ seen, groups: of }: { readonly seen: Set<string>; readonly groups: number }) =>
    seen.size === 1 && of === groups.length;
  const equal = fields.flatMap(([field, of]) => (isEqual(of) ? [[field, [...of.seen][0]!] as const] : []));
  const consumed = new Set(groups.map(([first]) => exposureKey(first!))).size > 1 ? [BUDGET] : [];
  const differ = [...fields.flatMap(([field, of]) => (isEqual(of) ? [] : [field])), ...consumed];
  const hasShards = groups.every(([first]) => first!.facts?.has('shards'));
  const recorded = [...values].flatMap(([field, { seen }]) =>
    [...seen].map((value) => [field, value] as const),
  );
  const notRecorded = missingFacts(hasShards ? [...recorded, ['shards', 'recorded']] : recorded);
  const unknown =
    notRecorded.length === 0 ? '' : ` Not recorded, so not known to be equal: ${notRecorded.join(', ')}.`;
  const text =
    `${runs} runs in ${mixtures} mixtures that nobody assigned and that differ in ${differ.length} recorded facts: ` +
    'an observational set, whose effects are adjusted for what differs. Its runs can be in other found experiments too.' +
    unknown;
  return {
    text,
    agree: agreed(equal, notRecorded),
    notRecorded,
    differ,
    pairs: [],
    pairsTotal: 0,
    leftOut: [],
  };
}
