export { runUntilKilled } from './run-until-killed.ts';
export { smallDisk } from './small-disk.ts';
export type { SmallDisk } from './small-disk.ts';
export { failingFlush } from './failing-flush.ts';
export type { FailingFlush } from './failing-flush.ts';
