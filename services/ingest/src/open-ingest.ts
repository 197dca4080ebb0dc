import { openBlobs } from '@tributary/blobs';
import type { IngestEndpoint } from '@tributary/capture';
import { connectServer } from '@tributary/clickhouse';
import { deadLetterSink } from '@tributary/dead-letters';
import { faultText } from '@tributary/http';
import { Fault, systemClock } from '@tributary/kernel';
import type { SqlReader } from '@tributary/kernel';
import { eventFormat, openEventTopic, openGroupTables, openTopic, watchRequests } from '@tributary/lifecycle';
import type { ClickHouseConfig } from '@tributary/configuration';
import type { Opened, Telemetry, WatchedRequests } from '@tributary/lifecycle';
import type { IngestConfig } from './config.ts';
import { IngestModule } from './ingest.module.ts';
import { streamBodies } from '@tributary/intake';

/** HTTP in, log out. Nothing here waits for ClickHouse but telemetry that must be compared with what is recorded. */
export async function openIngest(config: IngestConfig, telemetry: Telemetry): Promise<Opened> {
  const closing: (() => Promise<unknown>)[] = [];
  const closeAll = async (): Promise<void> => {
    for (const close of closing.toReversed()) await close();
  };
  const service = 'ingest';
  const { kafka, directory } = config;
  try {
    const blobs = openBlobs(config.blobs);
    const letterTopic = await openTopic(kafka, kafka.deadLettersTopic, { service, telemetry });
    closing.push(() => letterTopic.close());
    const requests = watchRequests(telemetry);
    const { appended } = requests;
    const format = (partitions: number) => eventFormat(blobs, partitions);
    const events = await openEventTopic({ kafka, service, directory, telemetry, format, appended });
    closing.push(() => events.close());
    const tables = await openGroupTables({ topic: events.topic, group: kafka.group });
    closing.push(() => tables.close());
    const engine = lazyEngine(config.clickhouse);
    closing.push(() => engine.close());
    const endpoint: IngestEndpoint = {
      log: events.log,
      blobs,
      deadLetters: toldLetters(deadLetterSink({ topic: letterTopic, clock: systemClock }), requests),
      engine,
      projector: tables,
    };
    return {
      health: {
        async conditions() {
          const fault = events.fault();
          return fault === undefined
            ? []
            : [{ code: 'kafka_unavailable', detail: `the log cannot be followed: ${faultText(fault)}` }];
        },
        ready: () => ({ topic: events.topic.name, position: events.log.head() }),
      },
      module: (health) => IngestModule.with(endpoint, health),
      stream: (fastify) => {
        requests.hook(fastify);
        streamBodies(fastify);
      },
      close: closeAll,
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

const toldLetters = (
  letters: IngestEndpoint['deadLetters'],
  requests: WatchedRequests,
): IngestEndpoint['deadLetters'] => ({
  park(refusals) {
    requests.refused(refusals.map(({ code }) => code));
    return letters.park(refusals);
  },
});

type LazyEngine = { readonly reader: SqlReader; close(): Promise<void> };

/** Connects at the first question, so that intake starts without the tables. */
function lazyEngine(config: ClickHouseConfig | undefined): LazyEngine {
  let connecting: ReturnType<typeof connectServer> | undefined;
  const connect = () => {
    if (!config)
      throw new Fault(
        'tables_unknown',
        'CLICKHOUSE_URL is not set, and this needs to be compared with the tables',
      );
    connecting ??= connectServer(config).catch((error: unknown) => {
      connecting = undefined;
      throw error;
    });
    return connecting;
  };
  return {
    reader: { all: async (query, params) => (await connect()).reader.all(query, params) },
    async close() {
      const engine = await connecting?.catch(() => undefined);
      await engine?.close();
    },
  };
}
