import 'reflect-metadata';
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.ts';
import { LIMITS } from './backpressure.ts';
import type { Limits } from './backpressure.ts';
import { openEstimators } from './estimators/pool.ts';
import { streamBlobs } from './http/blob-body.ts';
import { guardHost } from './http/host-guard.ts';
import { boundIntake, readBodies } from './http/intake.ts';
import { streamOpenLineage } from './http/openlineage-body.ts';
import { isOtlp } from './http/otlp/wire.ts';
import { ProblemFilter } from './http/problem.filter.ts';
import { MAX_WIRE_BYTES } from './http/sizes.ts';
import { announce } from './server-file.ts';
import { openSpine } from './spine.ts';
import type { Spine } from './spine.ts';
import { startFault } from './start-fault.ts';

export type StandaloneOptions = {
  readonly directory: string;
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly limits?: Limits | undefined;
};

export type Standalone = { readonly url: string; close(): Promise<void> };

/** libuv's pool: engine calls occupy a thread each while they work. The entry file sets UV_THREADPOOL_SIZE to it. */
export const THREADS = 16;

/** Requests under way at a stop get this long before their sockets are cut. */
const DRAIN_MS = 3_000;

/** Everything in one process: log, tables, HTTP and GraphQL. Resolves when it answers. */
export async function startStandalone({
  host,
  port,
  limits,
  ...options
}: StandaloneOptions): Promise<Standalone> {
  const directory = resolve(options.directory);
  mkdirSync(directory, { recursive: true });
  try {
    const spine = await openSpine(directory, THREADS);
    return await serve(spine, { host, port }, limits).catch(async (error: unknown) => {
      await spine.close();
      throw error;
    });
  } catch (error) {
    throw startFault(error, directory, port);
  }
}

async function serve(
  spine: Spine,
  address: { host: string; port: number },
  limits = LIMITS,
): Promise<Standalone> {
  const estimators = openEstimators();
  const adapter = new FastifyAdapter({
    bodyLimit: MAX_WIRE_BYTES,
    requestTimeout: limits.requestTimeout,
    http: slownessOf(limits),
    keepAliveTimeout: 5_000,
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(spine, estimators), adapter, {
    logger: ['error', 'warn'],
  });
  app.useGlobalFilters(new ProblemFilter());
  guardHost(adapter.getInstance(), address.host);
  boundIntake(adapter.getInstance(), limits);
  readBodies(app, isRaw);
  streamOpenLineage(adapter.getInstance());
  streamBlobs(adapter.getInstance());
  await app.init();
  const url = await adapter.getInstance().listen(address);
  const withdraw = announce(spine.directory, url);
  return {
    url,
    close: async () => {
      withdraw();
      await drain(app);
      await estimators.close();
      await spine.close();
    },
  };
}

/** Node takes the longer one of its two timeouts, so both are set. */
const slownessOf = ({ requestTimeout }: Limits) => ({
  headersTimeout: requestTimeout,
  connectionsCheckingInterval: Math.min(requestTimeout, 2_000),
});

/** Answers what is under way and takes nothing new. */
async function drain(app: NestFastifyApplication): Promise<void> {
  const cut = setTimeout(() => app.getHttpServer().closeAllConnections(), DRAIN_MS);
  await app.close();
  clearTimeout(cut);
}

/** Where a body is judged by its bytes. */
const isRaw = (path: string): boolean => path === '/v1/events' || isOtlp(path);
