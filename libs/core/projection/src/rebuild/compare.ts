import type { Position, SqlReader } from '@tributary/kernel';
import { parseEventPosition } from '@tributary/kernel';
import { checksums, rollupNames } from '../checksum.ts';
import { bothSides, sidesOf } from './parts.ts';
import type { Sides } from './parts.ts';
import { ofTable, sumAfter, sumUntil } from './queries.ts';
import type { Sum } from './queries.ts';
import type { Shadow } from './shadow.ts';

/** A table before and after it was filled again. */
export type RebuiltTable = {
  readonly table: string;
  readonly rowsBefore: number;
  readonly rowsAfter: number;
  readonly checksumBefore: string;
  readonly checksumAfter: string;
  readonly equal: boolean;
};

type Readers = Pick<Shadow, 'live' | 'beside'>;

/** Sums of the rows up to a place. Rollups have none: their rows have no place. */
export type EarlySums = {
  readonly until: number;
  readonly tables: readonly { readonly table: string; readonly sums?: Sides<Sum> }[];
};

/** What can be read while both sides go on: they hold every event up to `position`, and those rows don't change. */
export async function sumsUntil(
  readers: Readers,
  tables: readonly string[],
  position: Position,
): Promise<EarlySums> {
  const until = parseEventPosition(position);
  const rollups = await rollupNames(readers.live);
  const early: { table: string; sums?: Sides<Sum> }[] = [];
  for (const table of tables) {
    const ask = (side: SqlReader) => side.all(ofTable(sumUntil, table), { until });
    early.push(rollups.has(table) ? { table } : { table, sums: await sums(readers, ask) });
  }
  return { until, tables: early };
}

/** The rest of both sides, which hold still meanwhile, with what was summed up before. */
export async function compareTables(readers: Readers, { until, tables }: EarlySums): Promise<RebuiltTable[]> {
  const rebuilt: RebuiltTable[] = [];
  for (const { table, sums: early } of tables) {
    const ask = (side: SqlReader) =>
      early ? side.all(ofTable(sumAfter, table), { until }) : checksums(side, [table]);
    const late = await sums(readers, ask);
    const before = early ? plus(early.before, late.before) : late.before;
    const after = early ? plus(early.after, late.after) : late.after;
    rebuilt.push(compared(table, { before, after }));
  }
  return rebuilt;
}

async function sums(
  readers: Readers,
  ask: (side: SqlReader) => Promise<readonly Sum[]>,
): Promise<Sides<Sum>> {
  const { before, after } = await bothSides(sidesOf(readers), ask);
  return { before: before[0] ?? NOTHING, after: after[0] ?? NOTHING };
}

const NOTHING: Sum = { rows: 0, checksum: '0' };

const plus = (left: Sum, right: Sum): Sum => ({
  rows: left.rows + right.rows,
  checksum: String(BigInt.asUintN(64, BigInt(left.checksum) + BigInt(right.checksum))),
});

const compared = (table: string, { before, after }: Sides<Sum>): RebuiltTable => ({
  table,
  rowsBefore: before.rows,
  rowsAfter: after.rows,
  checksumBefore: before.checksum,
  checksumAfter: after.checksum,
  equal: before.rows === after.rows && before.checksum === after.checksum,
});
