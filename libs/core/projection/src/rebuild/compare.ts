import { Fault } from '@tributary/kernel';
import type { SqlReader } from '@tributary/kernel';
import type { Offsets } from './bounded-log.ts';
import { readerAfter, readerUntil } from './bounded-reader.ts';
import { NO_ROWS, rollupNames, rowSum, sumOf, UNREADABLE } from './checksum.ts';
import type { RowSum } from './checksum.ts';
import { firstDivergenceAmong } from './divergence.ts';
import type { Divergence } from './divergence.ts';
import type { Pair } from './pair.ts';
import type { HeldTables, RebuildStore } from './rebuild-store.ts';
import type { ShadowReaders } from './shadow.ts';

/** A table before and after the rebuild. */
export type RebuiltTable = {
  readonly table: string;
  readonly rowsBefore: number;
  readonly rowsAfter: number;
  readonly checksumBefore: string;
  readonly checksumAfter: string;
  readonly equal: boolean;
};

export type Comparison = {
  readonly tables: readonly RebuiltTable[];
  /** Rollups, where the live tables moved on: their rows have no position to bound them by. */
  readonly notCompared: readonly string[];
  readonly equal: boolean;
  /** The first divergence; of a rollup only where no other table has one. */
  readonly divergence?: Divergence;
};

/** Sums of the rows before these offsets, by table. Rollups have none. */
export type EarlySums = { readonly ends: Offsets; readonly sums: ReadonlyMap<string, Pair<RowSum>> };

type Compared = Pick<RebuildStore, 'shadow' | 'tables' | 'eventType'>;

/** What can be summed while both sides go on: both hold these rows, which no longer change. */
export async function sumsUntil({ shadow, tables }: Compared, ends: Offsets): Promise<EarlySums> {
  const rollups = await rollupNames(shadow.live);
  const readers = boundedReaders(shadow, (reader) => readerUntil(reader, ends));
  const sums = new Map<string, Pair<RowSum>>();
  for (const table of tables) if (!rollups.has(table)) sums.set(table, await sumBoth(readers, table, false));
  return { ends, sums };
}

/**
 * Compares the shadow tables with the live ones. Where the live ones are still, all rows count, and the early sums
 * save time. Otherwise the live tables are read as if they ended at the held offsets, and rollups are not compared.
 */
export async function compare(work: Compared, early: EarlySums, held: HeldTables): Promise<Comparison> {
  if (await held.isStill()) {
    const comparison = await conclude(work, work.shadow, await wholeTables(work, early), []);
    if (await held.isStill()) return comparison;
  }
  const isSame = held.offsets.every((offset, partition) => early.ends[partition] === offset);
  const { sums } = isSame ? early : await sumsUntil(work, held.offsets);
  const readers = boundedReaders(work.shadow, (reader) => readerUntil(reader, held.offsets));
  const tables = [...sums].map(([table, pair]) => rebuiltTable(table, pair));
  return conclude(
    work,
    readers,
    tables,
    work.tables.filter((table) => !sums.has(table)),
  );
}

async function wholeTables({ shadow, tables }: Compared, { ends, sums }: EarlySums): Promise<RebuiltTable[]> {
  const rest = boundedReaders(shadow, (reader) => readerAfter(reader, ends));
  const whole: RebuiltTable[] = [];
  for (const table of tables) {
    const early = sums.get(table);
    const late = await sumBoth(early ? rest : shadow, table, !early);
    const before = sumOf(early?.before ?? NO_ROWS, late.before);
    const after = sumOf(early?.after ?? NO_ROWS, late.after);
    whole.push(rebuiltTable(table, { before, after }));
  }
  return whole;
}

async function conclude(
  { eventType }: Compared,
  readers: ShadowReaders,
  tables: readonly RebuiltTable[],
  notCompared: readonly string[],
): Promise<Comparison> {
  const different = tables.filter(({ equal }) => !equal);
  const legible = different.filter(({ checksumBefore }) => checksumBefore !== UNREADABLE.checksum);
  const found = await firstDivergenceAmong(
    readers,
    legible.map(({ table }) => table),
  );
  const type = found?.position === undefined ? undefined : await eventType(found.position);
  const divergence = found && { ...found, ...(type !== undefined && { type }) };
  return { tables, notCompared, equal: different.length === 0, ...(divergence && { divergence }) };
}

const boundedReaders = (
  { live, shadow }: ShadowReaders,
  bound: (reader: SqlReader) => SqlReader,
): ShadowReaders => ({ live: bound(live), shadow: bound(shadow) });

/** A live table that cannot be read is what a rebuild is there for. */
async function sumBoth(
  { live, shadow }: ShadowReaders,
  table: string,
  isRollup: boolean,
): Promise<Pair<RowSum>> {
  const [before, after] = await Promise.all([
    rowSum(live, table, isRollup).catch(unreadable),
    rowSum(shadow, table, isRollup),
  ]);
  return { before, after };
}

function unreadable(fault: unknown): RowSum {
  if (fault instanceof Fault && !fault.retryable) return UNREADABLE;
  throw fault;
}

const rebuiltTable = (table: string, { before, after }: Pair<RowSum>): RebuiltTable => ({
  table,
  rowsBefore: before.rows,
  rowsAfter: after.rows,
  checksumBefore: before.checksum,
  checksumAfter: after.checksum,
  equal: before.rows === after.rows && before.checksum === after.checksum,
});
