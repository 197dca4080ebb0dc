export { answers } from './answers.ts';
export type { AnswersOptions } from './answers.ts';
export { PageController } from './page/page.controller.ts';
export { ATTRIBUTOR, RUNTIME } from './runtime.ts';
export type { Runtime, Tables } from './runtime.ts';
/* The answers come from the tables that these fill. */
export { projections } from '@tributary/projector';
