import { Fault } from '@tributary/kernel';
import { createTable, fillOnCluster, localNames } from './topology-table.ts';

/** One server, or a cluster by its name in `remote_servers`. */
export type Topology = { readonly kind: 'single' } | { readonly kind: 'cluster'; readonly name: string };

type Rewrite = (sql: string, cluster: string) => readonly string[];

/** What a statement may be, by how it begins. */
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
 * A statement that defines something, as it runs here: itself on one server. In a cluster a table `x` becomes
 * `x_local`, replicated on every shard, and `x`, which reads and writes all shards. Run them in order.
 * Throws Fault `statement_not_for_clusters` where it is of no kind that a migration may be.
 */
export function forTopology(sql: string, topology: Topology): readonly string[] {
  if (topology.kind === 'single') return [sql];
  const head = sql.replace(/^(?:\s*--[^\n]*\n)*\s*/, '');
  const rewrite = KINDS.find(([start]) => start.test(head))?.[1];
  if (rewrite) return rewrite(sql, topology.name);
  throw new Fault(
    'statement_not_for_clusters',
    `nothing says what "${head.slice(0, 60)}" means in a cluster: migrations create, alter and drop tables and views, and create functions`,
  );
}

/** Emptying a table is no migration, so it carries no mark. Without this only one server of a shard would be asked. */
const onCluster = (sql: string, cluster: string): string =>
  sql.replace(/tributary\.\w+/, (name) => `${name} ON CLUSTER '${cluster}'`);
