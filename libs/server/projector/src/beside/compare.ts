import { parseEventPosition, query } from '@tributary/kernel';
import type { SqlReader } from '@tributary/kernel';
import { checksums, firstDivergence, rollupNames } from '@tributary/projection';
import type { Divergence, RebuiltTable, TableChecksum } from '@tributary/projection';
import { z } from 'zod';
import { readerAsOf } from './as-of.ts';
import type { Rebuilding } from './rebuilding.ts';
import { isAt, standsOf } from './stand.ts';

const typeAt = query(import.meta.url, 'type-at', {
  params: z.object({ position: z.int() }),
  row: z.object({ type: z.string() }),
});

export type Comparison = {
  readonly tables: readonly RebuiltTable[];
  /** Tables whose rows have no place, where the live ones moved on before they were compared. */
  readonly notCompared: readonly string[];
  readonly equal: boolean;
  /** The one at the smallest place; of a rollup only where no other table has one. */
  readonly divergence?: Divergence;
};

type Sides = { readonly live: SqlReader; readonly beside: SqlReader };

type Compared = { readonly table: RebuiltTable; readonly divergence: Divergence | undefined };

/**
 * The tables beside, which end at these offsets, with the live ones as of there. Where the live ones stand still too,
 * all of their rows count. Rollups are compared only then.
 */
export async function compare(work: Rebuilding, offsets: readonly number[]): Promise<Comparison> {
  const { topic, groups, shadow, tables } = work;
  const standStill = async () => isAt(standsOf(await topic.commits(groups.live)), offsets);
  const rollups = await rollupNames(shadow.live);
  const placed = tables.filter((table) => !rollups.has(table));
  const merged = tables.filter((table) => rollups.has(table));
  const asOf = { live: readerAsOf(shadow.live, offsets), beside: shadow.beside };

  const whole = (await standStill()) ? await compared(shadow, tables) : [];
  if (whole.length > 0 && (await standStill())) return comparisonOf(shadow, whole, []);
  return comparisonOf(shadow, await compared(asOf, placed), merged);
}

async function compared(sides: Sides, tables: readonly string[]): Promise<Compared[]> {
  const all: Compared[] = [];
  for (const table of tables) {
    const [before, after] = await Promise.all([sumOf(sides.live, table), sumOf(sides.beside, table)]);
    const equal = before.rows === after.rows && before.checksum === after.checksum;
    all.push({
      table: {
        table,
        rowsBefore: before.rows,
        rowsAfter: after.rows,
        checksumBefore: before.checksum,
        checksumAfter: after.checksum,
        equal,
      },
      divergence: equal ? undefined : await firstDivergence(sides, table),
    });
  }
  return all;
}

async function sumOf(reader: SqlReader, table: string): Promise<TableChecksum> {
  const [sum] = await checksums(reader, [table]);
  return sum ?? { table, rows: 0, checksum: '' };
}

async function comparisonOf(
  { beside }: Sides,
  all: readonly Compared[],
  notCompared: readonly string[],
): Promise<Comparison> {
  const found = all.flatMap(({ divergence }) => divergence ?? []).toSorted(byPlace)[0];
  const divergence = found && (await withType(found, beside));
  return {
    tables: all.map(({ table }) => table),
    notCompared,
    equal: all.every(({ table }) => table.equal),
    ...(divergence && { divergence }),
  };
}

const placeOf = ({ position }: Divergence): number =>
  position === undefined ? Number.MAX_SAFE_INTEGER : parseEventPosition(position);

const byPlace = (left: Divergence, right: Divergence): number => placeOf(left) - placeOf(right);

/** The tables beside hold what the log says, its events among it. */
async function withType(divergence: Divergence, beside: SqlReader): Promise<Divergence> {
  if (divergence.position === undefined) return divergence;
  const [event] = await beside.all(typeAt, { position: parseEventPosition(divergence.position) });
  return event ? { ...divergence, type: event.type } : divergence;
}
