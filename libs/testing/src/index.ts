export { anEvent } from './events.ts';
export { aFact } from './facts.ts';
export { project } from './tables.ts';
export { testSpine } from './spine.ts';
export type { TestSpine } from './spine.ts';
export { rowsOf } from './rows-of.ts';
export { scenario } from './scenario.ts';
