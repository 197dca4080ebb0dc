import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { exception, notImplemented } from './exception.ts';

/** A statement from the URL or from the body, with the rows after it. */
export type StatementRequest = {
  readonly method: string;
  readonly queryId: string | undefined;
  readonly sql: string;
  readonly rows: Uint8Array;
  readonly parameters: ReadonlyMap<string, string>;
  /** Settings for the engine. */
  readonly settings: ReadonlyMap<string, string>;
  readonly format: string;
};

/** URL parameters of the HTTP interface, which are not settings of the engine. */
// prettier-ignore
const HTTP_PARAMETERS = new Set([
  'query', 'query_id', 'default_format', 'database', 'user', 'password', 'quota_key', 'wait_end_of_query',
  'buffer_size', 'enable_http_compression', 'http_zlib_compression_level',
]);
const REFUSED = ['session_id', 'role', 'compress', 'decompress', 'stacktrace'];

/** Reads the whole body first, so that the connection stays usable after an error. A truncated body is an error. */
export async function readRequest(request: IncomingMessage, maxBytes: number): Promise<StatementRequest> {
  const body = await readBody(request, maxBytes);
  const search = new URL(request.url ?? '/', 'http://clickhouse').searchParams;
  refuseSessions(search);
  const form = await formOf(request, body);
  const { sql, rows } = form ? { sql: form.get('query') ?? '', rows: NO_ROWS } : textAndRows(search, body);
  const settings = [...search].filter(([name]) => !HTTP_PARAMETERS.has(name) && !name.startsWith('param_'));
  return {
    method: request.method ?? 'GET',
    queryId: search.get('query_id') ?? undefined,
    sql: sql.trim().replace(/;$/, ''),
    rows,
    parameters: new Map([...parametersOf(search), ...parametersOf(form ?? [])]),
    settings: new Map(settings),
    format: search.get('default_format') ?? headerOf(request, 'x-clickhouse-format') ?? 'TabSeparated',
  };
}

const NO_ROWS = new Uint8Array();

function textAndRows(search: URLSearchParams, body: Buffer): { sql: string; rows: Uint8Array } {
  const sql = search.get('query') ?? '';
  return sql === '' ? { sql: body.toString(), rows: NO_ROWS } : { sql, rows: body };
}

function refuseSessions(search: URLSearchParams): void {
  for (const name of REFUSED)
    if (search.has(name)) throw notImplemented(`${name} is not supported by the emulator`);
  const database = search.get('database') ?? 'default';
  if (database !== 'default')
    throw notImplemented(`database=${database} is not supported: qualify table names instead`);
}

export const headerOf = (request: IncomingMessage, name: string): string | undefined => {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(',') : value;
};

function* parametersOf(entries: Iterable<readonly [string, string]>): Iterable<readonly [string, string]> {
  for (const [name, value] of entries)
    if (name.startsWith('param_')) yield [name.slice('param_'.length), value];
}

async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const tooLarge = () => exception(307, 'TOO_MANY_BYTES', `the body is larger than ${maxBytes} bytes`);
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    bytes += chunk.length;
    if (bytes <= maxBytes) chunks.push(chunk);
  }
  if (bytes > maxBytes) throw tooLarge();
  const raw = Buffer.concat(chunks);
  const encoding = headerOf(request, 'content-encoding') ?? 'identity';
  if (encoding === 'identity') return raw;
  if (encoding !== 'gzip')
    throw notImplemented(`content-encoding ${encoding} is not supported: send gzip or none`);
  return promisify(gunzip)(raw, { maxOutputLength: maxBytes }).catch((cause: unknown) => {
    if (cause instanceof RangeError) throw tooLarge();
    throw exception(354, 'ZLIB_INFLATE_FAILED', `the body is not gzip: ${String(cause)}`);
  });
}

async function formOf(
  request: IncomingMessage,
  body: Buffer,
): Promise<ReadonlyMap<string, string> | undefined> {
  const type = headerOf(request, 'content-type') ?? '';
  if (!type.startsWith('multipart/form-data')) return undefined;
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  return new Map([...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
}
