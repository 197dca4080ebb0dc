export { startBroker } from './broker.js';
export { brokerIsHere, jarsOf } from './jars.js';
//# sourceMappingURL=index.js.map