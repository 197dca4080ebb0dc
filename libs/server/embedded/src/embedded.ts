import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { attributor, openEstimators } from '@tributary/attribution-jobs';
import type { RequestLimits } from '@tributary/capture';
import { serve } from '@tributary/http';
import type { Address } from '@tributary/http';
import { streamBodies } from '@tributary/intake';
import { EmbeddedModule } from './embedded.module.ts';
import { openRuntime } from './runtime.ts';
import type { EmbeddedRuntime } from './runtime.ts';
import { announce } from './server-file.ts';
import { startFault } from './start-fault.ts';

export type EmbeddedOptions = Address & {
  readonly directory: string;
  readonly limits?: RequestLimits | undefined;
};

export type EmbeddedServer = { readonly url: string; close(): Promise<void> };

/** libuv's pool: engine calls occupy a thread each while they work. The entry file sets UV_THREADPOOL_SIZE to it. */
export const THREADS = 16;

/** Everything in one process: log, tables, HTTP and GraphQL. Resolves when it answers. */
export async function startEmbedded({
  host,
  port,
  limits,
  ...options
}: EmbeddedOptions): Promise<EmbeddedServer> {
  const directory = resolve(options.directory);
  mkdirSync(directory, { recursive: true });
  try {
    const spine = await openRuntime(directory, THREADS);
    return await start(spine, { host, port }, limits).catch(async (error: unknown) => {
      await spine.close();
      throw error;
    });
  } catch (error) {
    throw startFault(error, directory, port);
  }
}

async function start(
  spine: EmbeddedRuntime,
  address: Address,
  limits: RequestLimits | undefined,
): Promise<EmbeddedServer> {
  const estimators = openEstimators();
  const app = EmbeddedModule.with(spine, attributor(spine.engine.reader, estimators));
  const serving = await serve(app, address, { limits, stream: streamBodies });
  const withdraw = announce(spine.directory, serving.url);
  return {
    url: serving.url,
    close: async () => {
      withdraw();
      await serving.stop();
      await estimators.close();
      await spine.close();
    },
  };
}
