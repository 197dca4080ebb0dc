type Ask = (sql: string, format?: string) => Promise<string>;

/** How the rows of a table are given to two shards: as the cluster does it, or every other row, whatever belongs together. */
export type Spread = {
  readonly database: string;
  readonly shardOf: (columns: ReadonlySet<string>, key: string) => string;
};

export const asInClusters: Spread = {
  database: 'spread',
  shardOf: (columns, key) =>
    columns.has('_position') ? 'bitShiftRight(_position, 40)' : `cityHash64(${key.split(',')[0]})`,
};

export const tornApart: Spread = {
  database: 'torn',
  shardOf: (columns, key) => `cityHash64(${columns.has('_position') ? '_position' : key})`,
};

/** A database that reads the tables of `tributary` as two shards, each of which has the rows that the spread gives it. */
export async function spreadTables(ask: Ask, { database, shardOf }: Spread): Promise<void> {
  await ask(`CREATE DATABASE ${database} ENGINE = Atomic`);
  const tables = `SELECT name, sorting_key, (SELECT groupArray(name) FROM system.columns AS c WHERE c.database = 'tributary' AND c.table = t.name) AS columns
    FROM system.tables AS t WHERE database = 'tributary' AND engine LIKE '%MergeTree'`;
  for (const line of (await ask(tables, 'JSONEachRow')).trim().split('\n')) {
    const { name, sorting_key, columns }: { name: string; sorting_key: string; columns: string[] } =
      JSON.parse(line);
    const shard = `(${shardOf(new Set(columns), sorting_key)}) % 2`;
    await ask(
      `CREATE VIEW ${database}.${name}_local AS SELECT * FROM tributary.${name} WHERE ${shard} = shardNum() - 1`,
    );
    await ask(
      `CREATE TABLE ${database}.${name} AS tributary.${name} ENGINE = Distributed('main', '${database}', '${name}_local')`,
    );
  }
}
