import { amountOf } from '@tributary/training';
import type { Consumption } from '@tributary/training';
import { valueOf } from '../closed-set.ts';
import { ExposureUnit, SearchOutcome } from '../generated/schema.ts';
import type { SearchedAmount, SearchedShards } from '../generated/schema.ts';
import { isSearchedForAll, itemSets } from './item-sets.ts';
import type { SearchedShard } from './searched-shards.ts';

type Amounts = Consumption['amounts'];

type Searched = ReadonlyMap<string, SearchedShard>;

/** What comes first in a list of shards. */
const ORDER: readonly SearchOutcome[] = [
  SearchOutcome.Found,
  SearchOutcome.NotSearched,
  SearchOutcome.NothingFoundInPart,
  SearchOutcome.NothingFound,
];

/** The shards with items first, then those not searched, in part, and the others; of each the most consumed ones. */
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

const UNITS = Object.values(ExposureUnit);

type UnitAmounts = { readonly unit: ExposureUnit; readonly rows: Amounts };

function byUnit(amounts: Amounts): UnitAmounts[] {
  const unitOf = ({ unit }: Amounts[number]) => valueOf(ExposureUnit, unit, 'the unit of an exposure');
  const units = new Set(amounts.map(unitOf));
  return UNITS.filter((unit) => units.has(unit)).map((unit) => ({
    unit,
    rows: amounts.filter((row) => row.unit === unit),
  }));
}

/** Of which shards an amount is; undefined where none is recorded. */
type IsIn = (shard: SearchedShard | undefined) => boolean;

const sumOf = (rows: Amounts, searched: Searched, isIn: IsIn): number =>
  amountOf(rows.reduce((total, { shard, whole }) => (isIn(searched.get(shard)) ? total + whole : total), 0n));

/** What was consumed by unit and by what was found in its shards. */
export const amountsOf = (amounts: Amounts, searched: Searched): SearchedAmount[] =>
  byUnit(amounts).map(({ unit, rows }) => {
    const of = (outcome: SearchOutcome): number =>
      sumOf(rows, searched, (shard) => shard?.outcome === outcome);
    return {
      unit,
      amount: sumOf(rows, searched, () => true),
      found: of(SearchOutcome.Found),
      nothingFound: of(SearchOutcome.NothingFound),
      nothingFoundInPart: of(SearchOutcome.NothingFoundInPart),
      notSearched: of(SearchOutcome.NotSearched),
      shardUnknown: sumOf(rows, searched, (shard) => shard === undefined),
    };
  });

export const countsOf = (shards: readonly SearchedShard[]): SearchedShards => {
  const count = (outcome: SearchOutcome): number => shards.filter((one) => one.outcome === outcome).length;
  return {
    found: count(SearchOutcome.Found),
    nothingFound: count(SearchOutcome.NothingFound),
    nothingFoundInPart: count(SearchOutcome.NothingFoundInPart),
    notSearched: count(SearchOutcome.NotSearched),
  };
};

/** Why what was found may not be all: shards that were not searched, not as a whole, or not for all items that are known. */
export function lackingSearches(
  shards: readonly SearchedShard[],
  amounts: Amounts,
  searched: Searched,
): string[] {
  const units = byUnit(amounts);
  const shares = (isIn: IsIn): string[] =>
    units.flatMap(({ unit, rows }) => {
      const part = sumOf(rows, searched, isIn);
      const all = sumOf(rows, searched, () => true);
      return part > 0 ? [`${((100 * part) / all).toFixed(2)} % of the ${unit}s consumed`] : [];
    });
  const reason = (title: string, isIn: (shard: SearchedShard) => boolean): string[] => {
    const count = shards.filter(isIn).length;
    const of = [`${count} of ${shards.length} shards`, ...shares((shard) => !!shard && isIn(shard))];
    return count === 0 ? [] : [`${title}: ${of.join(', ')}`];
  };
  const sets = itemSets(shards);
  const forAll = new Set(shards.filter((shard) => isSearchedForAll(shard, sets)));
  const isCounted = [...sets.values()].every((set) => set.isCounted);
  const unknown = shares((shard) => shard === undefined);
  return [
    ...reason('not searched', ({ searches }) => searches.length === 0),
    ...reason('searched only in part', ({ searches, isWhole }) => searches.length > 0 && !isWhole),
    ...reason(
      'not searched for all items that searches name',
      (shard) => shard.isWhole && !forAll.has(shard),
    ),
    ...reason(
      'how many items could not be looked for was not counted',
      (shard) => !isCounted && shard.isWhole && forAll.has(shard),
    ),
    ...(unknown.length === 0 ? [] : [`no shard recorded, so not searched: ${unknown.join(', ')}`]),
  ];
}
