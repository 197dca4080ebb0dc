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
import { boundIntake, readBodies } from './intake.ts';
import { ProblemFilter } from './problem.filter.ts';

export type Address = {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
};

export type Serving = {
  readonly url: string;
  /** Answers what is under way, takes nothing new, and resolves when all sockets are closed. */
  stop(): Promise<void>;
};

type Options = {
  readonly limits?: RequestLimits | undefined;
  /** Hands bodies of some routes on as streams. */
  readonly stream?: (fastify: FastifyInstance) => void;
};

/** Requests under way at a stop get this long before their sockets are cut. */
const DRAIN_MS = 3_000;

/** Serves a module over HTTP. Resolves when it answers. */
export async function serve(
  module: DynamicModule,
  address: Address,
  { limits = REQUEST_LIMITS, stream }: Options = {},
): Promise<Serving> {
  const adapter = new FastifyAdapter({
    bodyLimit: MAX_WIRE_BYTES,
    requestTimeout: limits.requestTimeout,
    http: slownessOf(limits),
    keepAliveTimeout: 5_000,
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger: ['error', 'warn'],
  });
  app.useGlobalFilters(new ProblemFilter());
  guardHost(adapter.getInstance(), address.host);
  boundIntake(adapter.getInstance(), limits);
  readBodies(app, isRaw);
  stream?.(adapter.getInstance());
  await app.init();
  const url = await adapter.getInstance().listen(address);
  return { url, stop: () => drain(app) };
}

/** Node takes the longer one of its two timeouts, so both are set. */
const slownessOf = ({ requestTimeout }: RequestLimits) => ({
  headersTimeout: requestTimeout,
  connectionsCheckingInterval: Math.min(requestTimeout, 2_000),
});

async function drain(app: NestFastifyApplication): Promise<void> {
  const cut = setTimeout(() => app.getHttpServer().closeAllConnections(), DRAIN_MS);
  await app.close();
  clearTimeout(cut);
}

/** Where a body is judged by its bytes. */
const isRaw = (path: string): boolean => path === '/v1/events' || isOtlp(path);
