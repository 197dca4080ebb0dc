import type { Projection } from '@tributary/contracts';
import type { EventLog } from '@tributary/event-log';
import { parseLogPosition } from '@tributary/kernel';
import type { SqlReader } from '@tributary/kernel';
import {
  compareCounts,
  compareRegistered,
  compareRollups,
  compareTable,
  compareTotals,
  countedTables,
  groupTables,
} from '@tributary/projection';
import type { Outcome } from '@tributary/projection';
import type { GroupTables } from './group-tables.ts';

/** One comparison: of the registered events, of a table, or of all totals. */
export type Look = {
  readonly name: string;
  /**
   * The difference; undefined where nothing differs. Throws `GroupTables.unsettled` where there is nothing to compare
   * with, because tables that are compared with nothing would seem to be whole.
   */
  readonly look: () => Promise<Outcome>;
};

/** What is compared of the rows of tables. */
export type RowLooks = {
  /** Whether every committed position is counted, and how many rows each table has. No row is read, whatever the tables hold. */
  readonly totals: Look;
  /** Each table by ranges of positions, then the tables that views fill. */
  readonly rows: readonly Look[];
};

type Options = {
  readonly reader: SqlReader;
  readonly tables: Pick<GroupTables, 'counted' | 'still' | 'unsettled'>;
  readonly projections: readonly Projection[];
};

/** A comparison of the registered events with those of the log. */
export const eventsLook = (compared: {
  readonly reader: SqlReader;
  readonly log: Pick<EventLog, 'head' | 'digestAt' | 'read'>;
  readonly tables: Pick<GroupTables, 'position' | 'unsettled'>;
  readonly partitions: number;
}): Look => ({
  name: 'events',
  look: async () => {
    requireSettled(compared.tables);
    return compareRegistered(
      compared,
      parseLogPosition(compared.tables.position(), compared.partitions) ?? [],
    );
  },
});

function requireSettled(tables: Pick<GroupTables, 'unsettled'>): void {
  const fault = tables.unsettled();
  if (fault) throw fault;
}

/** Comparisons of the rows of a group's tables with what its projectors counted as they inserted them. */
export function rowLooks({ reader, tables, projections }: Options): RowLooks {
  const names = groupTables(projections);
  const group = () => {
    requireSettled(tables);
    return { reader, partitions: tables.counted() };
  };
  const still = () => {
    requireSettled(tables);
    return tables.still();
  };
  /** Tables that have counts, as of the last look at these. */
  let counted: ReadonlySet<string> = new Set();
  return {
    totals: {
      name: 'totals',
      /* Counts that are lost, or older, together with the rows agree with them, and not with what the group has committed. */
      look: async () => (await compareCounts(group())) ?? compareTotals(group(), names),
    },
    rows: [
      {
        name: 'counts',
        look: async () => {
          counted = await countedTables(reader);
          return compareCounts(group());
        },
      },
      ...names.map((name): Look => {
        const look = async () => (counted.has(name) ? compareTable(group(), name) : undefined);
        return { name, look };
      }),
      { name: 'rollups', look: () => compareRollups({ reader, still }, projections) },
    ],
  };
}
