import { join } from 'node:path';
import { migrate, openChdb } from '@tributary/clickhouse';
import type { Block, Engine } from '@tributary/clickhouse';
import type { Projection } from '@tributary/contracts';
import { corpusProjection } from '@tributary/corpus';
import { evaluationProjection } from '@tributary/evaluation';
import { openLmdbLog } from '@tributary/event-log';
import type { EventLog } from '@tributary/event-log';
import { systemClock } from '@tributary/kernel';
import { mixtureProjection } from '@tributary/mixture';
import { startProjector } from '@tributary/projection';
import type { Projector, Sink } from '@tributary/projection';
import { trainingProjection } from '@tributary/training';

/** Log, tables, and what carries facts from one into the other. */
export type Spine = {
  readonly directory: string;
  readonly log: EventLog;
  readonly engine: Engine;
  readonly projector: Projector;
  close(): Promise<void>;
};

export const projections: readonly Projection[] = [
  corpusProjection,
  mixtureProjection,
  trainingProjection,
  evaluationProjection,
];

const MIGRATIONS = join(import.meta.dirname, '../../../migrations/clickhouse');

/** How long a batch waits for more events: an insert has a fixed cost, and merging many small ones has another. */
const PATIENCE_MS = 1_000;

/** Opens everything under one directory. Throws Faults that say what is in the way. */
export async function openSpine(directory: string, threads: number): Promise<Spine> {
  const log = await openLmdbLog({ directory: join(directory, 'log'), clock: systemClock });
  try {
    const engine = await openChdb({ directory: join(directory, 'tables'), threads });
    return await startSpine(directory, log, engine);
  } catch (error) {
    await log.close();
    throw error;
  }
}

async function startSpine(directory: string, log: EventLog, engine: Engine): Promise<Spine> {
  await migrate(engine, MIGRATIONS);
  const projector = await startProjector({ log, projections, sink: sinkOf(engine), patience });
  const close = async (): Promise<void> => {
    await projector.stop();
    await engine.close();
    await log.close();
  };
  return { directory, log, engine, projector, close };
}

const sinkOf = (engine: Engine): Sink<Block> => ({
  fill: async (table) => (await engine.encoder(table)).fill(),
  insert: engine.insert.bind(engine),
  empty: (table) => engine.command(`TRUNCATE TABLE ${table}`),
});

function patience(expire: () => void): () => void {
  const timer = setTimeout(expire, PATIENCE_MS);
  return () => clearTimeout(timer);
}
