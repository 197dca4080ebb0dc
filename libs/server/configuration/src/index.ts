export { importInflationRatio } from './content-limits.ts';
export { withSecretFiles } from './secret-files.ts';
export { group, optional, readSettings, variable } from './setting.ts';
export type { Environment, Setting, ValueOf, Variable } from './setting.ts';
export {
  access,
  address,
  answering,
  artifactBytes,
  queryBytes,
  estimateHeap,
  blobDirectory,
  clickhouse,
  dataDirectory,
  deadlines,
  estimateTimeout,
  faultGrace,
  flag,
  hostNames,
  httpUrl,
  introspection,
  kafka,
  limits,
  metricsPort,
  otlpEndpoint,
  questions,
  tablesTimeout,
  umask,
  watermarks,
  witness,
} from './settings.ts';
export type { ClickHouseConfig, KafkaConfig } from './settings.ts';
