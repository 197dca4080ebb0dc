import { amountOf } from '@tributary/training';
import type { Consumption } from '@tributary/training';
import { valueOf } from '../closed-set.ts';
import { ExposureUnit, SearchOutcome } from '../generated/schema.ts';
import type { SearchedAmount, SearchedShards } from '../generated/schema.ts';
import type { SearchedShard } from './searched-shards.ts';

type Amounts = Consumption['amounts'];

type Searched = ReadonlyMap<string, SearchedShard>;

/** What comes first in a list of shards. */
const ORDER: readonly SearchOutcome[] = [
  SearchOutcome.Found,
  SearchOutcome.NotSearched,
  SearchOutcome.NothingFoundInSample,
  SearchOutcome.NothingFound,
];

/** The shards with items first, then those not searched, in a sample, and the others; of each the most consumed ones. */
export function ordered(
  shards: readonly SearchedShard[],
  amounts: Amounts,
  searched: Searched,
): SearchedShard[] {
  const consumed = new Map<SearchedShard, bigint>();
  for (const { shard, whole } of amounts) {
    const one = searched.get(shard);
    if (one) consumed.set(one, (consumed.get(one) ?? 0n) + whole);
  }
  const of = (shard: SearchedShard): bigint => consumed.get(shard) ?? 0n;
  return shards.toSorted(
    (left, right) =>
      ORDER.indexOf(left.outcome) - ORDER.indexOf(right.outcome) ||
      descending(of(left), of(right)) ||
      (left.address < right.address ? -1 : 1),
  );
}

const descending = (left: bigint, right: bigint): number => Number(right > left) - Number(right < left);

type Parts = Omit<SearchedAmount, 'unit' | 'amount' | '__typename'>;

const PART: Readonly<Record<SearchOutcome, keyof Parts>> = {
  [SearchOutcome.Found]: 'found',
  [SearchOutcome.NothingFound]: 'nothingFound',
  [SearchOutcome.NothingFoundInSample]: 'nothingFoundInSample',
  [SearchOutcome.NotSearched]: 'notSearched',
};

const UNITS = Object.values(ExposureUnit);

/** What was consumed by unit and by what was found in its shards. */
export function amountsOf(amounts: Amounts, searched: Searched): SearchedAmount[] {
  const units = new Set(amounts.map(({ unit }) => valueOf(ExposureUnit, unit, 'the unit of an exposure')));
  return UNITS.filter((unit) => units.has(unit)).map((unit) => {
    const own = amounts.filter((row) => row.unit === unit);
    const sum = (isIn: (part: keyof Parts) => boolean): number =>
      amountOf(
        own.reduce((total, row) => (isIn(partOf(row.shard, searched)) ? total + row.whole : total), 0n),
      );
    return {
      unit,
      amount: sum(() => true),
      found: sum((part) => part === 'found'),
      nothingFound: sum((part) => part === 'nothingFound'),
      nothingFoundInSample: sum((part) => part === 'nothingFoundInSample'),
      notSearched: sum((part) => part === 'notSearched'),
      shardUnknown: sum((part) => part === 'shardUnknown'),
    };
  });
}

function partOf(shard: string, searched: Searched): keyof Parts {
  const one = searched.get(shard);
  return one ? PART[one.outcome] : 'shardUnknown';
}

export const countsOf = (shards: readonly SearchedShard[]): SearchedShards => {
  const count = (outcome: SearchOutcome): number => shards.filter((one) => one.outcome === outcome).length;
  return {
    found: count(SearchOutcome.Found),
    nothingFound: count(SearchOutcome.NothingFound),
    nothingFoundInSample: count(SearchOutcome.NothingFoundInSample),
    notSearched: count(SearchOutcome.NotSearched),
  };
};

/** Why what was found may not be all: shards that were not searched, or not as a whole. */
export function lackingSearches(
  shards: readonly SearchedShard[],
  amounts: readonly SearchedAmount[],
): string[] {
  if (shards.length + amounts.length === 0) return ['no exposure recorded'];
  const counts = countsOf(shards);
  const inUnits = (part: keyof Parts): string => {
    const shares = amounts.flatMap((one) =>
      one[part] > 0 ? [`${((100 * one[part]) / one.amount).toFixed(2)} % of the ${one.unit}s consumed`] : [],
    );
    return shares.length === 0 ? '' : `, ${shares.join(', ')}`;
  };
  const unknown = inUnits('shardUnknown');
  return [
    ...(counts.notSearched > 0
      ? [`not searched: ${counts.notSearched} of ${shards.length} shards${inUnits('notSearched')}`]
      : []),
    ...(counts.nothingFoundInSample > 0
      ? [
          `searched only in a sample: ${counts.nothingFoundInSample} of ${shards.length} shards${inUnits('nothingFoundInSample')}`,
        ]
      : []),
    ...(unknown === '' ? [] : [`no shard recorded, so not searched${unknown.replace(',', ':')}`]),
  ];
}
