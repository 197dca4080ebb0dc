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
  address: z.object({ host, port: port(4802) }),
  /** Data too long for the log, in a folder that all services share. */
  blobs: z.string({ error: 'name the folder for long data that all services share' }).min(1),
  kafka: kafkaShape,
  clickhouse: clickhouseShape,
  otlpEndpoint: z.url().optional(),
  /** Bytes of events that wait for the tables; fetching rests above. What waits is many small objects, so less is faster. */
  queueBytes: z.coerce
    .number()
    .int()
    .min(1)
    .default(8 * 1024 * 1024),
  /** Milliseconds that a batch waits for more events. */
  patience: z.coerce.number().int().min(0).default(1_000),
  /** Milliseconds without a sign of life after which a projector's partitions go to others. */
  session: z.coerce.number().int().min(1_000).default(45_000),
});

export type ProjectorConfig = z.infer<typeof Config>;

/** Pure: the environment comes in as a value. Throws Fault `configuration` with every problem in one message. */
export const readConfig = (env: Environment): ProjectorConfig =>
  configOf(
    Config,
    {
      address: { host: env['HOST'], port: env['PORT'] },
      blobs: env['TRIBUTARY_BLOBS'],
      kafka: kafkaFrom(env),
      clickhouse: clickhouseFrom(env),
      otlpEndpoint: env['OTEL_EXPORTER_OTLP_ENDPOINT'],
      queueBytes: env['TRIBUTARY_QUEUE_BYTES'],
      patience: env['TRIBUTARY_BATCH_PATIENCE_MS'],
      session: env['KAFKA_SESSION_TIMEOUT_MS'],
    },
    { ...kafkaNames, ...clickhouseNames, ...NAMES },
  );

const NAMES = {
  'address.host': 'HOST',
  'address.port': 'PORT',
  blobs: 'TRIBUTARY_BLOBS',
  otlpEndpoint: 'OTEL_EXPORTER_OTLP_ENDPOINT',
  queueBytes: 'TRIBUTARY_QUEUE_BYTES',
  patience: 'TRIBUTARY_BATCH_PATIENCE_MS',
  session: 'KAFKA_SESSION_TIMEOUT_MS',
};
