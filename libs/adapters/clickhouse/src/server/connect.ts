import type { RetryPolicy, SqlReader } from '@tributary/kernel';
import { ANSWER_FORMAT, ANSWER_SETTINGS, objectsOf, rowsOf } from '../answer.ts';
import { pool } from '../chdb/pool.ts';
import { columnsSql, encoders } from '../encoders.ts';
import type { Engine } from '../engine.ts';
import { oneStatement } from '../statement.ts';
import { openClients, type ClientConfig, type Clients } from './clients.ts';
import { execute } from './execute.ts';
import { insertBlock } from './insert-block.ts';
import { parametersFor } from './parameters.ts';
import { withServerFaults, isBrokenConnection } from './server-fault.ts';

export type ServerConfig = ClientConfig & {
  readonly queryMillis?: number;
  /** An insert without an answer for this long is sent again, a command is given up; the server may be busy. */
  readonly insertMillis?: number;
  /** Queries under way at a time; further ones wait. */
  readonly readers?: number;
  /** How an insert is retried. */
  readonly insertRetry?: RetryPolicy;
};

/** Delays of 200 ms, 1 s and 5 s. */
const INSERT_RETRY: RetryPolicy = { firstDelay: 200, factor: 5, maxDelay: 5000, attempts: 4 };
/** Blocks under way at a time, and one connection for commands beside them. */
const MAX_BLOCKS = 4;
/** The server gives up first and says why. */
const GRACE_MILLIS = 5000;

/**
 * Connects to a ClickHouse server. Statements and block bytes are those of the embedded engine.
 * Faults: `engine_unreachable` (may be tried again), `credentials_refused`, `not_clickhouse`.
 */
export async function connectServer(config: ServerConfig): Promise<Engine> {
  const { queryMillis = 30_000, insertMillis = 60_000, readers = 8, insertRetry = INSERT_RETRY } = config;
  const clients = openClients(
    config,
    { millis: queryMillis + Math.min(queryMillis, GRACE_MILLIS), connections: readers },
    { millis: insertMillis, connections: MAX_BLOCKS + 1 },
  );
  const reads = pool(slots(readers));
  const inserts = pool(slots(MAX_BLOCKS));
  const commands = pool(slots(1));
  const read = (subject: string, sql: string, params?: Record<string, unknown>) =>
    reads.use(() => readAgain(clients, subject, { sql, params, seconds: queryMillis / 1000 }, readers));
  const known = encoders(async (table) => objectsOf(await read(table, columnsSql(table))));

  return {
    version: await versionOf(clients, config.url),
    reader: reader(read),
    encoder: (table) => known.of(table),
    insert: (batch) =>
      inserts.use(async () => {
        const block = await known.block(batch);
        if (block.rows > 0) await insertBlock(clients.writes, block, batch.token, insertRetry);
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

const slots = (count: number): number[] => Array.from({ length: count }, (_, place) => place);

/** Over the client that reports the status, so that a wrong address is told from a server that is away. */
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

type Question = {
  readonly sql: string;
  readonly params: Record<string, unknown> | undefined;
  readonly seconds: number;
};

/** A broken connection that was kept shows at once; later the server or the network has failed. */
const AT_ONCE_MILLIS = 1000;

/** All kept connections may turn out to be broken when they are used again; a question may be asked again. */
async function readAgain(
  clients: Clients,
  subject: string,
  question: Question,
  kept: number,
): Promise<string> {
  const begun = performance.now();
  try {
    return await readOnce(clients, subject, question);
  } catch (fault) {
    const late = performance.now() - begun > AT_ONCE_MILLIS;
    if (kept === 0 || late || !isBrokenConnection(fault)) throw fault;
    return readAgain(clients, subject, question, kept - 1);
  }
}

function readOnce({ reads }: Clients, subject: string, { sql, params, seconds }: Question): Promise<string> {
  return withServerFaults(subject, async () => {
    const answer = await reads.query({
      query: sql,
      format: ANSWER_FORMAT,
      clickhouse_settings: { ...ANSWER_SETTINGS, max_execution_time: seconds, log_comment: subject },
      ...(params && { query_params: params }),
    });
    return answer.text();
  });
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
