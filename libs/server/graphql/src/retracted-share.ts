import type { LogPosition, RowOf, SqlReader } from '@tributary/kernel';
import { appendAll, groupBy } from '@tributary/kernel';
import { amountOf, consumedOfShards, wholeHistory } from '@tributary/training';
import type { RunMoment } from '@tributary/training';
import { valueOf } from './closed-set.ts';
import type { Unplaced } from './exposure/history-doubts.ts';
import { ExposureUnit } from './generated/schema.ts';
import type { StaleAmount } from './generated/schema.ts';

/** What a run had consumed of some shards by a moment: of a checkpoint, by its step of its own attempt. */
export type RetractedShare = (moment: RunMoment) => Promise<StaleAmount[]>;

/** Looks it up, and says which attempts may change what counts of those that were. */
type DoubtedShare = { readonly share: RetractedShare; readonly unplaced: () => Unplaced };

type Range = RowOf<typeof consumedOfShards>;

/**
 * Looks up shares of shards in what runs consumed, with the steps that they inherited from a parent. The ranges of a run
 * are read once for each attempt; a step within a range is looked up by itself, since what counts of a range is one
 * definition.
 */
export function retractedShare(reader: SqlReader, shard_ids: string[], as_of: LogPosition): DoubtedShare {
  const unplaced: Unplaced[number][] = [];
  const known = new Map<string, readonly Range[]>();
  const ranges = async (moment: RunMoment): Promise<readonly Range[]> => {
    const history = await wholeHistory(reader, moment, as_of);
    appendAll(unplaced, history.unplaced);
    return reader.all(consumedOfShards, { ...history, shard_ids, as_of });
  };
  const share: RetractedShare = async ({ step, ...path }) => {
    const key = JSON.stringify([path.run, path.attempt]);
    const own = known.get(key) ?? (await ranges(path));
    known.set(key, own);
    if (step === undefined) return amounts(own);
    const isWithin = own.some(({ first_step, last_step }) => first_step <= step && step < last_step);
    return amounts(
      isWithin ? await ranges({ ...path, step }) : own.filter(({ last_step }) => last_step <= step),
    );
  };
  return { share, unplaced: () => unplaced };
}

/** Amounts by unit; those units of which nothing is retracted are left out. */
function amounts(ranges: readonly Range[]): StaleAmount[] {
  return [...groupBy(ranges, ({ unit }) => unit)].flatMap(([unit, own]) => {
    const total = own.reduce((sum, { whole }) => sum + whole, 0n);
    const amount = own.reduce((sum, { of_shards }) => sum + of_shards, 0n);
    if (amount === 0n) return [];
    return [
      {
        unit: valueOf(ExposureUnit, unit, 'the unit of an exposure'),
        amount: amountOf(amount),
        total: amountOf(total),
        share: Number(amount) / Number(total),
      },
    ];
  });
}
