import type { IngestEndpoint, ServedLimits } from '@tributary/capture';
import { deadLetterSink } from '@tributary/dead-letters';
import { readersOf, streamBodies } from '@tributary/intake';
import { systemClock } from '@tributary/kernel';
import {
  conditionsOf,
  keptRecords,
  lazyEngine,
  openEventTopic,
  openGroupTables,
  openResources,
  openStorage,
  openTableCheck,
  openTopic,
  partitionsAdded,
  upgradeOrder,
  watchKeptRecords,
  watchRequests,
} from '@tributary/lifecycle';
import type { Opened, Telemetry, WatchedRequests } from '@tributary/lifecycle';
import type { IngestConfig } from './config.ts';
import { IngestModule } from './ingest.module.ts';

/** The table that says which steps of telemetry are recorded. */
const STEPS = 'training_step';

/** Opens the intake over a log in a topic. Only telemetry that is compared with what is recorded waits for ClickHouse. */
export const openIngest = (config: IngestConfig, telemetry: Telemetry): Promise<Opened> =>
  openResources(async (resources) => {
    const service = 'ingest';
    const { kafka } = config;
    const storage = openStorage(config, telemetry);
    const { disk, blobs } = storage;
    const topic = resources.add(await openTopic(kafka, kafka.deadLettersTopic, { service, telemetry }));
    const requests = watchRequests(telemetry);
    const { appended } = requests;
    const admit = (): void => order.admit();
    const events = resources.add(
      await openEventTopic({ config, service, telemetry, storage, appended, admit }),
    );
    const tables = resources.add(
      await openGroupTables({
        topic: events.topic,
        group: kafka.group,
        timeout: config.tablesTimeout,
        onPartitionsAdded: partitionsAdded(telemetry),
      }),
    );
    const kept = resources.add(watchKeptRecords([events.topic, topic], keptRecords(telemetry)));
    const order = upgradeOrder({ tables, group: kafka.group });
    const engine = resources.add(lazyEngine(config.clickhouse));
    const { reader } = engine;
    const steps = resources.add(openTableCheck({ reader, tables, table: STEPS }));
    const { requestTimeout } = config.limits;
    const readers = readersOf(config.limits);
    if (readers) resources.add(readers);
    const endpoint: IngestEndpoint = {
      readers,
      limits: config.limits,
      log: events.log,
      blobs,
      deadLetters: countedDeadLetters(
        deadLetterSink({ topic, clock: systemClock, timeout: requestTimeout }),
        requests,
      ),
      engine,
      projector: { reached: (target) => tables.reached(target), shortfall: () => steps.shortfall() },
    };
    return {
      health: {
        conditions: conditionsOf({ events, storage, order }),
        dead: () => events.dead(),
        warnings: () => [...events.recorded.warnings(), ...events.blobs.warnings(), ...kept.warnings()],
        ready: () => ({
          topic: events.topic.name,
          position: events.log.head(),
          disk: disk.read(),
        }),
      },
      module: (health) => IngestModule.with(endpoint, servedBy(config), health),
      stream: (fastify) => {
        requests.hook(fastify);
        streamBodies(fastify);
      },
    };
  });

const servedBy = ({ limits, clickhouse, tablesTimeout }: IngestConfig): ServedLimits => ({
  requests: limits,
  deadlines: clickhouse && { query: clickhouse.queryMillis, tables: tablesTimeout },
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
