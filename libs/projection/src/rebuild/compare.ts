import { checksums } from '../checksum.ts';
import type { TableChecksum } from '../checksum.ts';
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

/** Both sides are read at once; they hold still meanwhile. */
export async function compareTables(
  { live, beside }: Pick<Shadow, 'live' | 'beside'>,
  tables: readonly string[],
): Promise<RebuiltTable[]> {
  const [before, after] = await Promise.all([checksums(live, tables), checksums(beside, tables)]);
  return before.map((table, index) => compared(table, after[index]));
}

const compared = (before: TableChecksum, after: TableChecksum | undefined): RebuiltTable => ({
  table: before.table,
  rowsBefore: before.rows,
  rowsAfter: after?.rows ?? 0,
  checksumBefore: before.checksum,
  checksumAfter: after?.checksum ?? '',
  equal: before.rows === after?.rows && before.checksum === after.checksum,
});
