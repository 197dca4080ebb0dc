export { answers } from './answers.ts';
export type { Spine, Tables } from './spine.ts';
export { ATTRIBUTOR, SPINE } from './tokens.ts';
