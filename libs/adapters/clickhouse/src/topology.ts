import { Fault } from '@tributary/kernel';
import { createTable, fillOnCluster, localNames } from './topology-table.ts';

/** One server, or a cluster by its name in `remote_servers`. */
export type Topology = { readonly kind: 'single' } | { readonly kind: 'cluster'; readonly name: string };

type Rewrite = (sql: string, cluster: string) => readonly string[];

/** The kinds of statements, by their beginnings. */
const KINDS: readonly (readonly [RegExp, Rewrite])[] = [
  [/^CREATE DATABASE /, (sql, cluster) => [fillOnCluster(sql, cluster)]],
  [/^CREATE FUNCTION /, (sql, cluster) => [fillOnCluster(sql, cluster)]],
  [/^CREATE TABLE /, createTable],
  [
    /^CREATE MATERIALIZED VIEW /,
    (sql, cluster) => [localNames(fillOnCluster(sql, cluster), 'after the first')],
  ],
  [/^DROP VIEW /, (sql, cluster) => [fillOnCluster(sql, cluster)]],
  [
    /^ALTER TABLE /,
    (sql, cluster) => [localNames(fillOnCluster(sql, cluster), 'all'), fillOnCluster(sql, cluster)],
  ],
  [
    /^DROP TABLE /,
    (sql, cluster) => [fillOnCluster(sql, cluster), `${localNames(fillOnCluster(sql, cluster), 'all')} SYNC`],
  ],
  [/^TRUNCATE TABLE /, (sql, cluster) => [localNames(onCluster(sql, cluster), 'all')]],
];

/**
 * The statements to run for a migration, in order. On one server that is the statement itself. In a cluster a table `x`
 * becomes `x_local`, replicated within each shard, and `x`, which reads and writes all shards. Throws Fault
 * `statement_not_for_clusters` for any other kind of statement, `migration_unmarked` for a table without its marks.
 */
export function forTopology(sql: string, topology: Topology): readonly string[] {
  if (topology.kind === 'single') return [sql];
  const head = sql.replace(/^(?:\s*--[^\n]*\n)*\s*/, '');
  const rewrite = KINDS.find(([start]) => start.test(head))?.[1];
  if (rewrite) return rewrite(sql, topology.name);
  throw new Fault(
    'statement_not_for_clusters',
    `"${head.slice(0, 60)}" cannot run in a cluster: migrations create, alter and drop tables and views, and create functions`,
  );
}

/** TRUNCATE is not a migration and has no mark. Without ON CLUSTER it would empty the table on one server only. */
const onCluster = (sql: string, cluster: string): string =>
  sql.replace(/tributary\.\w+/, (name) => `${name} ON CLUSTER '${cluster}'`);
