import { clickhouseFrom, clickhouseNames, clickhouseShape, configOf, host, port } from '@tributary/lifecycle';
import type { Environment } from '@tributary/lifecycle';
import { z } from 'zod';

const Config = z.object({
  address: z.object({ host, port: port(4803) }),
  clickhouse: clickhouseShape,
  otlpEndpoint: z.url().optional(),
});

export type AttributionConfig = z.infer<typeof Config>;

/** Pure: the environment comes in as a value. Throws Fault `configuration` with every problem in one message. */
export const readConfig = (env: Environment): AttributionConfig =>
  configOf(
    Config,
    {
      address: { host: env['HOST'], port: env['PORT'] },
      clickhouse: clickhouseFrom(env),
      otlpEndpoint: env['OTEL_EXPORTER_OTLP_ENDPOINT'],
    },
    {
      ...clickhouseNames,
      'address.host': 'HOST',
      'address.port': 'PORT',
      otlpEndpoint: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    },
  );
