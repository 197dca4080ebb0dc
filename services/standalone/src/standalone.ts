import 'reflect-metadata';
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { acceptedMediaTypes } from '@tributary/capture';
import { AppModule } from './app.module.ts';
import { openEstimators } from './estimators/pool.ts';
import { MAX_WIRE_BYTES } from './http/body.ts';
import { guardHost } from './http/host-guard.ts';
import { ProblemFilter } from './http/problem.filter.ts';
import { announce } from './server-file.ts';
import { openSpine } from './spine.ts';
import type { Spine } from './spine.ts';
import { startFault } from './start-fault.ts';

export type StandaloneOptions = {
  readonly directory: string;
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
};

export type Standalone = { readonly url: string; close(): Promise<void> };

/** libuv's pool: engine calls occupy a thread each while they work. The entry file sets UV_THREADPOOL_SIZE to it. */
export const THREADS = 16;

/** Requests under way at a stop get this long before their sockets are cut. */
const DRAIN_MS = 3_000;

/** Everything in one process: log, tables, HTTP and GraphQL. Resolves when it answers. */
export async function startStandalone({ host, port, ...options }: StandaloneOptions): Promise<Standalone> {
  const directory = resolve(options.directory);
  mkdirSync(directory, { recursive: true });
  try {
    const spine = await openSpine(directory, THREADS);
    return await serve(spine, { host, port }).catch(async (error: unknown) => {
      await spine.close();
      throw error;
    });
  } catch (error) {
    throw startFault(error, directory, port);
  }
}

async function serve(spine: Spine, address: { host: string; port: number }): Promise<Standalone> {
  const estimators = openEstimators();
  const adapter = new FastifyAdapter({
    bodyLimit: MAX_WIRE_BYTES,
    requestTimeout: 30_000,
    keepAliveTimeout: 5_000,
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(spine, estimators), adapter, {
    logger: ['error', 'warn'],
  });
  app.useGlobalFilters(new ProblemFilter());
  guardHost(adapter.getInstance(), address.host);
  readEventsAsBytes(adapter);
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

/** Answers what is under way and takes nothing new. */
async function drain(app: NestFastifyApplication): Promise<void> {
  const cut = setTimeout(() => app.getHttpServer().closeAllConnections(), DRAIN_MS);
  await app.close();
  clearTimeout(cut);
}

/** Capture judges events by their bytes, so the framework must not parse them. */
function readEventsAsBytes(adapter: FastifyAdapter): void {
  const fastify = adapter.getInstance();
  fastify.addContentTypeParser([...acceptedMediaTypes], { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  );
}
