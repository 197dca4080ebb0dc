export { startBroker } from './broker.ts';
export type { Broker, BrokerOptions } from './broker.ts';
export { brokerIsHere, defaultVersion, jarsOf } from './jars.ts';
export type { Jars } from './jars.ts';
