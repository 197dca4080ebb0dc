export { startBroker } from './broker.ts';
export type { Broker } from './broker.ts';
export { brokerUnavailable, jarsOf } from './jars.ts';
