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
