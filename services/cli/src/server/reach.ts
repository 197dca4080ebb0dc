import type { CommonOptions } from '../context.ts';
import { EXIT, Exit } from '../exit.ts';
import { serverOf } from './server-of.ts';
import { serverSettings } from './server-settings.ts';

/** A server to ask; `close` stops it if this process started it. */
type Server = { readonly url: string; readonly close: () => Promise<void> };

const NOTHING_TO_CLOSE = () => Promise.resolve();

/**
 * The server at --url, else the one that serves the data directory, else one in this process. Throws Exit `other_server`
 * where another server has the address of the one that served the directory.
 */
async function reach(options: Pick<CommonOptions, 'data' | 'url' | 'environment'>): Promise<Server> {
  if (options.url !== undefined) return { url: options.url.replace(/\/+$/, ''), close: NOTHING_TO_CLOSE };
  const found = await serverOf(options.data);
  if (found.kind === 'other') throw new Exit(EXIT.failed, found.text, 'other_server');
  if (found.kind === 'running') return { url: found.url, close: NOTHING_TO_CLOSE };
  const { startEmbedded } = await import('@tributary/embedded');
  const settings = await serverSettings(options);
  return startEmbedded({ directory: options.data, host: '127.0.0.1', port: 0, ...settings });
}

/** Uses a server, and stops it afterwards if it was started for this. */
export async function withServer<Result>(
  options: Pick<CommonOptions, 'data' | 'url' | 'environment'>,
  use: (url: string) => Promise<Result>,
): Promise<Result> {
  const server = await reach(options);
  try {
    return await use(server.url);
  } finally {
    await server.close();
  }
}
