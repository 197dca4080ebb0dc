import { LIMITS } from '@tributary/http';
import {
  clickhouseFrom,
  clickhouseNames,
  clickhouseShape,
  configOf,
  host,
  kafkaFrom,
  kafkaNames,
  kafkaShape,
  port,
} from '@tributary/lifecycle';
import type { Environment } from '@tributary/lifecycle';
import { z } from 'zod';

const Config = z.object({
  address: z.object({ host, port: port(4801) }),
  /** Where the replica of the log lies. */
  directory: z.string().min(1).default('.tributary-ingest'),
  /** Data too long for the log, in a folder that all services share. */
  blobs: z.string({ error: 'name the folder for long data that all services share' }).min(1),
  kafka: kafkaShape,
  /** Only OTLP telemetry is compared with the tables; without them it is refused, and its senders try again. */
  clickhouse: clickhouseShape.optional(),
  otlpEndpoint: z.url().optional(),
  limits: z.object({
    bytesInFlight: z.coerce.number().int().min(1).default(LIMITS.bytesInFlight),
    requests: z.coerce.number().int().min(1).default(LIMITS.requests),
    requestTimeout: z.coerce.number().int().min(100).default(LIMITS.requestTimeout),
  }),
});

export type IngestConfig = z.infer<typeof Config>;

/** Pure: the environment comes in as a value. Throws Fault `configuration` with every problem in one message. */
export const readConfig = (env: Environment): IngestConfig =>
  configOf(
    Config,
    {
      address: { host: env['HOST'], port: env['PORT'] },
      directory: env['TRIBUTARY_DATA'],
      blobs: env['TRIBUTARY_BLOBS'],
      kafka: kafkaFrom(env),
      clickhouse: env['CLICKHOUSE_URL'] === undefined ? undefined : clickhouseFrom(env),
      otlpEndpoint: env['OTEL_EXPORTER_OTLP_ENDPOINT'],
      limits: {
        bytesInFlight: env['TRIBUTARY_BYTES_IN_FLIGHT'],
        requests: env['TRIBUTARY_REQUESTS'],
        requestTimeout: env['TRIBUTARY_REQUEST_TIMEOUT_MS'],
      },
    },
    { ...kafkaNames, ...clickhouseNames, ...NAMES },
  );

const NAMES = {
  'address.host': 'HOST',
  'address.port': 'PORT',
  directory: 'TRIBUTARY_DATA',
  blobs: 'TRIBUTARY_BLOBS',
  otlpEndpoint: 'OTEL_EXPORTER_OTLP_ENDPOINT',
  'limits.bytesInFlight': 'TRIBUTARY_BYTES_IN_FLIGHT',
  'limits.requests': 'TRIBUTARY_REQUESTS',
  'limits.requestTimeout': 'TRIBUTARY_REQUEST_TIMEOUT_MS',
};
