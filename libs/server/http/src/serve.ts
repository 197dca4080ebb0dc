import 'reflect-metadata';
import { ConsoleLogger } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { metLimitOf, REQUEST_LIMITS } from '@tributary/capture';
import type { RequestLimits } from '@tributary/capture';
import { isArtifactAddress } from '@tributary/mlflow';
import { isOtlp } from '@tributary/otlp';
import type { FastifyInstance } from 'fastify';
import type { Authenticator } from './access/authenticator.ts';
import { guardAccess } from './access/guard-access.ts';
import { listeningText } from './address.ts';
import type { Address } from './address.ts';
import { answerClientErrors } from './client-errors.ts';
import { answerMillis, limitAnswerTime } from './answer-time.ts';
import { limitBodyTime } from './body-time.ts';
import { boundAddress } from './bound-address.ts';
import { guardBrowser } from './browser-guard.ts';
import { limitRates } from './client-rates.ts';
import type { Health } from './health.controller.ts';
import { guardHost } from './host-guard.ts';
import { requireMediaTypes } from './media-types.ts';
import { onceEnded } from './once-ended.ts';
import { recordReads } from './read-record.ts';
import type { ReadRecord } from './read-record.ts';
import { limitParameters, limitRequests, readBodies } from './request-bodies.ts';
import { ProblemFilter } from './problem.filter.ts';
import { serveMetrics, withoutMetrics } from './serve-metrics.ts';
import type { MetricsServer } from './serve-metrics.ts';
import { requestTarget } from './request-target.ts';
import { sendSecurityHeaders } from './security-headers.ts';

export type Serving = {
  /** An address of the server that this machine can call. */
  readonly url: string;
  /** Where it listens, in words. */
  readonly listening: string;
  /** Finishes requests in progress, accepts no new ones, and resolves when all sockets are closed. */
  stop(): Promise<void>;
  /** The address of the metrics where they have a port of their own. */
  readonly metricsUrl?: string | undefined;
};

type Options = {
  readonly limits?: RequestLimits | undefined;
  /** Milliseconds between two looks at answers that are not read. */
  readonly unreadMillis?: number;
  /** Says who calls; absent where everybody may. */
  readonly authenticator?: Authenticator | undefined;
  /** What a port of their own serves, where the address has one. */
  readonly metrics?: Health['metrics'];
  /** Hears of each request that a limit refused, by the name of the limit. */
  readonly refused?: ((limit: string) => void) | undefined;
  /** Hears who read what, where callers have keys. */
  readonly read?: ((read: ReadRecord) => void) | undefined;
  /** Registers routes whose bodies are passed on as streams. */
  readonly stream?: (fastify: FastifyInstance) => void;
};

/**
 * How long a connection may be idle. Longer than the minute of usual proxies: a client that waits longer than its server
 * sends into a connection that is being closed, and cannot know whether its request was read.
 */
const IDLE_MS = 75_000;

/** How long requests in progress may take at a stop before their sockets are closed. */
const DRAIN_MS = 3_000;

/** Serves a module over HTTP. Resolves when the server listens. */
export async function serve(
  module: DynamicModule,
  address: Address,
  {
    limits = REQUEST_LIMITS,
    unreadMillis = answerMillis(limits),
    authenticator,
    metrics,
    refused,
    read,
    stream,
  }: Options = {},
): Promise<Serving> {
  const adapter = adapterOf(limits, refused);
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger: new ConsoleLogger({ logLevels: ['error', 'warn'], colors: false }),
    /* The parsers of Nest include one of forms. */
    bodyParser: false,
  });
  app.useGlobalFilters(new ProblemFilter(limits));
  const fastify = adapter.getInstance();
  limitAnswerTime(adapter.getHttpServer(), { millis: unreadMillis });
  sendSecurityHeaders(fastify);
  limitBodyTime(fastify, {
    millis: limits.requestTimeout,
    isLong: ({ method, url = '' }) => method === 'PUT' && isArtifactAddress(url),
  });
  guardAddress(fastify, address, refused);
  /* Before the guard: a caller without the scope has asked too. */
  if (authenticator && read) recordReads(fastify, read);
  if (authenticator) guardAccess(fastify, authenticator);
  limitRates(fastify, { limits });
  if (address.metricsPort !== undefined) withoutMetrics(fastify, address.metricsPort);
  requireMediaTypes(fastify);
  limitRequests(fastify, limits);
  readBodies(app, isRaw, limits);
  limitParameters(fastify, limits);
  stream?.(fastify);
  await app.init();
  const { host, port } = address;
  const url = await fastify.listen({ host: await boundAddress(host), port });
  const measured = await metricsServer(address, { metrics, limits }).catch(async (error: unknown) => {
    await app.close();
    throw error;
  });
  return {
    url,
    listening: listeningText(host, url),
    metricsUrl: measured?.url,
    stop: async () => {
      await drain(app);
      await measured?.close();
    },
  };
}

const adapterOf = (limits: RequestLimits, refused: Options['refused']): FastifyAdapter =>
  new FastifyAdapter({
    bodyLimit: limits.wireBytes,
    http: timeoutsOf(limits),
    clientErrorHandler: answerClientErrors({ millis: limits.requestTimeout, refused }),
    keepAliveTimeout: IDLE_MS,
    rewriteUrl: ({ url = '/' }) => requestTarget(url),
  });

function guardAddress(fastify: FastifyInstance, address: Address, refused: Options['refused']): void {
  if (refused) countRefusals(fastify, refused);
  guardHost(fastify, address);
  guardBrowser(fastify, address);
}

/** Whatever protocol sent the refusal, and also where its client has left. */
function countRefusals(fastify: FastifyInstance, refused: (limit: string) => void): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    onceEnded(request, reply, () => {
      const limit = metLimitOf(request.raw);
      if (limit !== undefined) refused(limit);
    });
    done();
  });
}

const metricsServer = async (
  { metricsPort, ...address }: Address,
  { metrics, limits }: { readonly metrics: Health['metrics']; readonly limits: RequestLimits },
): Promise<MetricsServer | undefined> =>
  metricsPort === undefined || !metrics
    ? undefined
    : serveMetrics({ ...address, port: metricsPort }, { metrics, limits });

/**
 * The time of the headers alone: `limitBodyTime` bounds that of bodies, `limitAnswerTime` that of answers. Node would apply
 * the longer one of headers and bodies.
 */
const timeoutsOf = ({ requestTimeout }: RequestLimits) => ({
  requestTimeout: 0,
  headersTimeout: requestTimeout,
  connectionsCheckingInterval: Math.min(requestTimeout, 2_000),
});

async function drain(app: NestFastifyApplication): Promise<void> {
  const deadline = setTimeout(() => app.getHttpServer().closeAllConnections(), DRAIN_MS);
  await app.close();
  clearTimeout(deadline);
}

/** Paths whose controllers validate the bytes of a body themselves. */
const isRaw = (path: string): boolean => path === '/v1/events' || isOtlp(path);
