export { intakeControllers, streamBodies } from './intake.ts';
export { replay } from './replay.ts';
