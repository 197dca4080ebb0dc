import { join } from 'node:path';
import { attributor, boundedAttributor, openEstimators, remoteAttributor } from '@tributary/attribution-jobs';
import type { Attributor } from '@tributary/attribution-jobs';
import type { ServedLimits } from '@tributary/capture';
import { connectServer } from '@tributary/clickhouse';
import type { Engine } from '@tributary/clickhouse';
import { openTopicDeadLetters } from '@tributary/dead-letters';
import type { SharedDeadLetters } from '@tributary/dead-letters';
import { boundQuestions, isQuestion, shownPath } from '@tributary/http';
import type { ReadinessCondition } from '@tributary/http';
import { streamBodies } from '@tributary/intake';
import { Fault } from '@tributary/kernel';
import {
  conditionsOf,
  eventsLook,
  keptRecords,
  openComparedTables,
  openEventTopic,
  openGroupTables,
  openResources,
  openStorage,
  openTopic,
  partitionsAdded,
  requireSchema,
  rowLooks,
  unfollowed,
  upgradeOrder,
  watchKeptRecords,
  watchRequests,
} from '@tributary/lifecycle';
import type {
  ComparedTables,
  EventTopic,
  GroupTables,
  KeptRecords,
  Opened,
  Telemetry,
} from '@tributary/lifecycle';
import { ApiModule } from './api.module.ts';
import type { ApiConfig } from './config.ts';
import { projections } from '@tributary/graphql';
import type { Runtime } from '@tributary/graphql';
import { tablesVersion } from '@tributary/projection';

/** Opens the answers from the tables that the projector fills, with a replica of the log. */
export const openApi = (config: ApiConfig, telemetry: Telemetry): Promise<Opened> =>
  openResources(async (resources) => {
    const { kafka, directory } = config;
    const { requestTimeout } = config.limits;
    const service = 'api';
    const { queriesWaiting } = config.answering;
    const engine = resources.add(await connectServer({ ...config.clickhouse, queriesWaiting }));
    await requireSchema(engine.reader);
    const storage = openStorage(config, telemetry);
    const { disk, blobs } = storage;
    const topic = resources.add(await openTopic(kafka, kafka.deadLettersTopic, { service, telemetry }));
    const parked = { directory: join(directory, 'dead-letters'), writeTimeout: requestTimeout };
    const deadLetters = resources.add(await openTopicDeadLetters({ topic, ...parked }));
    const requests = watchRequests(telemetry);
    const { appended } = requests;
    const admit = (): void => order.admit();
    const events = resources.add(
      await openEventTopic({ config, service, telemetry, storage, appended, admit }),
    );
    telemetry.metrics.deadLetters(() => deadLetters.counts().byCode);
    const tables = resources.add(await openTables(config, { engine, events, telemetry }));
    const order = upgradeOrder({ tables, group: kafka.group });
    const kept = resources.add(watchKeptRecords([events.topic, topic], keptRecords(telemetry)));
    const warnings = warningsOf(events, kept, deadLetters);
    const compared = resources.add(await compareTables(engine, events, tables));
    const { attributor: bounded, hook } = resources.add(openAnswering(config, engine, telemetry));
    const conditions = conditionsOf({ engine, events, tables, storage, deadLetters, order, compared });
    const runtime: Runtime = {
      directory: shownPath(config.address, directory),
      limits: config.limits,
      log: events.log,
      blobs,
      deadLetters,
      engine,
      /* What was recorded since comes first: tables differ from a log that is not known to its end. */
      projector: { ...tables, shortfall: () => unfollowed(events) ?? firstReason(tables, compared) },
      conditions: async () => [...(await conditions()), ...warnings()],
      rebuild: rebuildElsewhere,
    };
    return {
      health: {
        conditions,
        dead: () => events.dead() ?? deadLetters.dead(),
        warnings,
        ready: () => ({
          position: tables.position(),
          deadLetters: deadLetters.counts().parked,
          disk: disk.read(),
        }),
      },
      stream: (fastify) => {
        requests.hook(fastify);
        hook(fastify);
        streamBodies(fastify);
      },
      module: (health) => ApiModule.with({ runtime, attributor: bounded, served: servedBy(config) }, health),
    };
  });

const warningsOf =
  (events: EventTopic, kept: KeptRecords, deadLetters: SharedDeadLetters) => (): ReadinessCondition[] => {
    const truncated = deadLetters.truncated();
    const lacking = truncated === undefined ? [] : [{ code: truncated.code, detail: truncated.message }];
    return [...events.recorded.warnings(), ...events.blobs.warnings(), ...kept.warnings(), ...lacking];
  };

type Short = { shortfall(): string | undefined };

const firstReason = (...parts: readonly Short[]): string | undefined =>
  parts.map((part) => part.shortfall()).find((reason) => reason !== undefined);

type Estimating = { readonly attributor: Attributor; readonly close: () => Promise<void> };

type Answering = Estimating & {
  /** Bounds the requests with questions. */
  readonly hook: NonNullable<Opened['stream']>;
};

/** What answers questions within the limits, and counts those that are not answered. */
function openAnswering(config: ApiConfig, engine: Engine, { metrics }: Telemetry): Answering {
  const { answering: limits } = config;
  const { ended, running, attributions } = metrics.questions();
  const { attributor: behind, close } = openAttributor(config, engine);
  const bounded = boundedAttributor(behind, { limits });
  attributions(bounded.load);
  return {
    attributor: bounded.attributor,
    close,
    hook: (fastify) => running(boundQuestions(fastify, { isQuestion, limits, ended })),
  };
}

type Sources = { readonly engine: Engine; readonly events: EventTopic; readonly telemetry: Telemetry };

/** The tables that the group of projectors fills from the topic. */
const openTables = async (
  { kafka: { group }, tablesTimeout: timeout }: ApiConfig,
  { engine, events: { topic }, telemetry }: Sources,
): Promise<GroupTables> =>
  openGroupTables({
    topic,
    group,
    version: await tablesVersion(engine.reader, projections),
    timeout,
    onPartitionsAdded: partitionsAdded(telemetry),
  });

const servedBy = ({
  limits,
  questions,
  introspection,
  answering,
  artifactBytes,
  attribution,
  estimateHeap,
  clickhouse,
  estimateTimeout,
  tablesTimeout,
}: ApiConfig): ServedLimits => ({
  requests: limits,
  questions,
  introspection,
  answering,
  artifactBytes,
  deadlines: { query: clickhouse.queryMillis, estimate: estimateTimeout, tables: tablesTimeout },
  /* The service has its own. */
  ...(attribution === undefined && { estimateHeap }),
});

const compareTables = (
  { reader }: Engine,
  { log, topic: { partitions } }: EventTopic,
  tables: GroupTables,
): Promise<ComparedTables> =>
  openComparedTables({
    events: eventsLook({ reader, log, tables, partitions }),
    rows: rowLooks({ reader, tables, projections }),
    restarts: () => tables.restarts(),
  });

function openAttributor(
  { attribution: url, attributionKey: apiKey, estimateTimeout: millis, estimateHeap: heap }: ApiConfig,
  engine: Engine,
): Estimating {
  if (url !== undefined)
    return { attributor: remoteAttributor({ url, millis, apiKey }), close: () => Promise.resolve() };
  const estimators = openEstimators({ millis, heap });
  return { attributor: attributor(engine.reader, estimators), close: () => estimators.close() };
}

/** The process that fills the tables rebuilds them. */
const rebuildElsewhere = (): Promise<never> =>
  Promise.reject(
    new Fault(
      'rebuild_elsewhere',
      'this process only reads the tables; run the projector with `rebuild`, which fills shadow tables and exchanges them',
    ),
  );
