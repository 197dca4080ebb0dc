import type { LogPosition, RowOf, SqlReader } from '@tributary/kernel';
import { groupBy } from '@tributary/kernel';
import { amountOf, consumedOfShards, wholeHistory } from '@tributary/training';
import { valueOf } from './closed-set.ts';
import { ExposureUnit } from './generated/schema.ts';
import type { StaleAmount } from './generated/schema.ts';

/** What a run had consumed of some shards by a step, or in all of its steps that count where the step is null. */
export type RetractedShare = (run: string, step: number | null) => Promise<StaleAmount[]>;

type Range = RowOf<typeof consumedOfShards>;

/**
 * Looks up shares of shards in what runs consumed, with the steps that they inherited from a parent. The ranges of a run
 * are read once; a step within a range is looked up by itself, since what counts of a range is one definition.
 */
export function retractedShare(reader: SqlReader, shard_ids: string[], as_of: LogPosition): RetractedShare {
  const known = new Map<string, readonly Range[]>();
  const ranges = async (run: string, step?: number): Promise<readonly Range[]> => {
    const moment = step === undefined ? { run } : { run, step };
    return reader.all(consumedOfShards, { ...(await wholeHistory(reader, moment, as_of)), shard_ids, as_of });
  };
  return async (run, step) => {
    const own = known.get(run) ?? (await ranges(run));
    known.set(run, own);
    if (step === null) return amounts(own);
    const isWithin = own.some(({ first_step, last_step }) => first_step <= step && step < last_step);
    return amounts(isWithin ? await ranges(run, step) : own.filter(({ last_step }) => last_step <= step));
  };
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
