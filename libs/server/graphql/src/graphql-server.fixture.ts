import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attributeAll, design, predictOutcome, asOneFamily } from '@tributary/attribution';
import { attributor, boundedAttributor, surfaceModel } from '@tributary/attribution-jobs';
import type { Estimators } from '@tributary/attribution-jobs';
import { openBlobs } from '@tributary/blobs';
import { INGEST_ENDPOINT } from '@tributary/capture';
import type { AnsweringLimits } from '@tributary/capture';
import { migrate, openChdb, openShadow } from '@tributary/clickhouse';
import { memoryDeadLetters, projectionRefusal } from '@tributary/dead-letters';
import { openLmdbLog } from '@tributary/event-log';
import { boundQuestions, isQuestion, serve } from '@tributary/http';
import { intakeControllers, streamBodies } from '@tributary/intake';
import { systemClock } from '@tributary/kernel';
import type { SqlReader } from '@tributary/kernel';
import { startProjector, tablesVersion } from '@tributary/projection';
import { projections, rebuild, sinkOf } from '@tributary/projector';
import { answers } from './answers.ts';
import type { AnswersOptions } from './answers.ts';
import { PageController } from './page/page.controller.ts';
import { ATTRIBUTOR, RUNTIME } from './runtime.ts';
import type { Runtime } from './runtime.ts';

const migrations = join(import.meta.dirname, '../../../../migrations/clickhouse');

/** An event as a producer sends it. */
export type SentEvent = { readonly id: string; readonly type: string } & Readonly<Record<string, unknown>>;

type Accepted = { readonly receipts: readonly { readonly position: string }[] };

type Answered<Answer> = {
  readonly data?: Answer;
  readonly errors?: readonly {
    readonly message: string;
    readonly locations?: readonly { readonly column: number }[];
    readonly extensions?: Readonly<Record<string, unknown>>;
  }[];
};

export type GraphqlServerOptions = AnswersOptions & {
  readonly answering?: AnsweringLimits;
  readonly ended?: (ending: string) => void;
  /** Bytes of memory that all queries use at most together. */
  readonly queryBytes?: number;
  /** What resolvers read by, made of the reader of the engine. */
  readonly reader?: (reader: SqlReader) => SqlReader;
};

export type GraphqlServer = {
  readonly url: string;
  readonly runtime: Runtime;
  /** The limits that have refused requests, in order. */
  readonly refused: readonly string[];
  /** Sends events as NDJSON; throws unless all of them are in the log afterwards. */
  record(...events: readonly SentEvent[]): Promise<Accepted>;
  /** The status and the body of an answer. */
  reply<Answer>(query: string, variables?: object): Promise<{ status: number; body: Answered<Answer> }>;
  /** The text of an answer. */
  askText(query: string, variables?: object): Promise<string>;
  /** The data of an answer; throws where it has errors. */
  ask<Answer>(query: string, variables?: object): Promise<Answer>;
  /** The end of the log, once the tables have reached it. */
  caughtUp(): Promise<string>;
  remove(): Promise<void>;
};

let made = 0;

/** A fact of the type under an id of its own. */
export function fact(type: string, data: object, id?: string): SentEvent {
  made += 1;
  return { specversion: '1.0', id: id ?? `fact-${made}`, source: 'urn:test', type, data };
}

/** The estimators in this thread. */
export const estimators: Estimators = {
  attribute: (questions, experiment) => Promise.resolve(asOneFamily(attributeAll(questions, experiment))),
  predict: (request) => Promise.resolve(predictOutcome(request)),
  model: (request, origin) => Promise.resolve(surfaceModel(request, origin)),
  design: (question, experiment) => Promise.resolve(design(question, experiment)),
  close: () => Promise.resolve(),
};

/** Serves the schema and the intake of events over a log in LMDB and tables in chDB, in a new temporary directory. */
export async function startGraphqlServer(options: GraphqlServerOptions = {}): Promise<GraphqlServer> {
  const directory = await mkdtemp(join(tmpdir(), 'tributary-graphql-'));
  const opened = await openRuntime(directory, options.queryBytes);
  const { engine } = opened.runtime;
  const reader = options.reader?.(engine.reader) ?? engine.reader;
  const runtime = { ...opened.runtime, engine: { ...engine, reader } };
  const { imports, providers } = answers(options);
  const bounded = boundedAttributor(attributor(reader, estimators), { limits: options.answering });
  const module = {
    module: class GraphqlServerModule {},
    imports,
    controllers: [...intakeControllers, PageController],
    providers: [
      ...providers,
      { provide: INGEST_ENDPOINT, useValue: runtime },
      { provide: RUNTIME, useValue: runtime },
      { provide: ATTRIBUTOR, useValue: bounded.attributor },
    ],
  };
  const { answering: bounds, ended } = options;
  const refused: string[] = [];
  const serving = await serve(
    module,
    { host: '127.0.0.1', port: 0 },
    {
      refused: (limit) => refused.push(limit),
      stream: (fastify) => {
        boundQuestions(fastify, { isQuestion, limits: bounds, ended });
        streamBodies(fastify);
      },
    },
  );
  return {
    runtime,
    refused,
    url: serving.url,
    ...clientOf(serving.url),
    caughtUp: async () => {
      const head = runtime.log.head();
      await runtime.projector.reached(head);
      return head;
    },
    remove: async () => {
      await serving.stop();
      await opened.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function openRuntime(
  directory: string,
  queryBytes?: number,
): Promise<{ runtime: Runtime; close(): Promise<void> }> {
  const log = await openLmdbLog({ directory: join(directory, 'log'), clock: systemClock });
  const engine = await openChdb({ directory: join(directory, 'tables'), threads: 8, queryBytes });
  await migrate(engine, migrations);
  const blobs = openBlobs(join(directory, 'blobs'));
  const deadLetters = memoryDeadLetters();
  const projector = await startProjector({
    log,
    blobs,
    projections,
    version: await tablesVersion(engine.reader, projections),
    sink: sinkOf(engine),
    shadow: openShadow({ engine, migrations }),
    linger: (expire) => {
      const timer = setTimeout(expire, 1);
      return () => clearTimeout(timer);
    },
    park: (event) => deadLetters.park([projectionRefusal(event)]),
  });
  const runtime: Runtime = {
    directory,
    log,
    blobs,
    deadLetters,
    engine,
    projector,
    conditions: () => Promise.resolve([]),
    rebuild: (request) => rebuild({ log, projector }, request),
  };
  const close = async (): Promise<void> => {
    await projector.stop();
    await engine.close();
    await log.close();
  };
  return { runtime, close };
}

function clientOf(url: string): Pick<GraphqlServer, 'record' | 'reply' | 'askText' | 'ask'> {
  const post = (path: string, type: string, body: string) =>
    fetch(`${url}${path}`, { method: 'POST', headers: { 'content-type': type }, body });
  const send = (query: string, variables: object = {}) =>
    post('/graphql', 'application/json', JSON.stringify({ query, variables }));
  const reply = async <Answer>(query: string, variables?: object) => {
    const response = await send(query, variables);
    const body: Answered<Answer> = JSON.parse(await response.text());
    return { status: response.status, body };
  };
  return {
    reply,
    askText: async (query, variables) => (await send(query, variables)).text(),
    ask: async <Answer>(query: string, variables?: object) => {
      const { body } = await reply<Answer>(query, variables);
      if (body.errors || body.data === undefined) throw new Error(JSON.stringify(body.errors));
      return body.data;
    },
    record: async (...events) => {
      const lines = events.map((event) => `${JSON.stringify(event)}\n`).join('');
      const response = await post('/v1/events', 'application/x-ndjson', lines);
      const text = await response.text();
      if (!response.ok) throw new Error(`${response.status}: ${text}`);
      const accepted: Accepted = JSON.parse(text);
      return accepted;
    },
  };
}
