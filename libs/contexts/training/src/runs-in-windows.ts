import type { LogPosition, SqlReader } from '@tributary/kernel';
import { consumedByRun } from './consumption.ts';
import type { RunsConsumption } from './consumption.ts';
import type { CountedHistory } from './counted-history.ts';
import { differences } from './window-consumption.ts';

/** What runs consumed in one window of steps. */
export type RunWindow = {
  readonly amounts: readonly {
    readonly run: string;
    readonly slice: string;
    readonly shard: string;
    readonly unit: string;
    /** In units of 2^-60: `amount.ts`. Above 0. */
    readonly whole: bigint;
    /** How what the run consumed of it up to the end of the window, and up to its beginning, was counted. */
    readonly methods: string;
  }[];
};

type Asked = {
  readonly by: 'domain' | 'slice' | 'shard';
  readonly as_of: LogPosition;
  /** The last step before the windows; -1 where they begin with the runs. */
  readonly before: number;
  /** What the runs consumed in all, by the same groups. */
  readonly whole: RunsConsumption;
};

/**
 * What runs consumed in windows that follow each other; `ends` are their last steps. A window has what was consumed up to
 * its end less what was consumed up to the end of the one before, so windows add up exactly, and each costs as much as one
 * question about exposure, however long the runs are.
 */
export async function consumedByRunInWindows(
  sql: SqlReader,
  history: CountedHistory,
  ends: readonly number[],
  { by, as_of, before: start, whole }: Asked,
): Promise<RunWindow[]> {
  const cuts = start < 0 ? ends : [start, ...ends];
  const totals: RunsConsumption[] = [];
  for (const cut of cuts) {
    const upTo = { ...history, ends: history.ends.map((own) => Math.min(own, cut + 1)) };
    totals.push(cut >= whole.lastStep ? whole : await consumedByRun(sql, upTo, { by, as_of }));
  }
  const windows = differences(totals.map(wholesOf)).slice(cuts.length - ends.length);
  return windows.map((window, at) => {
    const end = at + cuts.length - ends.length;
    const [upTo, before] = [methodsOf(totals[end]), methodsOf(totals[end - 1])];
    const amounts = [...window].map(([key, whole]) => {
      const [run, slice, shard, unit]: [string, string, string, string] = JSON.parse(key);
      return { run, slice, shard, unit, whole, methods: unionOf(upTo.get(key), before.get(key)) };
    });
    return { amounts };
  });
}

type Row = RunsConsumption['amounts'][number];

const keyOf = ({ run, slice_name, shard, unit }: Row): string =>
  JSON.stringify([run, slice_name, shard, unit]);

const wholesOf = ({ amounts }: RunsConsumption): Map<string, bigint> =>
  new Map(amounts.map((row) => [keyOf(row), row.whole]));

const methodsOf = (total: RunsConsumption | undefined): Map<string, string> =>
  new Map((total?.amounts ?? []).map((row) => [keyOf(row), row.methods]));

const unionOf = (one = '', other = ''): string =>
  [...new Set([...one.split(','), ...other.split(',')])].filter((method) => method !== '').join(',');
