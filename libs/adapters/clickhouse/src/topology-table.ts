import { Fault } from '@tributary/kernel';

/** The Keeper path of a replicated table. It has the name, not the UUID, so that a server added later finds its shard. */
const keeperPath = (table: string): string => `'/clickhouse/tables/{shard}/tributary/${table}', '{replica}'`;

/** Long enough that a batch from before an outage is still recognised when it is repeated. */
const WINDOW = 'replicated_deduplication_window = 100000, replicated_deduplication_window_seconds = 2592000';

/** A quoted string, a comment, or a table of the database `tributary`. */
const TOKEN = /'(?:[^'\\]|\\[\s\S])*'|--[^\n]*|\/\*[\s\S]*?\*\/|\btributary\.(?<table>[a-z]\w*)/g;

/** Replaces the mark by `ON CLUSTER`. */
export const fillOnCluster = (sql: string, cluster: string): string =>
  sql.replaceAll('/*on_cluster*/', `ON CLUSTER '${cluster}'`);

/** Replaces tables by those that hold the rows of a shard: all of them, or all after the first. */
export function localNames(sql: string, which: 'all' | 'after the first'): string {
  let seen = 0;
  return sql.replaceAll(TOKEN, (token) => {
    if (!token.startsWith('tributary.')) return token;
    seen += 1;
    return seen === 1 && which === 'after the first' ? token : `${token}_local`;
  });
}

/** Creates the table that holds the rows of a shard, then the one of the original name over all shards. */
export function createTable(sql: string, cluster: string): readonly string[] {
  const table = /tributary\.(\w+)/.exec(sql)?.[1] ?? '';
  const local = `${table}_local`;
  const held = localNames(fillOnCluster(sql, cluster), 'all')
    .replace(
      /\/\*replicated\*\/(\w*MergeTree)\b/,
      (_, engine: string) => `Replicated${engine}(${keeperPath(local)})`,
    )
    .replace(/non_replicated_deduplication_window = \d+/, WINDOW);
  if (!held.includes('ENGINE = Replicated'))
    throw new Fault(
      'migration_unmarked',
      `tributary.${table} has no /*replicated*/ before its engine: add it to the migration`,
    );
  if (!held.includes(WINDOW))
    throw new Fault(
      'migration_unmarked',
      `tributary.${table} has no deduplication window, so a repeated batch would count twice: add non_replicated_deduplication_window to the migration`,
    );
  return [held, distributedTable(table, cluster, shardingKey(table, sql))];
}

const distributedTable = (table: string, cluster: string, key: string): string =>
  `CREATE TABLE IF NOT EXISTS tributary.${table} ON CLUSTER '${cluster}' AS tributary.${table}_local
ENGINE = Distributed('${cluster}', 'tributary', '${table}_local', ${key})`;

/**
 * A position contains the partition above its lowest 40 bits. So the rows of a batch, which has one partition, go to one
 * shard with one token, and all rows of a stream are on one shard. A range has 65,536 positions, so it contains the
 * partition above its lowest 24 bits.
 */
function shardingKey(table: string, sql: string): string {
  if (/^\s*_position /m.test(sql)) return 'bitShiftRight(_position, 40)';
  if (/^\s*position_range /m.test(sql)) return 'bitShiftRight(position_range, 24)';
  const column = /\bORDER BY \(?\s*(\w+)/.exec(sql)?.[1];
  if (column === undefined)
    throw new Fault(
      'migration_unmarked',
      `tributary.${table} has no sharding key: give it a column _position or an ORDER BY`,
    );
  return `cityHash64(${column})`;
}
