import { z } from 'zod';
import { flag } from './environment.ts';
import type { Environment } from './environment.ts';

export const clickhouseShape = z.object({
  url: z.url({ error: 'name the server, such as http://clickhouse:8123' }),
  username: z.string().min(1).default('default'),
  password: z.string().default(''),
  /** Servers of a cluster, by the name that they give it. */
  cluster: z.string().min(1).optional(),
  /** Rows compressed on the way: for networks that are slower than a processor. */
  compress: flag,
});

export type ClickHouseConfig = z.infer<typeof clickhouseShape>;

export const clickhouseFrom = (env: Environment) => ({
  url: env['CLICKHOUSE_URL'],
  username: env['CLICKHOUSE_USER'],
  password: env['CLICKHOUSE_PASSWORD'],
  cluster: env['CLICKHOUSE_CLUSTER'],
  compress: env['CLICKHOUSE_COMPRESS'],
});

export const clickhouseNames: Readonly<Record<string, string>> = {
  'clickhouse.url': 'CLICKHOUSE_URL',
  'clickhouse.username': 'CLICKHOUSE_USER',
  'clickhouse.cluster': 'CLICKHOUSE_CLUSTER',
};
