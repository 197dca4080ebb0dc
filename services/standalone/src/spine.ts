import { join } from 'node:path';
import { openBlobs } from '@tributary/blobs';
import type { Blobs } from '@tributary/blobs';
import { ledgerProjection } from '@tributary/attribution';
import { auditProjection } from '@tributary/audit';
import { migrate, openChdb } from '@tributary/clickhouse';
import type { Block, Engine } from '@tributary/clickhouse';
import type { Projection } from '@tributary/contracts';
import { corpusProjection } from '@tributary/corpus';
import { evaluationProjection } from '@tributary/evaluation';
import { openDeadLetters, projectionRefusal } from '@tributary/dead-letters';
import type { DeadLetters } from '@tributary/dead-letters';
import { openLmdbLog } from '@tributary/event-log';
import type { EventLog } from '@tributary/event-log';
import { influenceProjection } from '@tributary/influence';
import { releaseMemory, systemClock } from '@tributary/kernel';
import { lineageProjection } from '@tributary/lineage';
import { mixtureProjection } from '@tributary/mixture';
import { routingProjection } from '@tributary/routing';
import { correctionProjection, startProjector, tablesVersion } from '@tributary/projection';
import type { ParkedEvent, Projector, Sink } from '@tributary/projection';
import { trackerProjection, trainingProjection } from '@tributary/training';

/** Log, tables, and what carries facts from one into the other. */
export type Spine = {
  readonly directory: string;
  readonly log: EventLog;
  /** Data that is too long for the log. */
  readonly blobs: Blobs;
  /** What was refused of requests whose rest was stored. */
  readonly deadLetters: DeadLetters;
  readonly engine: Engine;
  readonly projector: Projector;
  close(): Promise<void>;
};

export const projections: readonly Projection[] = [
  corpusProjection,
  mixtureProjection,
  trainingProjection,
  trackerProjection,
  evaluationProjection,
  routingProjection,
  influenceProjection,
  ledgerProjection,
  auditProjection,
  lineageProjection,
  correctionProjection,
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
  const blobs = openBlobs(join(directory, 'blobs'));
  const deadLetters = await openDeadLetters(join(directory, 'dead-letters'));
  await migrate(engine, MIGRATIONS);
  const version = await tablesVersion(engine.reader, projections);
  const park = (event: ParkedEvent) => deadLetters.park([projectionRefusal(event)]);
  const sink = sinkOf(engine);
  const projector = await startProjector({ log, blobs, projections, version, sink, patience, park });
  const close = async (): Promise<void> => {
    await projector.stop();
    await engine.close();
    await deadLetters.close();
    await log.close();
  };
  return { directory, log, blobs, deadLetters, engine, projector, close };
}

const sinkOf = (engine: Engine): Sink<Block> => ({
  fill: async (table) => (await engine.encoder(table)).fill(),
  insert: async (batch) => {
    await engine.insert(batch);
    releaseMemory(batch.block.bytes);
  },
  empty: (table) => engine.command(`TRUNCATE TABLE ${table}`),
});

function patience(expire: () => void): () => void {
  const timer = setTimeout(expire, PATIENCE_MS);
  return () => clearTimeout(timer);
}
