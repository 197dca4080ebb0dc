import { compareCounts, compareTable, compareTotals } from '@tributary/projection';
import type { SqlReader } from '@tributary/kernel';
import { openComparedTables } from './compared-tables.ts';
import type { ComparedTables } from './compared-tables.ts';
import type { GroupTables } from './group-tables.ts';

/** Whether a table of a group has its rows, for a process that decides by what it does not find there. */
export type TableCheck = {
  /**
   * Why the table may lack rows; undefined where it has those that were counted. Asks for their number each time, because
   * a minute is too long for a decision that lasts. Throws the Faults of the reader.
   */
  shortfall(): Promise<string | undefined>;
  close(): Promise<void>;
};

type Options = {
  readonly reader: SqlReader;
  readonly tables: Pick<GroupTables, 'counted' | 'restarts' | 'shortfall'>;
  readonly table: string;
  /** As of `openComparedTables`. */
  readonly recheck?: number;
};

/** From the first question on, the table is also compared by ranges of positions, at once and each hour. */
export function openTableCheck({ reader, tables, table, recheck }: Options): TableCheck {
  const group = () => ({ reader, partitions: tables.counted() });
  const counts = () => compareCounts(group());
  const totals = () => compareTotals(group(), [table]);
  const rows = [
    { name: 'counts', look: counts },
    { name: table, look: () => compareTable(group(), table) },
  ];
  let comparing: Promise<ComparedTables> | undefined;
  return {
    async shortfall() {
      const found = (await counts()) ?? (await totals());
      comparing ??= openComparedTables({
        rows: { totals: { name: 'totals', look: async () => (await counts()) ?? totals() }, rows },
        restarts: () => tables.restarts(),
        ...(recheck !== undefined && { recheck }),
      });
      const compared = await comparing;
      return tables.shortfall() ?? found?.detail ?? compared.shortfall();
    },
    close: async () => (await comparing)?.close(),
  };
}
