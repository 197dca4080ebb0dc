import type { SqlReader } from '@tributary/kernel';
import { detachedParts } from './check-queries.ts';
import type { TablesFinding } from './check-tables.ts';

/** How a server of a cluster names its part of a table. */
const LOCAL = /_local$/;

/**
 * Parts of tables that the engine has set aside, a finding for each table; of all replicas where a cluster is named. Their
 * rows are not read. Throws the Faults of the reader.
 */
export async function findDetachedParts(
  reader: SqlReader,
  tables: ReadonlySet<string>,
  cluster?: string,
): Promise<TablesFinding[]> {
  const detached = await reader.all(cluster === undefined ? detachedParts : onReplicas(cluster), {});
  return detached.flatMap(({ table_name, parts, reasons }): TablesFinding[] => {
    const table = table_name.replace(LOCAL, '');
    if (!tables.has(table)) return [];
    const detail = `${parts} parts of ${table} are set aside${reasons && ` (${reasons})`}`;
    return [{ code: 'parts_detached', detail }];
  });
}

/** A cluster's name is a setting of this process and cannot be a parameter. */
const onReplicas = (cluster: string): typeof detachedParts => ({
  ...detachedParts,
  sql: detachedParts.sql.replace(
    'system.detached_parts',
    `clusterAllReplicas('${cluster}', system.detached_parts)`,
  ),
});
