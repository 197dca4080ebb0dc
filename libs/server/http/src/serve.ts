import 'reflect-metadata';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { MAX_WIRE_BYTES, REQUEST_LIMITS } from '@tributary/capture';
import type { RequestLimits } from '@tributary/capture';
import { isOtlp } from '@tributary/otlp';
import type { FastifyInstance } from 'fastify';
import { guardHost } from './host-guard.ts';
import { limitRequests, readBodies } from './request-bodies.ts';
import { ProblemFilter } from './problem.filter.ts';

export type Address = {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
};

export type Serving = {
  readonly url: string;
  /** Finishes requests in progress, accepts no new ones, and resolves when all sockets are closed. */
  stop(): Promise<void>;
};

type Options = {
  readonly limits?: RequestLimits | undefined;
  /** Registers routes whose bodies are passed on as streams. */
  readonly stream?: (fastify: FastifyInstance) => void;
};

/** How long requests in progress may take at a stop before their sockets are closed. */
const DRAIN_MS = 3_000;

/** Serves a module over HTTP. Resolves when the server listens. */
export async function serve(
  module: DynamicModule,
  address: Address,
  { limits = REQUEST_LIMITS, stream }: Options = {},
): Promise<Serving> {
  const adapter = new FastifyAdapter({
    bodyLimit: MAX_WIRE_BYTES,
    requestTimeout: limits.requestTimeout,
    http: timeoutsOf(limits),
    keepAliveTimeout: 5_000,
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger: ['error', 'warn'],
  });
  app.useGlobalFilters(new ProblemFilter());
  guardHost(adapter.getInstance(), address.host);
  limitRequests(adapter.getInstance(), limits);
  readBodies(app, isRaw);
  stream?.(adapter.getInstance());
  await app.init();
  const url = await adapter.getInstance().listen(address);
  return { url, stop: () => drain(app) };
}

/** Node applies the longer one of its two timeouts, so both are set. */
const timeoutsOf = ({ requestTimeout }: RequestLimits) => ({
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
