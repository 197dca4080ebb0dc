import { Fault } from '@tributary/kernel';

/** Where a replicated table keeps its state. By name and not by UUID, so that a server that comes later finds its shard. */
const keeperPath = (table: string): string => `'/clickhouse/tables/{shard}/tributary/${table}', '{replica}'`;

/** Long enough that a range that was planned before an outage is known when it is sent again. */
const WINDOW = 'replicated_deduplication_window = 100000, replicated_deduplication_window_seconds = 2592000';

/** Text in quotes, comments, or a table of ours. */
const TOKEN = /'(?:[^'\\]|\\[\s\S])*'|--[^\n]*|\/\*[\s\S]*?\*\/|\btributary\.(?<table>[a-z]\w*)/g;

/** A statement with its mark filled in, and nothing else changed. */
export const fillOnCluster = (sql: string, cluster: string): string =>
  sql.replaceAll('/*on_cluster*/', `ON CLUSTER '${cluster}'`);

/** Names the tables that hold the rows, all of them or those after what the statement itself is about. */
export function localNames(sql: string, which: 'all' | 'after the first'): string {
  let seen = 0;
  return sql.replaceAll(TOKEN, (token) => {
    if (!token.startsWith('tributary.')) return token;
    seen += 1;
    return seen === 1 && which === 'after the first' ? token : `${token}_local`;
  });
}

/** The table that holds a shard's rows, then the one of the old name that stands for all shards. */
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
    throw new Fault('migration_unmarked', `tributary.${table} lacks /*replicated*/ before its engine`);
  if (!held.includes(WINDOW))
    throw new Fault(
      'migration_unmarked',
      `tributary.${table} has no deduplication window: a repeated batch would count`,
    );
  return [held, distributedTable(table, cluster, shardingKey(table, sql))];
}

const distributedTable = (table: string, cluster: string, key: string): string =>
  `CREATE TABLE IF NOT EXISTS tributary.${table} ON CLUSTER '${cluster}' AS tributary.${table}_local
ENGINE = Distributed('${cluster}', 'tributary', '${table}_local', ${key})`;

/**
 * A place in the log holds the partition above its lowest 40 bits. So the rows of a batch, which is of one partition,
 * go to one shard under one token, and everything of one stream is on one shard.
 */
function shardingKey(table: string, sql: string): string {
  if (/^\s*_position /m.test(sql)) return 'bitShiftRight(_position, 40)';
  const column = /\bORDER BY \(?\s*(\w+)/.exec(sql)?.[1];
  if (column === undefined)
    throw new Fault('migration_unmarked', `tributary.${table} has no key to spread it by`);
  return `cityHash64(${column})`;
}
