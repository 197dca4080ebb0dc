export { answers } from './answers.ts';
export { ATTRIBUTOR, RUNTIME } from './runtime.ts';
export type { Runtime, Tables } from './runtime.ts';
