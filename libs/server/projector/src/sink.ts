import { forTopology } from '@tributary/clickhouse';
import type { Block, Engine, Topology } from '@tributary/clickhouse';
import { releaseMemory } from '@tributary/kernel';
import type { Sink } from '@tributary/projection';

const SINGLE: Topology = { kind: 'single' };

/** The sink of a projector: inserts into the engine, and empties tables on every server of the topology. */
export const sinkOf = (engine: Engine, topology: Topology = SINGLE): Sink<Block> => ({
  openBlock: async (table) => (await engine.encoder(table)).builder(),
  insert: async (batch) => {
    await engine.insert(batch);
    releaseMemory(batch.block.bytes);
  },
  empty: async (table) => {
    for (const sql of forTopology(`TRUNCATE TABLE ${table}`, topology)) await engine.command(sql);
  },
});

/**
 * As `sinkOf`, for the embedded engine. Only one process reports the parts that its engine has set aside
 * (`parts_detached`), and emptying a table leaves them in its directory, so they are removed too.
 */
export function embeddedSinkOf(engine: Engine): Sink<Block> {
  const sink = sinkOf(engine);
  return {
    ...sink,
    empty: async (table) => {
      await sink.empty(table);
      await engine.command(
        `ALTER TABLE ${table} DROP DETACHED PARTITION ALL SETTINGS allow_drop_detached = 1`,
      );
    },
  };
}
