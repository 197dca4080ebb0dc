export { answers } from './answers.ts';
export type { Rebuilt, Spine, Tables } from './spine.ts';
export { ATTRIBUTOR, SPINE } from './tokens.ts';
