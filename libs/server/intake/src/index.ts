export { diskSpace, diskState } from './disk-space.ts';
export type { DiskReading, DiskSpace, DiskState } from './disk-space.ts';
export { guardedBlobs, guardedDeadLetters } from './guarded-writes.ts';
export { intakeControllers, streamBodies } from './intake.ts';
export { replay } from './replay.ts';
