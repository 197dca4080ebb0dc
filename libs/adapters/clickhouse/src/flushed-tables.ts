import { query } from '@tributary/kernel';
import { z } from 'zod';
import type { Engine } from './engine.ts';
import type { Topology } from './topology.ts';

/**
 * A part is on disk, with its directory, when its insert is confirmed, and a merged part before its sources are removed.
 * The engine flushes nothing by itself.
 */
const FLUSHED = 'fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1';

const unflushedTables = query(import.meta.url, 'unflushed-tables', {
  params: z.object({}),
  row: z.object({ name: z.string() }),
});

/**
 * The statement of a migration as it runs. The settings are not in the files, because released files stay as they are,
 * and what fills a table does not depend on them.
 */
export const flushedTable = (sql: string): string =>
  sql.replace(/\bnon_replicated_deduplication_window = \d+/, `$&, ${FLUSHED}`);

/** Gives the settings to tables that an earlier version created. Throws the faults of `Engine`. */
export async function flushTables(engine: Engine, topology: Topology): Promise<void> {
  const on = topology.kind === 'cluster' ? ` ON CLUSTER '${topology.name}'` : '';
  for (const { name } of await engine.reader.all(unflushedTables, {}))
    await engine.command(`ALTER TABLE tributary.${name}${on} MODIFY SETTING ${FLUSHED}`);
}
