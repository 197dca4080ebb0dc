import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { checkCredentials, type Users } from './credentials.ts';
import { errorResponse } from './exception.ts';
import { execute } from './execute.ts';
import { headerOf, readRequest } from './request.ts';
import type { Sessions } from './sessions.ts';

export type EmulatorConfig = {
  readonly users: Users;
  /** An idle connection is closed after this long, and the answers say so. */
  readonly keepAliveMillis: number;
  readonly maxBodyBytes: number;
};

/** The largest address a server takes. */
const MAX_ADDRESS = 1024 ** 2;

/** The part of a ClickHouse server's HTTP interface that @clickhouse/client speaks. Every answer waits for its end. */
export function httpEmulator(sessions: Sessions, config: EmulatorConfig): Server {
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = new URL(request.url ?? '/', 'http://clickhouse').pathname;
    if (path === '/ping') return void response.end('Ok.\n');
    try {
      await serve(request, response, { sessions, config, path });
    } catch (error) {
      await refuse(request, response, error, sessions.version);
    }
  };
  const server = createServer({ maxHeaderSize: MAX_ADDRESS, keepAliveTimeout: config.keepAliveMillis });
  server.on('request', (request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  return server;
}

type Served = { readonly sessions: Sessions; readonly config: EmulatorConfig; readonly path: string };

async function serve(request: IncomingMessage, response: ServerResponse, served: Served): Promise<void> {
  const { sessions, config, path } = served;
  const asked = await readRequest(request, config.maxBodyBytes);
  if (path !== '/') {
    response.statusCode = 404;
    return void response.end(`There is no handle ${path}\n`);
  }
  checkCredentials(request, config.users);
  if (asked.sql === '' && asked.method === 'GET') return void response.end('Ok.\n');
  const begun = process.hrtime.bigint();
  const done = await execute(sessions, asked);
  response.setHeader('X-ClickHouse-Query-Id', asked.queryId ?? randomUUID());
  response.setHeader('X-ClickHouse-Format', done.format);
  response.setHeader('X-ClickHouse-Timezone', 'UTC');
  response.setHeader('X-ClickHouse-Summary', summary(done, process.hrtime.bigint() - begun));
  await send(request, response, done.bytes);
}

/** Without the rows written: the embedded engine does not count them for a query. */
const summary = (done: { rowsRead: number; bytesRead: number }, elapsed: bigint): string =>
  JSON.stringify({
    read_rows: String(done.rowsRead),
    read_bytes: String(done.bytesRead),
    elapsed_ns: String(elapsed),
  });

async function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  error: unknown,
  version: string,
): Promise<void> {
  if (response.headersSent || (request.destroyed && !request.complete)) return void response.destroy();
  const { code, status, text } = errorResponse(error, version);
  response.statusCode = status;
  response.setHeader('X-ClickHouse-Exception-Code', String(code));
  await send(request, response, Buffer.from(text));
}

/** Compressed where the client asks for it in both ways that the server wants. */
async function send(request: IncomingMessage, response: ServerResponse, bytes: Uint8Array): Promise<void> {
  const asked =
    new URL(request.url ?? '/', 'http://clickhouse').searchParams.get('enable_http_compression') === '1';
  const gzipped = asked && (headerOf(request, 'accept-encoding') ?? '').includes('gzip');
  if (gzipped) response.setHeader('Content-Encoding', 'gzip');
  response.setHeader('Content-Type', 'text/plain; charset=UTF-8');
  response.end(gzipped ? await promisify(gzip)(bytes, { level: 1 }) : bytes);
}
