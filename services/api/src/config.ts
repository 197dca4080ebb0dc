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
  address: z.object({ host, port: port(4800) }),
  /** Where the replica of the log and the copy of the dead letters lie. */
  directory: z.string().min(1).default('.tributary-api'),
  /** Data too long for the log, in a folder that all services share. */
  blobs: z.string({ error: 'name the folder for long data that all services share' }).min(1),
  kafka: kafkaShape,
  clickhouse: clickhouseShape,
  /** Where questions about effects are answered; in this process where absent. */
  attribution: z.url().optional(),
  otlpEndpoint: z.url().optional(),
});

export type ApiConfig = z.infer<typeof Config>;

/** Pure: the environment comes in as a value. Throws Fault `configuration` with every problem in one message. */
export const readConfig = (env: Environment): ApiConfig =>
  configOf(
    Config,
    {
      address: { host: env['HOST'], port: env['PORT'] },
      directory: env['TRIBUTARY_DATA'],
      blobs: env['TRIBUTARY_BLOBS'],
      kafka: kafkaFrom(env),
      clickhouse: clickhouseFrom(env),
      attribution: env['ATTRIBUTION_URL'],
      otlpEndpoint: env['OTEL_EXPORTER_OTLP_ENDPOINT'],
    },
    { ...kafkaNames, ...clickhouseNames, ...NAMES },
  );

const NAMES = {
  'address.host': 'HOST',
  'address.port': 'PORT',
  directory: 'TRIBUTARY_DATA',
  blobs: 'TRIBUTARY_BLOBS',
  attribution: 'ATTRIBUTION_URL',
  otlpEndpoint: 'OTEL_EXPORTER_OTLP_ENDPOINT',
};
