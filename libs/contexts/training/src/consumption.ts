import type { LogPosition, RowOf, SqlReader } from '@tributary/kernel';
import { segmentFinder } from './counted-history.ts';
import type { CountedHistory } from './counted-history.ts';
import { exposure, exposureBuckets, exposureByRun, exposurePositions } from './exposure-queries.ts';

type Amount = Pick<
  RowOf<typeof exposure>,
  'slice_name' | 'shard' | 'unit' | 'whole' | 'whole_inherited' | 'methods'
>;

/** What the segments of a history consumed, by slice or shard, and the facts behind it. */
export type Consumption = {
  readonly amounts: readonly Amount[];
  /** Facts of which something counts. */
  readonly facts: number;
  /** Facts of which only some steps count. */
  readonly prorated: number;
  /** The last step of which anything counts; 0 where there is none. */
  readonly lastStep: number;
  /** The last step at which a recorded range is cut, so that a share of it counts; null where none is. */
  readonly lastCut: number | null;
};

type Asked = {
  /** The run; what other runs of the history consumed is inherited. */
  readonly run: string;
  readonly by: 'domain' | 'slice' | 'shard';
  readonly as_of: LogPosition;
};

/** Facts can arrive between choosing the sums and reading them. Then the sums are chosen again, at most so many times. */
const CHOICES = 3;

/** Of so few facts every amount is read: choosing sums takes longer. */
const FEW = 256;

/**
 * What the segments of a history consumed. Equal to the sum over all recorded amounts that count, but what lies in the
 * middle of a segment is read as sums, so that the cost does not grow with the length of the run: at most 64 sums of each
 * length and the amounts of 64 steps for each segment, and of 64 steps more where facts are corrected, late or longer, or
 * steps were skipped.
 */
export async function consumedIn(
  sql: SqlReader,
  history: CountedHistory,
  { run, by, as_of }: Asked,
): Promise<Consumption> {
  const { rows, ...whole } = await whenSettled(sql, { history, as_of }, (choice) =>
    sql.all(exposure, { ...choice, run_id: run, by, as_of }),
  );
  return { amounts: rows.map(amountIn), ...whole };
}

/** What each run of a history consumed in its own segments. */
export type RunsConsumption = Omit<Consumption, 'amounts'> & {
  readonly amounts: readonly RowOf<typeof exposureByRun>[];
};

/** As `consumedIn`, for each of the runs of a history. The cost does not grow with their lengths. */
export async function consumedByRun(
  sql: SqlReader,
  history: CountedHistory,
  { by, as_of }: Omit<Asked, 'run'>,
): Promise<RunsConsumption> {
  const { rows, ...whole } = await whenSettled(sql, { history, as_of }, (choice) =>
    sql.all(exposureByRun, { ...choice, by, as_of }),
  );
  return { amounts: rows, ...whole };
}

type Summed = { readonly history: CountedHistory; readonly as_of: LogPosition };

/** Rows below the one of the total, of sums that hold no later fact than they may. */
async function whenSettled<Row extends Total & { readonly settled: boolean }>(
  sql: SqlReader,
  { history, as_of }: Summed,
  ask: (choice: CountedHistory & Sums) => Promise<Row[]>,
): Promise<Omit<Consumption, 'amounts'> & { readonly rows: Row[] }> {
  for (let choice = 1; ; choice += 1) {
    const { read, sums, facts, lastStep } =
      choice > CHOICES || history.exposures <= FEW ? everything(history) : await chosen(sql, history, as_of);
    const [total, ...rows] = await ask({ ...read, ...sums });
    if (total?.settled === false) continue;
    return { rows, ...withSummed({ facts, lastStep }, total) };
  }
}

type Total = Pick<RowOf<typeof exposure>, 'facts' | 'prorated_facts' | 'last_step' | 'last_cut'>;

/** What is read of recorded amounts, with the facts whose sums are used. */
const withSummed = (
  { facts, lastStep }: Pick<Choice, 'facts' | 'lastStep'>,
  total: Total = { facts: 0, prorated_facts: 0, last_step: 0, last_cut: null },
): Omit<Consumption, 'amounts'> => ({
  facts: facts + total.facts,
  prorated: total.prorated_facts,
  lastStep: Math.max(lastStep, total.last_step),
  lastCut: total.last_cut,
});

const amountIn = ({ slice_name, shard, unit, whole, whole_inherited, methods }: Amount): Amount => ({
  slice_name,
  shard,
  unit,
  whole,
  whole_inherited,
  methods,
});

/** Sums as three parallel arrays: segments from 1, and buckets of a length in steps. */
type Sums = {
  readonly summed_segments: number[];
  readonly summed_steps: number[];
  readonly summed_buckets: number[];
};

/** Which recorded amounts are read, which sums are used, and how many facts those have up to which step. */
type Choice = {
  readonly read: CountedHistory;
  readonly sums: Sums;
  readonly facts: number;
  readonly lastStep: number;
};

/** Every recorded amount is read. */
export const noSums = (): Sums => ({ summed_segments: [], summed_steps: [], summed_buckets: [] });

const everything = (read: CountedHistory): Choice => ({ read, sums: noSums(), facts: 0, lastStep: 0 });

/** Tables of the version before have no buckets until they are filled again: then everything is read. */
async function chosen(sql: SqlReader, history: CountedHistory, as_of: LogPosition): Promise<Choice> {
  const { run_ids, attempts, ends } = history;
  const rows = await sql.all(exposureBuckets, { run_ids, attempts, ends, as_of });
  if (rows.length === 0) return everything(history);
  const read = { ...history, open_segments: [] as number[], open_buckets: [] as number[] };
  const sums = noSums();
  const segmentOf = segmentFinder(history);
  for (const row of rows) {
    const segment = 1 + segmentOf(row.run_id, row.attempt);
    for (const bucket of row.open) {
      read.open_segments.push(segment);
      read.open_buckets.push(bucket);
    }
    for (const [steps, buckets] of [
      [262_144, row.per_262144],
      [4096, row.per_4096],
      [64, row.per_64],
    ] as const)
      for (const bucket of buckets) {
        sums.summed_segments.push(segment);
        sums.summed_steps.push(steps);
        sums.summed_buckets.push(bucket);
      }
  }
  const facts = rows.reduce((sum, row) => sum + row.facts, 0);
  const lastStep = rows.reduce((last, { last_step: step }) => Math.max(last, step), 0);
  return { read, sums, facts, lastStep };
}

/** The positions of the first facts behind what a history consumed, in the order of the log. */
export async function firstFacts(
  sql: SqlReader,
  { run_ids, attempts, ends }: CountedHistory,
  { first, as_of }: { readonly first: number; readonly as_of: LogPosition },
): Promise<number[]> {
  const found = [...new Set(run_ids)].map((run_id) => {
    const own = run_ids.flatMap((run, at) => (run === run_id ? [at] : []));
    return sql.all(exposurePositions, {
      run_id,
      attempts: own.flatMap((at) => attempts[at] ?? []),
      ends: own.flatMap((at) => ends[at] ?? []),
      first,
      as_of,
    });
  });
  const positions = (await Promise.all(found)).flat().flatMap(({ positions: own }) => own);
  return positions.toSorted((left, right) => left - right).slice(0, first);
}
