export { diskSpace, diskState } from './disk-space.ts';
export type { DiskReading, DiskSpace, DiskState } from './disk-space.ts';
export { DiskWaits } from './disk-waits.ts';
export { guardedBlobs, guardedDeadLetters, watchedBlobs } from './guarded-writes.ts';
export { intakeControllers, streamBodies } from './intake.ts';
export { readersOf } from './readers.ts';
export { recordClock } from './record-clock.ts';
export type { ClockCondition, RecordClock } from './record-clock.ts';
export { replay } from './replay.ts';
