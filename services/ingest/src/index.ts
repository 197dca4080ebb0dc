export { replay } from './dead-letters.ts';
export { intakeControllers, streamBodies } from './intake.ts';
