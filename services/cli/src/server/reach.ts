import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CommonOptions } from '../context.ts';
import { EXIT, Exit } from '../exit.ts';
import { useCredential } from './credential.ts';
import { foundBy } from './same-server.ts';
import { serverOf } from './server-of.ts';
import { serverSettings } from './server-settings.ts';
import { startServer } from './start-server.ts';

/** A server to ask; `close` stops it if this process started it. */
type Server = { readonly url: string; readonly close: () => Promise<void> };

type Options = Pick<CommonOptions, 'data' | 'url'> &
  Partial<Pick<CommonOptions, 'environment' | 'quiet' | 'report'>>;

const NOTHING_TO_CLOSE = () => Promise.resolve();

/**
 * The server at --url, else the one that serves the data directory, else one in this process, which answers this user
 * alone. The process has a credential for it afterwards, where it has one. Throws Exit `other_server`
 * where another server has the address of the one that served the directory.
 */
async function reach(options: Options): Promise<Server> {
  if (options.url !== undefined) return named(options.url.replace(/\/+$/, ''), options);
  const found = await serverOf(options.data);
  if (found.kind === 'other') throw new Exit(EXIT.failed, found.text, 'other_server');
  if (found.kind === 'running') {
    useCredential(found.url, found.token ?? options.environment?.[API_KEY]);
    foundBy(found.url, options.data);
    return { url: found.url, close: NOTHING_TO_CLOSE };
  }
  if (!options.quiet) announceNew(options.data, options.report);
  const { environment = {} } = options;
  const settings = await serverSettings({ environment });
  const own = { host: '127.0.0.1', port: 0, auth: 'keys' as const };
  const server = await startServer(options, { ...own, ...settings });
  useCredential(server.url, server.token);
  return server;
}

/** A mistyped directory would otherwise be an empty log, and every answer from it complete. */
export function announceNew(data: string, report: Options['report']): void {
  if (!existsSync(join(data, 'log')))
    report?.(`${data} is a new data directory: nothing has been recorded in it\n`);
}

/** The environment variable with the key for servers. */
const API_KEY = 'TRIBUTARY_API_KEY';

/** A server at a given address. Where it is that of the data directory, its owner needs no key. */
async function named(url: string, { data, environment }: Options): Promise<Server> {
  const key = environment?.[API_KEY] || undefined;
  const token = key === undefined ? await tokenOf(data, url) : undefined;
  useCredential(url, key ?? token);
  return { url, close: NOTHING_TO_CLOSE };
}

async function tokenOf(data: string, url: string): Promise<string | undefined> {
  const found = await serverOf(data);
  return found.kind === 'running' && found.url === url ? found.token : undefined;
}

/** Uses a server, and stops it afterwards if it was started for this. */
export async function withServer<Result>(
  options: Options,
  use: (url: string) => Promise<Result>,
): Promise<Result> {
  const server = await reach(options);
  try {
    return await use(server.url);
  } finally {
    await server.close();
  }
}
