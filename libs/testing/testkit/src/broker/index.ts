export { startBroker } from './broker.ts';
export type { Broker } from './broker.ts';
export { brokerIsHere, jarsOf } from './jars.ts';
