type Ask = (sql: string, format?: string) => Promise<string>;
type Table = { readonly name: string; readonly sorting_key: string; readonly columns: readonly string[] };

/** Reads the tables of `tributary` as two shards. */
export const TORN = 'torn';

/**
 * Assigns rows to the shards alternately. A cluster keeps a stream on one shard, so this is harder: a query that is
 * correct here is correct with any sharding key.
 */
export async function tearApart(ask: Ask): Promise<void> {
  await ask(`CREATE DATABASE ${TORN} ENGINE = Atomic`);
  const tables = `SELECT name, sorting_key,
      (SELECT groupArray(name) FROM system.columns AS c WHERE c.database = 'tributary' AND c.table = t.name) AS columns
    FROM system.tables AS t WHERE database = 'tributary' AND engine LIKE '%MergeTree'`;
  for (const line of (await ask(tables, 'JSONEachRow')).trim().split('\n')) {
    const { name, sorting_key, columns }: Table = JSON.parse(line);
    const shard = `cityHash64(${columns.includes('_position') ? '_position' : sorting_key}) % 2`;
    await ask(
      `CREATE VIEW ${TORN}.${name}_local AS SELECT * FROM tributary.${name} WHERE ${shard} = shardNum() - 1`,
    );
    await ask(
      `CREATE TABLE ${TORN}.${name} AS tributary.${name} ENGINE = Distributed('main', '${TORN}', '${name}_local')`,
    );
  }
}
