import type { LogPosition, SqlReader } from '@tributary/kernel';
import { consumedIn } from './consumption.ts';
import type { Consumption } from './consumption.ts';
import type { CountedHistory } from './counted-history.ts';

/** What a history consumed in the steps of one window, by slice. */
export type WindowConsumption = {
  /** In units of 2^-60: `amount.ts`. Never below 0. */
  readonly amounts: readonly { readonly slice: string; readonly unit: string; readonly whole: bigint }[];
  /** Whether a recorded range goes beyond the window: the share of its steps inside counts. */
  readonly prorated: boolean;
  /** The last step up to the window's end of which exposure is recorded; undefined where there is none. */
  readonly recordedTo: number | undefined;
};

type Asked = {
  readonly run: string;
  readonly as_of: LogPosition;
  /** What the whole history consumed, by slice. */
  readonly whole: Consumption;
};

/**
 * What a history consumed in windows that follow each other, from its first step on; `ends` are their last steps. Each is
 * what was consumed up to its end less what was consumed up to the end of the one before, so that windows add up to the
 * whole exactly, and the cost of each is that of one question about exposure, however long the run is.
 */
export async function consumedInWindows(
  sql: SqlReader,
  history: CountedHistory,
  ends: readonly number[],
  { run, as_of, whole }: Asked,
): Promise<WindowConsumption[]> {
  const totals: Consumption[] = [];
  for (const end of ends) {
    const cut = { ...history, ends: history.ends.map((own) => Math.min(own, end + 1)) };
    totals.push(end >= whole.lastStep ? whole : await consumedIn(sql, cut, { run, by: 'slice', as_of }));
  }
  const windows = differences(totals.map(amountsOf));
  const isCut = totals.map(({ lastCut }, at) => lastCut === ends[at]);
  return totals.map(({ facts, lastStep }, at) => ({
    amounts: [...(windows[at] ?? [])].map(([key, consumed]) => {
      const [slice, unit]: [string, string] = JSON.parse(key);
      return { slice, unit, whole: consumed };
    }),
    prorated: isCut[at] === true || isCut[at - 1] === true,
    recordedTo: facts === 0 ? undefined : lastStep,
  }));
}

/** Amounts by what they are added up by. */
type Amounts = ReadonlyMap<string, bigint>;

const amountsOf = ({ amounts }: Consumption): Amounts =>
  new Map(amounts.map(({ slice_name, unit, whole }) => [JSON.stringify([slice_name, unit]), whole]));

/** What lies between sums that follow each other, the first of them included. Parts are never below 0. */
export function differences(totals: readonly Amounts[]): Amounts[] {
  const upTo = neverFalling(totals);
  return upTo.map((after, at) => {
    const before = upTo[at - 1];
    const parts = [...after].map(([key, whole]): [string, bigint] => [key, whole - (before?.get(key) ?? 0n)]);
    return new Map(parts.filter(([, part]) => part !== 0n));
  });
}

/**
 * Sums that later ones fall below are lowered to them: the parts of a prorated range are rounded to whole tokens, so one
 * of them can be a token less up to a later step.
 */
function neverFalling(totals: readonly Amounts[]): Amounts[] {
  const lowered: Amounts[] = [];
  for (const total of totals.toReversed()) {
    const after = lowered.at(-1);
    const keys = [...total].map(([key, whole]): [string, bigint] => [key, lower(whole, after?.get(key))]);
    lowered.push(after ? new Map(keys.filter(([key]) => after.has(key))) : total);
  }
  return lowered.toReversed();
}

const lower = (whole: bigint, after: bigint | undefined): bigint =>
  after !== undefined && after < whole ? after : whole;
