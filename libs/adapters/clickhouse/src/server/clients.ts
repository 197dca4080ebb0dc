import { ClickHouseLogLevel, createClient, type ClickHouseClient } from '@clickhouse/client';

/** A client for reads and one for writes, so that slow reads delay no insert. */
export type Clients = {
  readonly reads: ClickHouseClient;
  readonly writes: ClickHouseClient;
  close(): Promise<void>;
};

export type ClientConfig = {
  readonly url: string;
  readonly username?: string;
  readonly password?: string;
  /** Milliseconds after which an idle socket is closed. Must be below the server's `keep_alive_timeout`. */
  readonly idleMillis?: number;
  readonly compress?: boolean;
};

type Limits = { readonly millis: number; readonly connections: number };

export function openClients(config: ClientConfig, reads: Limits, writes: Limits): Clients {
  const clients = { reads: open(config, reads), writes: open(config, writes) };
  const close = async (): Promise<void> =>
    void (await Promise.all([clients.reads.close(), clients.writes.close()]));
  return { ...clients, close };
}

/** What the profile of a user may set, and what makes an answer or an insert end early without an error. */
const WHOLE = {
  limit: '0',
  offset: '0',
  skip_unavailable_shards: 0,
  distinct_overflow_mode: 'throw',
  group_by_overflow_mode: 'throw',
  join_overflow_mode: 'throw',
  read_overflow_mode: 'throw',
  read_overflow_mode_leaf: 'throw',
  result_overflow_mode: 'throw',
  set_overflow_mode: 'throw',
  sort_overflow_mode: 'throw',
  timeout_overflow_mode: 'throw',
  transfer_overflow_mode: 'throw',
} as const;

/** Sent with each request, so that a profile with other values changes nothing. */
const RELIED_ON = {
  ...WHOLE,
  wait_end_of_query: 1,
  // In a cluster an insert is complete when every shard has its rows.
  distributed_foreground_insert: 1,
  // A repeated block is dropped, in views too. Servers before 26 do not do the latter by default.
  insert_deduplicate: 1,
  deduplicate_blocks_in_dependent_materialized_views: 1,
  // An insert whose view fails is no success.
  materialized_views_ignore_errors: 0,
} as const;

/** A request fails after `millis` without any data from the server. */
function open(config: ClientConfig, { millis, connections }: Limits): ClickHouseClient {
  return createClient({
    url: config.url,
    username: config.username ?? 'default',
    password: config.password ?? '',
    application: 'tributary',
    request_timeout: millis,
    max_open_connections: connections,
    keep_alive: {
      enabled: true,
      idle_socket_ttl: config.idleMillis ?? 2500,
      eagerly_destroy_stale_sockets: true,
    },
    // The fastest level: higher ones cost more time than they save.
    compression: { request: (config.compress ?? true) && { codec: 'gzip', level: 1 }, response: true },
    use_multipart_params_auto: true,
    log: { level: ClickHouseLogLevel.OFF },
    clickhouse_settings: RELIED_ON,
  });
}
