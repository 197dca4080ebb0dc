import { currentSignal, heedingCorrections, pool, untilAborted } from '@tributary/kernel';
import type { RetryPolicy, SqlReader } from '@tributary/kernel';
import { ANSWER_FORMAT, ANSWER_SETTINGS, objectsOf, rowsOf } from '../answer.ts';
import { columnsSql, encoders } from '../encoders.ts';
import { engineBusy, queryTime } from '../engine-fault.ts';
import { QUERIES_WAITING } from '../engine.ts';
import type { Engine } from '../engine.ts';
import { oneStatement } from '../statement.ts';
import { openClients, type ClientConfig, type Clients } from './clients.ts';
import { execute, insertBlock } from './execute.ts';
import { parametersFor } from '../parameters.ts';
import { withServerFaults, isBrokenConnection } from './server-fault.ts';

export type ServerConfig = ClientConfig & {
  /** Milliseconds that a query may run; 30,000 by default. */
  readonly queryMillis?: number;
  /** Milliseconds without an answer after which an insert is retried and a command fails; 60,000 by default. */
  readonly insertMillis?: number;
  /** Queries that run at the same time, 8 by default; further ones wait. */
  readonly readers?: number;
  /** Milliseconds that a query waits until it can begin; as many as it may run by default. Then Fault `engine_busy`. */
  readonly waitMillis?: number;
  /** Queries that wait; further ones are refused at once, with Fault `engine_busy`. 2,000 by default. */
  readonly queriesWaiting?: number | undefined;
  /** How an insert is retried. */
  readonly insertRetry?: RetryPolicy;
};

/** Delays of 200 ms, 1 s and 5 s. */
const INSERT_RETRY: RetryPolicy = { firstDelay: 200, factor: 5, maxDelay: 5000, attempts: 4 };
/** Blocks in flight at a time. Commands have one more connection. */
const MAX_BLOCKS = 4;
/** The server's own limit ends first, and its error says why. */
const GRACE_MILLIS = 5000;

/**
 * Connects to a ClickHouse server. Statements and block bytes equal those of the embedded engine. Throws Fault
 * `engine_unreachable` (retryable), `credentials_refused`, `not_clickhouse`, and those of `Engine`.
 */
export async function connectServer(config: ServerConfig): Promise<Engine> {
  const { queryMillis = 30_000, insertMillis = 60_000, readers = 8, insertRetry = INSERT_RETRY } = config;
  const { waitMillis = queryMillis, queriesWaiting: most = QUERIES_WAITING } = config;
  const clients = openClients(
    config,
    { millis: queryMillis + Math.min(queryMillis, GRACE_MILLIS), connections: readers },
    { millis: insertMillis, connections: MAX_BLOCKS + 1 },
  );
  const reads = pool(slots(readers), {
    millis: waitMillis,
    most,
    refusal: engineBusy(readers, waitMillis, most),
  });
  /* What writes waits as long as it takes: see `Engine`. */
  const inserts = pool(slots(MAX_BLOCKS));
  const commands = pool(slots(1));
  const read = (subject: string, sql: string, params?: Record<string, unknown>) => {
    const signal = currentSignal();
    const request = { sql, params, seconds: queryMillis / 1000, signal };
    const answer = reads.use(() => readAgain(clients, subject, request, readers), signal);
    return untilAborted(answer, signal);
  };
  const known = encoders(async (table) => objectsOf(await read(table, columnsSql(table))));

  return {
    version: await versionOf(clients, config.url),
    reader: heedingCorrections(reader(read)),
    encoder: (table) => known.of(table),
    insert: (batch) =>
      inserts.use(async () => {
        const block = await known.block(batch);
        if (block.rows > 0) await insertBlock(clients.writes, block, batch, insertRetry);
      }),
    async command(sql) {
      const query = oneStatement(sql);
      await commands.use(() => execute(clients.writes, 'command', { query }));
      known.forget();
    },
    async close() {
      for (const each of [inserts, commands, reads]) await each.drain();
      await clients.close();
    },
  };
}

const slots = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** Uses `execute`, which reports the HTTP status: that distinguishes a wrong address from an unavailable server. */
async function versionOf(clients: Clients, url: string): Promise<string> {
  try {
    const query = `SELECT version() AS version FORMAT ${ANSWER_FORMAT}`;
    const [first] = objectsOf(await execute(clients.writes, `connecting to ${new URL(url).host}`, { query }));
    return String(first?.['version']);
  } catch (fault) {
    await clients.close();
    throw fault;
  }
}

type ReadRequest = {
  readonly sql: string;
  readonly params: Record<string, unknown> | undefined;
  readonly seconds: number;
  /** Closes the connection when it aborts, by which the server ends the query. */
  readonly signal: AbortSignal | undefined;
};

/** A server ends what its client no longer waits for only where the query may change nothing. */
const CANCELLABLE = { readonly: '2', cancel_http_readonly_queries_on_client_close: 1 } as const;

/** A kept connection that is broken fails within this time. After it, the server or the network has failed. */
const BROKEN_WITHIN_MILLIS = 1000;

/** Retries at once on another connection: all kept connections may be broken, and a read may be repeated. */
async function readAgain(
  clients: Clients,
  subject: string,
  request: ReadRequest,
  kept: number,
): Promise<string> {
  const begun = performance.now();
  try {
    return await readOnce(clients, subject, request);
  } catch (fault) {
    const late = performance.now() - begun > BROKEN_WITHIN_MILLIS;
    if (kept === 0 || late || request.signal?.aborted || !isBrokenConnection(fault)) throw fault;
    return readAgain(clients, subject, request, kept - 1);
  }
}

function readOnce(
  { reads }: Clients,
  subject: string,
  { sql, params, seconds, signal }: ReadRequest,
): Promise<string> {
  const ask = async (): Promise<string> => {
    const answer = await reads.query({
      query: sql,
      format: ANSWER_FORMAT,
      clickhouse_settings: {
        ...ANSWER_SETTINGS,
        ...CANCELLABLE,
        max_execution_time: seconds,
        log_comment: subject,
      },
      ...(signal && { abort_signal: signal }),
      ...(params && { query_params: params }),
    });
    return answer.text();
  };
  return withServerFaults(subject, ask, { time: queryTime(seconds * 1000) });
}

type Read = (subject: string, sql: string, params: Record<string, unknown>) => Promise<string>;

function reader(read: Read): SqlReader {
  return {
    async all(query, params) {
      const given: Record<string, unknown> = query.params.parse(params);
      const sql = oneStatement(query.sql);
      return rowsOf(query, await read(query.name, sql, parametersFor(sql, given)));
    },
  };
}
