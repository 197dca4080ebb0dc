export { clickhouseFrom, clickhouseNames, clickhouseShape } from './clickhouse-config.ts';
export type { ClickHouseConfig } from './clickhouse-config.ts';
export { configOf, flag, host, port } from './environment.ts';
export type { Environment } from './environment.ts';
export { kafkaFrom, kafkaNames, kafkaShape, topicAccess } from './kafka-config.ts';
export type { KafkaConfig } from './kafka-config.ts';
export type { Opened, Process, ProcessConfig, Telemetry } from './run-process.ts';
export { start } from './start.ts';
