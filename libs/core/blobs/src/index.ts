export type { Blobs, Content, Put } from './blobs.ts';
export { claimOn, dataRefOf, resolve } from './claim.ts';
export type { Claim } from './claim.ts';
export { openBlobs } from './directory-blobs.ts';
export { memoryBlobs } from './memory-blobs.ts';
