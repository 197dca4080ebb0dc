export { startBroker } from './broker/broker.ts';
export type { Broker } from './broker/broker.ts';
export { sharedBroker } from './broker/shared-broker.ts';
export type { SharedBroker } from './broker/shared-broker.ts';
export { brokerUnavailable, jarsOf } from './broker/jars.ts';
export { startClickHouse } from './clickhouse-emulator/start-clickhouse.ts';
export type { ClickHouse, ClickHouseOptions } from './clickhouse-emulator/start-clickhouse.ts';
export { startTcpProxy } from './tcp-proxy/start-tcp-proxy.ts';
export type { TcpProxy } from './tcp-proxy/start-tcp-proxy.ts';
