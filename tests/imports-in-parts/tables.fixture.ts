import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate, openChdb } from '@tributary/clickhouse';
import { START } from '@tributary/kernel';
import type { SqlReader } from '@tributary/kernel';
import { startProjector, tablesVersion } from '@tributary/projection';
import { projections, sinkOf } from '@tributary/projector';
import type { Store } from './import-into-log.fixture.ts';

const MIGRATIONS = join(import.meta.dirname, '../../migrations/clickhouse');

/** Tables of what was imported when, of the rows that each table has, and of migrations: they are about other things. */
const OTHERS = /^(log_|schema_migration)/;

/** A column says where in the log a row comes from, which depends on the order of the imports. */
const OF_POSITIONS = /(^|_)position(_range)?$/;

const query = <Row>(sql: string) => ({
  name: 'test',
  sql,
  params: { parse: () => ({}) },
  row: { parse: (row: unknown): Row => Object(row) },
});

/** The rows of all tables as text, sorted, by table. Of what no source states, the record time stands in for it. */
export type Tables = ReadonlyMap<string, readonly string[]>;

/** Projects logs into tables, one after the other. An engine is open once in a process. */
export async function openTables() {
  const directory = mkdtempSync(join(tmpdir(), 'tributary-tables-'));
  const engine = await openChdb({ directory, threads: 8 });
  await migrate(engine, MIGRATIONS);
  const tables = await tablesIn(engine.reader);
  const version = await tablesVersion(engine.reader, projections);
  return {
    async of({ log, blobs }: Store): Promise<Tables> {
      for (const { name } of tables) await engine.command(`TRUNCATE TABLE tributary.${name}`);
      const parked: string[] = [];
      const projector = await startProjector({
        log,
        blobs,
        projections,
        version,
        sink: sinkOf(engine),
        linger: (expire) => {
          const timer = setTimeout(expire, 1);
          return () => clearTimeout(timer);
        },
        park: (event) => Promise.resolve(parked.push(JSON.stringify(event))),
      });
      await projector.reached(log.head());
      await projector.stop();
      if (parked.length > 0) throw new Error(`no rows of ${parked.join(', ')}`);
      const times = await recordTimesOf(log);
      const read = new Map<string, readonly string[]>();
      for (const table of tables.filter(({ name }) => !OTHERS.test(name))) {
        const rows = await rowsOf(table, engine.reader);
        const compared = rows.map((row) =>
          row.replaceAll(TIME, (time) => (times.has(time) ? 'the record time' : time)),
        );
        read.set(table.name, compared.toSorted());
      }
      return read;
    },
    close: async () => {
      await engine.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** A time as the engine prints it. */
const TIME = /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}/g;

/** When the events of a log were recorded. What no source states, such as the start of a run, is told by it. */
async function recordTimesOf(log: Store['log']): Promise<ReadonlySet<string>> {
  const events = await log.read({ after: START, limit: 100_000, maxBytes: 1 << 30 });
  return new Set(
    events.map(({ recordTime }) => {
      const millis = new Date(Math.floor(recordTime / 1000)).toISOString().slice(0, -1).replace('T', ' ');
      return `${millis}${String(recordTime % 1000).padStart(3, '0')}`;
    }),
  );
}

type Table = { readonly name: string; readonly isAggregated: boolean; readonly columns: readonly string[] };

async function tablesIn(reader: SqlReader): Promise<Table[]> {
  const columns = await reader.all(
    query<{ table: string; engine: string; name: string; type: string }>(
      `SELECT c.table AS table, t.engine AS engine, c.name AS name, c.type AS type
       FROM system.columns AS c INNER JOIN system.tables AS t ON t.database = c.database AND t.name = c.table
       WHERE c.database = 'tributary' AND t.engine LIKE '%MergeTree' AND c.table != 'schema_migration'
       ORDER BY c.table, c.position`,
    ),
    {},
  );
  const names = new Set(columns.map(({ table }) => table));
  return [...names].map((name) => {
    const own = columns.filter(({ table }) => table === name);
    return {
      name,
      isAggregated: own.some(({ engine }) => engine === 'AggregatingMergeTree'),
      columns: own
        .filter((column) => !OF_POSITIONS.test(column.name))
        .map((column) =>
          column.type.startsWith('AggregateFunction') ? `finalizeAggregation(${column.name})` : column.name,
        ),
    };
  });
}

async function rowsOf({ name, isAggregated, columns }: Table, reader: SqlReader): Promise<string[]> {
  const rows = await reader.all(
    query<{ row: string }>(
      `SELECT toString(tuple(${columns.join(', ')})) AS row FROM tributary.${name}${isAggregated ? ' FINAL' : ''}`,
    ),
    {},
  );
  return rows.map(({ row }) => row);
}

/** What two sets of tables differ in: the first rows of a table that are not equal. */
export function differences(left: Tables, right: Tables): string[] {
  return [...left].flatMap(([name, rows]) => {
    const others = right.get(name) ?? [];
    const at = rows.findIndex((row, index) => row !== others[index]);
    if (at < 0 && rows.length === others.length) return [];
    return [
      `${name}: ${rows.length} and ${others.length} rows, ${rows[at] ?? 'none'} and ${others[at] ?? 'none'}`,
    ];
  });
}
