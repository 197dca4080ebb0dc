import {
  access,
  address,
  answering,
  clickhouse,
  estimateHeap,
  estimateTimeout,
  group,
  otlpEndpoint,
  readSettings,
} from '@tributary/configuration';
import type { Environment, ValueOf } from '@tributary/configuration';

export const settings = group({
  address: address(4803),
  access,
  clickhouse,
  estimateHeap,
  estimateTimeout,
  otlpEndpoint,
  answering,
});

export type AttributionConfig = ValueOf<typeof settings>;

/** Throws Fault `configuration` with every problem in one message. */
export const readConfig = (env: Environment): AttributionConfig => readSettings(settings, env);
