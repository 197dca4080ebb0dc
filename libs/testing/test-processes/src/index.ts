export { runUntilKilled } from './run-until-killed.ts';
export { smallDisk } from './small-disk.ts';
export type { SmallDisk } from './small-disk.ts';
