import { join } from 'node:path';
import { attributor, openEstimators, remoteAttributor } from '@tributary/attribution-jobs';
import type { Attributor } from '@tributary/attribution-jobs';
import { openBlobs } from '@tributary/blobs';
import { connectServer } from '@tributary/clickhouse';
import type { Engine } from '@tributary/clickhouse';
import { openTopicDeadLetters } from '@tributary/dead-letters';
import { streamBodies } from '@tributary/intake';
import { Fault } from '@tributary/kernel';
import {
  eventFormat,
  openEventTopic,
  openGroupTables,
  openTopic,
  requireSchema,
  watchRequests,
} from '@tributary/lifecycle';
import type { Opened, Telemetry } from '@tributary/lifecycle';
import { ApiModule } from './api.module.ts';
import type { ApiConfig } from './config.ts';
import { conditionsOf } from './readiness.ts';
import type { Runtime } from '@tributary/graphql';

/** Answers from the tables that the projector fills, with the log's replica beside them. */
export async function openApi(config: ApiConfig, telemetry: Telemetry): Promise<Opened> {
  const closing: (() => Promise<unknown>)[] = [];
  const closeAll = async (): Promise<void> => {
    for (const close of closing.toReversed()) await close();
  };
  const { kafka, directory } = config;
  const service = 'api';
  try {
    const engine = await connectServer(config.clickhouse);
    closing.push(() => engine.close());
    await requireSchema(engine.reader);
    const blobs = openBlobs(config.blobs);
    const letterTopic = await openTopic(kafka, kafka.deadLettersTopic, { service, telemetry });
    closing.push(() => letterTopic.close());
    const deadLetters = await openTopicDeadLetters({
      topic: letterTopic,
      directory: join(directory, 'dead-letters'),
    });
    closing.push(() => deadLetters.close());
    const requests = watchRequests(telemetry);
    const { appended } = requests;
    const format = (partitions: number) => eventFormat(blobs, partitions);
    const events = await openEventTopic({ kafka, service, directory, telemetry, format, appended });
    telemetry.metrics.deadLetters(() => deadLetters.counts().byCode);
    closing.push(() => events.close());
    const tables = await openGroupTables({ topic: events.topic, group: kafka.group });
    closing.push(() => tables.close());
    const answering = openAttributor(config, engine);
    closing.push(() => answering.close());
    const conditions = conditionsOf({ engine, events, tables });
    const runtime: Runtime = {
      directory,
      log: events.log,
      blobs,
      deadLetters,
      engine,
      projector: tables,
      conditions,
      rebuild: rebuildElsewhere,
    };
    return {
      health: {
        conditions,
        ready: () => ({ position: tables.position(), deadLetters: deadLetters.counts().parked }),
      },
      stream: (fastify) => {
        requests.hook(fastify);
        streamBodies(fastify);
      },
      module: (health) => ApiModule.with(runtime, answering.attributor, health),
      close: closeAll,
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

type Answering = { readonly attributor: Attributor; close(): Promise<void> };

function openAttributor({ attribution }: ApiConfig, engine: Engine): Answering {
  if (attribution !== undefined)
    return { attributor: remoteAttributor(attribution), close: () => Promise.resolve() };
  const estimators = openEstimators();
  return { attributor: attributor(engine.reader, estimators), close: () => estimators.close() };
}

/** Whoever fills the tables rebuilds them. */
const rebuildElsewhere = (): Promise<never> =>
  Promise.reject(
    new Fault(
      'rebuild_elsewhere',
      'this process only reads the tables; run the projector with `rebuild` to fill them again beside the live ones',
    ),
  );
