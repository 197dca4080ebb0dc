import { ClickHouseLogLevel, createClient } from '@clickhouse/client';
import type { SqlReader } from '@tributary/kernel';
import { ANSWER_FORMAT, ANSWER_SETTINGS, objectsOf, rowsOf } from '../answer.ts';
import { columnsSql, encoders } from '../encoders.ts';
import type { Engine } from '../engine.ts';
import { oneStatement } from '../statement.ts';
import { insertBlock, type Patience } from './insert-block.ts';
import { asked } from './server-fault.ts';

export type ServerConfig = {
  readonly url: string;
  readonly username?: string;
  readonly password?: string;
  readonly queryMillis?: number;
  /** Idle sockets are dropped before the server drops them; below its `keep_alive_timeout`. */
  readonly idleMillis?: number;
  readonly compress?: boolean;
  /** Pauses before each further try of an insert. */
  readonly pauses?: readonly number[];
};

const PATIENCE: Patience = [200, 1000, 5000];

/** Connects to a ClickHouse server. Statements and block bytes are those of the embedded engine. */
export async function connectServer(config: ServerConfig): Promise<Engine> {
  const { queryMillis = 30_000, pauses = PATIENCE } = config;
  const client = createClient({
    url: config.url,
    username: config.username ?? 'default',
    password: config.password ?? '',
    application: 'tributary',
    request_timeout: queryMillis + 5000,
    keep_alive: { enabled: true, idle_socket_ttl: config.idleMillis ?? 2500 },
    compression: { request: config.compress ?? true, response: true },
    log: { level: ClickHouseLogLevel.OFF },
    clickhouse_settings: { wait_end_of_query: 1 },
  });
  const read = (subject: string, query: string, params?: Record<string, unknown>) =>
    asked(subject, async () => {
      const settings = { ...ANSWER_SETTINGS, max_execution_time: queryMillis / 1000, log_comment: subject };
      const answer = await client.query({
        query,
        format: ANSWER_FORMAT,
        clickhouse_settings: settings,
        ...(params && { query_params: params }),
      });
      return answer.text();
    });

  const known = encoders(async (table) => objectsOf(await read(table, columnsSql(table))));
  const [first] = objectsOf(await read('version', 'SELECT version() AS version'));

  return {
    version: String(first?.['version']),
    reader: reader(read),
    encoder: (table) => known.of(table),
    async insert(batch) {
      const block = await known.block(batch);
      if (block.rows > 0) await insertBlock(client, block, batch.token, pauses);
    },
    async command(sql) {
      await asked('command', () => client.command({ query: oneStatement(sql) }));
      known.forget();
    },
    close: () => client.close(),
  };
}

type Read = (subject: string, sql: string, params: Record<string, unknown>) => Promise<string>;

function reader(read: Read): SqlReader {
  return {
    async all(query, params) {
      const given: Record<string, unknown> = query.params.parse(params);
      return rowsOf(query, await read(query.name, oneStatement(query.sql), given));
    },
  };
}
