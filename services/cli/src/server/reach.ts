import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CommonOptions } from '../context.ts';

/** A server to ask; `close` stops it if this process started it. */
type Server = { readonly url: string; readonly close: () => Promise<void> };

const HEALTH_MS = 1000;
const NOTHING_TO_CLOSE = () => Promise.resolve();

/** The server at --url, else the one that serves the data directory, else one in this process. */
async function reach(options: Pick<CommonOptions, 'data' | 'url'>): Promise<Server> {
  if (options.url !== undefined) return { url: options.url.replace(/\/+$/, ''), close: NOTHING_TO_CLOSE };
  const running = await runningServer(options.data);
  if (running) return { url: running.url, close: NOTHING_TO_CLOSE };
  const { startEmbedded } = await import('@tributary/embedded');
  return startEmbedded({ directory: options.data, host: '127.0.0.1', port: 0 });
}

/** Uses a server, and stops it afterwards if it was started for this. */
export async function withServer<Result>(
  options: Pick<CommonOptions, 'data' | 'url'>,
  use: (url: string) => Promise<Result>,
): Promise<Result> {
  const server = await reach(options);
  try {
    return await use(server.url);
  } finally {
    await server.close();
  }
}

/** The server that has announced itself in the directory, if it answers. */
export async function runningServer(directory: string): Promise<{ url: string; pid: number } | undefined> {
  const announced = await announcedServer(directory);
  if (!announced) return undefined;
  const health = await fetch(`${announced.url}/health`, { signal: AbortSignal.timeout(HEALTH_MS) }).catch(
    () => undefined,
  );
  return health?.ok ? announced : undefined;
}

async function announcedServer(directory: string): Promise<{ url: string; pid: number } | undefined> {
  const text = await readFile(join(directory, 'server.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const { url, pid }: { url?: unknown; pid?: unknown } = JSON.parse(text);
    return typeof url === 'string' && typeof pid === 'number'
      ? { url: url.replace(/\/+$/, ''), pid }
      : undefined;
  } catch {
    return undefined;
  }
}
