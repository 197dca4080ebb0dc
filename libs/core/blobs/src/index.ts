export type { Blobs, Content, PutResult } from './blobs.ts';
export { dataReference, referencedDigest, resolveData } from './claim.ts';
export type { DataReference } from './claim.ts';
export { openBlobs } from './directory-blobs.ts';
export { memoryBlobs } from './memory-blobs.ts';
