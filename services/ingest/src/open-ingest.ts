import { openBlobs } from '@tributary/blobs';
import type { IngestEndpoint } from '@tributary/capture';
import { deadLetterSink } from '@tributary/dead-letters';
import { streamBodies } from '@tributary/intake';
import { systemClock } from '@tributary/kernel';
import {
  conditionsOf,
  eventFormat,
  lazyEngine,
  openEventTopic,
  openGroupTables,
  openResources,
  openTopic,
  watchRequests,
} from '@tributary/lifecycle';
import type { Opened, Telemetry, WatchedRequests } from '@tributary/lifecycle';
import type { IngestConfig } from './config.ts';
import { IngestModule } from './ingest.module.ts';

/** Opens the intake over a log in a topic. Only telemetry that is compared with what is recorded waits for ClickHouse. */
export const openIngest = (config: IngestConfig, telemetry: Telemetry): Promise<Opened> =>
  openResources(async (resources) => {
    const service = 'ingest';
    const { kafka, directory } = config;
    const blobs = openBlobs(config.blobs);
    const topic = resources.add(await openTopic(kafka, kafka.deadLettersTopic, { service, telemetry }));
    const requests = watchRequests(telemetry);
    const { appended } = requests;
    const format = (partitions: number) => eventFormat(blobs, partitions);
    const events = resources.add(
      await openEventTopic({ kafka, service, directory, telemetry, format, appended }),
    );
    const tables = resources.add(await openGroupTables({ topic: events.topic, group: kafka.group }));
    const endpoint: IngestEndpoint = {
      log: events.log,
      blobs,
      deadLetters: countedDeadLetters(deadLetterSink({ topic, clock: systemClock }), requests),
      engine: resources.add(lazyEngine(config.clickhouse)),
      projector: tables,
    };
    return {
      health: {
        conditions: conditionsOf({ events }),
        ready: () => ({ topic: events.topic.name, position: events.log.head() }),
      },
      module: (health) => IngestModule.with(endpoint, health),
      stream: (fastify) => {
        requests.hook(fastify);
        streamBodies(fastify);
      },
    };
  });

const countedDeadLetters = (
  deadLetters: IngestEndpoint['deadLetters'],
  requests: WatchedRequests,
): IngestEndpoint['deadLetters'] => ({
  park(refusals) {
    requests.refused(refusals.map(({ code }) => code));
    return deadLetters.park(refusals);
  },
});
