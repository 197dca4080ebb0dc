import { groupBy } from '@tributary/kernel';
import type { RowOf } from '@tributary/kernel';
import { amountOf } from '@tributary/training';
import type { consumedBefore, RangeShares } from '@tributary/training';
import { grouped } from '../exposure/groups.ts';
import type { Group } from '../exposure/groups.ts';
import type { ShardLabel } from '../exposure/shard-labels.ts';
import type { ExposureBy } from '../generated/schema.ts';

type Consumed = RowOf<typeof consumedBefore>;

/** The unit that ranges are compared in. */
const UNITS = ['token', 'byte', 'share'] as const;

/**
 * What each range of steps consumed, as shares of its groups, in the order of the ranges. They are of one unit: tokens
 * where there are any.
 */
export function rangeShares(
  rows: readonly Consumed[],
  labels: ReadonlyMap<string, ShardLabel>,
  by: ExposureBy,
): RangeShares[] {
  const unit = UNITS.find((each) => rows.some((row) => row.unit === each));
  const ofUnit = rows.filter((row) => row.unit === unit);
  return [...groupBy(ofUnit, ({ first_step }) => first_step)].map(([firstStep, consumed]) => {
    const groups = groupsOf(consumed, labels, by);
    const total = groups.reduce((sum, { whole }) => sum + whole, 0n);
    return {
      firstStep,
      lastStep: consumed.reduce((last, { last_step }) => Math.max(last, last_step), firstStep),
      amount: amountOf(total),
      shares: new Map(groups.map((group) => [nameOf(group, by), ratio(group.whole, total)])),
    };
  });
}

/** Groups of what is not recorded have this name. */
const UNKNOWN = '(unknown)';

const nameOf = ({ name, shard }: Group, by: ExposureBy): string => (by === 'shard' ? shard : name) || UNKNOWN;

const ratio = (part: bigint, whole: bigint): number => (whole === 0n ? 0 : Number(part) / Number(whole));

function groupsOf(
  rows: readonly Consumed[],
  labels: ReadonlyMap<string, ShardLabel>,
  by: ExposureBy,
): Group[] {
  const isDirect = by === 'domain' || by === 'slice';
  const consumed = rows.map((row) => ({
    ...row,
    slice_name: by === 'domain' ? row.domain_name : row.slice_name,
    shard: isDirect ? '' : row.shard,
    whole_inherited: 0n,
    methods: '',
  }));
  return grouped(consumed, labels, isDirect ? 'shard' : by);
}
