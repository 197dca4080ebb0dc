import {
  access,
  address,
  blobDirectory,
  clickhouse,
  dataDirectory,
  faultGrace,
  group,
  kafka,
  limits,
  optional,
  otlpEndpoint,
  readSettings,
  tablesTimeout,
  umask,
  watermarks,
} from '@tributary/configuration';
import type { Environment, ValueOf } from '@tributary/configuration';

export const settings = group({
  address: address(4801),
  access,
  directory: dataDirectory('.tributary-ingest'),
  blobs: blobDirectory,
  umask,
  kafka,
  /** Only OTLP telemetry is compared with the tables. Without them it is refused, and its senders retry. */
  clickhouse: optional('CLICKHOUSE_URL', clickhouse),
  otlpEndpoint,
  limits,
  /** Telemetry of a step that is compared with the tables. */
  tablesTimeout: tablesTimeout(30_000),
  watermarks,
  faultGrace,
});

export type IngestConfig = ValueOf<typeof settings>;

/** Throws Fault `configuration` with every problem in one message. */
export const readConfig = (env: Environment): IngestConfig => readSettings(settings, env);
