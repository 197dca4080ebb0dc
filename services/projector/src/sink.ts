import type { Block, Engine } from '@tributary/clickhouse';
import { releaseMemory } from '@tributary/kernel';
import type { Sink } from '@tributary/projection';

/** The engine as a projector writes to it. */
export const sinkOf = (engine: Engine): Sink<Block> => ({
  fill: async (table) => (await engine.encoder(table)).fill(),
  insert: async (batch) => {
    await engine.insert(batch);
    releaseMemory(batch.block.bytes);
  },
  empty: (table) => engine.command(`TRUNCATE TABLE ${table}`),
});
