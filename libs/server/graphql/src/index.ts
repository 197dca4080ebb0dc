export { answers } from './answers.ts';
export { known } from './freshness.ts';
export { ATTRIBUTOR, RUNTIME } from './runtime.ts';
export type { Runtime, Tables } from './runtime.ts';
