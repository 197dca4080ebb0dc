import 'reflect-metadata';
import { Module } from '@nestjs/common';
import type { DynamicModule, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { memoryBlobs } from '@tributary/blobs';
import type { Blobs } from '@tributary/blobs';
import { INGEST_ENDPOINT, REQUEST_LIMITS, SERVED_LIMITS } from '@tributary/capture';
import type { IngestEndpoint, ServedLimits } from '@tributary/capture';
import type { Projection } from '@tributary/contracts';
import { memoryDeadLetters } from '@tributary/dead-letters';
import type { DeadLetters } from '@tributary/dead-letters';
import { memoryLog } from '@tributary/event-log';
import type { EventLog } from '@tributary/event-log';
import { START } from '@tributary/kernel';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { noTables, openTables } from './tables.ts';

/** A protocol on a free port, over a log, blobs and dead letters in memory. */
export type ServedProtocol = {
  readonly url: string;
  readonly endpoint: IngestEndpoint;
  readonly log: EventLog;
  readonly blobs: Blobs;
  readonly deadLetters: DeadLetters;
  /** The events of the log, parsed. */
  events(): Promise<Stored[]>;
  close(): Promise<void>;
};

type Stored = {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly time?: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- tests read the data of any fact
  readonly data?: any;
  readonly dataref?: string;
};

type Options = {
  readonly controllers: Type[];
  /** Whether a route receives its body as bytes. */
  readonly isRaw?: (path: string) => boolean;
  /** Lets the protocol receive large bodies as streams. */
  readonly stream?: (fastify: FastifyInstance) => void;
  /** With projections, questions are answered by real tables in an embedded engine. */
  readonly projections?: readonly Projection[];
  readonly served?: ServedLimits;
  /** Replaces parts of the endpoint, such as a log that fails. */
  readonly replace?: Partial<IngestEndpoint>;
};

@Module({})
class ProtocolModule {}

/** Serves the controllers of one protocol as a process would. */
export async function serveProtocol(options: Options): Promise<ServedProtocol> {
  const { controllers, isRaw = () => false, stream, projections, served = {}, replace } = options;
  const [log, blobs, deadLetters] = [memoryLog(), memoryBlobs(), memoryDeadLetters()];
  const tables = projections ? await openTables(log, blobs, projections) : noTables;
  const { engine, projector } = tables;
  const endpoint: IngestEndpoint = { log, blobs, deadLetters, engine, projector, ...replace };
  const module: DynamicModule = {
    module: ProtocolModule,
    controllers,
    providers: [
      { provide: INGEST_ENDPOINT, useValue: endpoint },
      { provide: SERVED_LIMITS, useValue: served },
    ],
  };
  const adapter = new FastifyAdapter({ bodyLimit: REQUEST_LIMITS.wireBytes });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, { logger: false });
  readBodies(app, isRaw);
  stream?.(adapter.getInstance());
  await app.init();
  const url = await adapter.getInstance().listen({ host: '127.0.0.1', port: 0 });
  return {
    url,
    endpoint,
    log,
    blobs,
    deadLetters,
    events: () => eventsOf(log),
    close: async () => {
      await app.close();
      await tables.close();
    },
  };
}

async function eventsOf(log: EventLog): Promise<Stored[]> {
  const events = await log.read({ after: START, limit: 10_000, maxBytes: 1e9 });
  return events.map(({ bytes }) => JSON.parse(Buffer.from(bytes).toString('utf8')));
}

type Done = (error: Error | null, body?: unknown) => void;

function readBodies(app: NestFastifyApplication, isRaw: (path: string) => boolean): void {
  const fastify = app.getHttpAdapter().getInstance();
  const json = fastify.getDefaultJsonParser('error', 'error');
  const pathOf = ({ url }: FastifyRequest): string => url.split('?')[0] ?? '';
  app.useBodyParser('application/json', {}, (request: FastifyRequest, body: Buffer, done: Done) =>
    isRaw(pathOf(request)) ? done(null, body) : json(request, body.toString('utf8'), done),
  );
  fastify.removeContentTypeParser('text/plain');
  fastify.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
}
