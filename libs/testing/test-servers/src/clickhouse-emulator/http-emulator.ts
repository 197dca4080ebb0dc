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
  /** Milliseconds after which an idle connection is closed; responses state it. */
  readonly keepAliveMillis: number;
  readonly maxBodyBytes: number;
};

/** The longest URL that a server accepts, in bytes. */
const MAX_ADDRESS = 1024 ** 2;

/** The part of ClickHouse's HTTP interface that @clickhouse/client uses. A response is sent when its query has ended. */
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
  const statement = await readRequest(request, config.maxBodyBytes);
  if (path !== '/') {
    response.statusCode = 404;
    return void response.end(`There is no handle ${path}\n`);
  }
  checkCredentials(request, config.users);
  if (statement.sql === '' && statement.method === 'GET') return void response.end('Ok.\n');
  const begun = process.hrtime.bigint();
  const done = await execute(sessions, statement);
  response.setHeader('X-ClickHouse-Query-Id', statement.queryId ?? randomUUID());
  response.setHeader('X-ClickHouse-Format', done.format);
  response.setHeader('X-ClickHouse-Timezone', 'UTC');
  response.setHeader('X-ClickHouse-Summary', summary(done, process.hrtime.bigint() - begun));
  await send(request, response, done.bytes);
}

/** The summary lacks written rows, because the embedded engine does not count them. */
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

/** Compresses the response if the client asks for it by parameter and by header, as the server requires. */
async function send(request: IncomingMessage, response: ServerResponse, bytes: Uint8Array): Promise<void> {
  const isAccepted =
    new URL(request.url ?? '/', 'http://clickhouse').searchParams.get('enable_http_compression') === '1';
  const gzipped = isAccepted && (headerOf(request, 'accept-encoding') ?? '').includes('gzip');
  if (gzipped) response.setHeader('Content-Encoding', 'gzip');
  response.setHeader('Content-Type', 'text/plain; charset=UTF-8');
  response.end(gzipped ? await promisify(gzip)(bytes, { level: 1 }) : bytes);
}
