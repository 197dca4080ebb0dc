import {
  access,
  address,
  answering,
  artifactBytes,
  blobDirectory,
  clickhouse,
  dataDirectory,
  estimateHeap,
  estimateTimeout,
  faultGrace,
  group,
  httpUrl,
  kafka,
  introspection,
  limits,
  otlpEndpoint,
  questions,
  readSettings,
  tablesTimeout,
  umask,
  watermarks,
  variable,
} from '@tributary/configuration';
import type { Environment, ValueOf } from '@tributary/configuration';
import { z } from 'zod';

const attribution = httpUrl('name the service, such as http://attribution:4803');

export const settings = group({
  address: address(4800),
  access,
  directory: dataDirectory('.tributary-api'),
  blobs: blobDirectory,
  umask,
  kafka,
  clickhouse,
  attribution: variable('ATTRIBUTION_URL', attribution.optional(), {
    description: 'Address of the attribution service; without it the api computes effects itself.',
  }),
  attributionKey: variable('ATTRIBUTION_API_KEY', z.string().min(1).optional(), {
    description: 'API key with the scope `read` for the attribution service, where that asks for one.',
  }),
  otlpEndpoint,
  limits,
  questions,
  introspection,
  answering,
  artifactBytes,
  estimateHeap,
  estimateTimeout,
  tablesTimeout: tablesTimeout(30_000),
  watermarks,
  faultGrace,
});

export type ApiConfig = ValueOf<typeof settings>;

/** Throws Fault `configuration` with every problem in one message. */
export const readConfig = (env: Environment): ApiConfig => readSettings(settings, env);
