export { replay } from './dead-letters.ts';
export { DOOR } from './door.ts';
export type { Door } from './door.ts';
export { intakeControllers, streamBodies } from './intake.ts';
